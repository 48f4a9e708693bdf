package io.github.spawnproof;

import io.github.spawnproof.cli.Cli;
import io.github.spawnproof.cli.Console;
import io.github.spawnproof.lsp.StdioServer;
import io.github.spawnproof.lsp.WorkspaceSettings;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.workspace.CacheFolder;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts one of the two shells. */
public final class Main {

    /** Set by {@code scripts/spawnproof}, which can ask the system: holds {@code 0}, {@code 1}, {@code 2} for each terminal. */
    private static final String TERMINALS = "spawnproof.terminals";

    private static final int FAILURE = 2;

    private Main() {}

    public static void main(String[] args) {
        List<String> arguments = Arrays.asList(args);
        boolean help = arguments.contains("--help") || arguments.contains("-h");
        // First and without picocli: an editor waits for the server.
        int status = !arguments.isEmpty() && arguments.get(0).equals("server") && !help
                ? server(arguments.subList(1, arguments.size()))
                : Cli.run(arguments, console(), RuleCatalog::load, version());
        System.exit(status);
    }

    /** Runs the language server and returns the exit status. */
    private static int server(List<String> arguments) {
        boolean socket = arguments.size() == 2 && arguments.get(0).equals("--socket");
        if (!socket && !arguments.isEmpty()) {
            System.err.println("spawnproof: wrong usage: server " + String.join(" ", arguments));
            System.err.println("Usage: spawnproof server [--socket PORT]");
            return FAILURE;
        }
        CompletableFuture<RuleCatalog> rules = CompletableFuture.supplyAsync(RuleCatalog::load);
        StdioServer server = new StdioServer(
                rules::join, new WorkspaceSettings(rules::join, CacheFolder.of(System.getenv())), System.err);
        if (!socket) {
            return server.runOnStandardStreams();
        }
        try {
            return server.runOnSocket(Integer.parseInt(arguments.get(1)));
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("spawnproof: cannot listen on port " + arguments.get(1) + ": " + e.getMessage());
            return FAILURE;
        }
    }

    private static Console console() {
        return new Console(
                // Buffered, since a plain one cannot read all of a pipe on JDK 17: it asks for its length.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Path.of("").toAbsolutePath(),
                System.getenv(),
                isTerminal(0),
                isTerminal(1),
                isTerminal(2),
                System::nanoTime,
                Runtime.getRuntime().availableProcessors());
    }

    private static boolean isTerminal(int descriptor) {
        String terminals = System.getProperty(TERMINALS);
        if (terminals != null) {
            return terminals.contains(String.valueOf(descriptor));
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Not Linux, and started by hand: System.console() cannot tell since JDK 22.
        }
    }

    private static String version() {
        String product = Main.class.getPackage().getImplementationVersion();
        return "spawnproof %s\nJava %s (%s)"
                .formatted(
                        product == null ? "(development)" : product,
                        System.getProperty("java.version"),
                        System.getProperty("java.home"));
    }
}
