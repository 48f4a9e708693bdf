package io.github.spawnproof.lsp;

import java.io.IOException;
import java.nio.file.Path;

/** A process that does nothing until it is told to end, in the part of a client's. */
final class ClientProcess {

    private ClientProcess() {}

    static Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientProcess.class.getName())
                .start();
    }

    public static void main(String[] args) throws IOException {
        // Its input is a pipe that the test holds open.
        while (System.in.read() != -1) {
            // Nothing is sent.
        }
    }
}
