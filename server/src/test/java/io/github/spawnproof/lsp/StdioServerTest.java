package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.rule.RuleCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StdioServerTest {

    private static StdioServer server(PrintStream log) {
        return new StdioServer(() -> new RuleCatalog(List.of(new FlagWord())), SettingsSource.editorOnly(), log);
    }

    @Test
    void serves_one_client_on_a_port_of_the_loopback_interface() throws Exception {
        PipedInputStream log = new PipedInputStream();
        PrintStream logWriter = new PrintStream(new PipedOutputStream(log), true, StandardCharsets.UTF_8);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return server(logWriter).runOnSocket(0);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        int port = new Scanner(log, StandardCharsets.UTF_8).useDelimiter("\\D+").nextInt();

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                TestClient client = new TestClient(socket.getInputStream(), socket.getOutputStream(), status)) {
            client.reading().initialize("{}");
            client.open(1, "FLAG");

            assertThat(client.awaitDiagnostics(1)).hasSize(1);
            assertThat(client.shutDownAndExit()).isZero();
        }
    }

    @Test
    void a_client_that_takes_no_messages_any_more_ends_the_server() throws Exception {
        Pipe in = Pipe.open();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                () -> server(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                        .run(Channels.newInputStream(in.source()), broken));
        try (TestClient client =
                new TestClient(InputStream.nullInputStream(), Channels.newOutputStream(in.sink()), status)) {
            client.send("initialize", TestClient.json("{\"capabilities\": {}}"));

            assertThat(client.awaitStatus()).isEqualTo(1);
        }
    }

    @Test
    void rules_that_cannot_be_loaded_end_the_server() throws Exception {
        Pipe in = Pipe.open();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        StdioServer server = new StdioServer(
                () -> {
                    throw new IllegalStateException("no rules");
                },
                SettingsSource.editorOnly(),
                new PrintStream(log, true, StandardCharsets.UTF_8));

        int status = CompletableFuture.supplyAsync(
                        () -> server.run(Channels.newInputStream(in.source()), new ByteArrayOutputStream()))
                .get(30, TimeUnit.SECONDS);

        assertThat(status).isEqualTo(1);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("rules cannot be loaded");
    }
}
