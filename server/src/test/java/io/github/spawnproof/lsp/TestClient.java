package io.github.spawnproof.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A client that writes what it is told to, and keeps all that the server sends until a test asks for it. */
final class TestClient implements Closeable {

    static final String URI = "file:///shop/a.py";
    /** No test waits so long unless it fails. */
    private static final long PATIENCE_SECONDS = 30;

    private final OutputStream toServer;
    private final CompletableFuture<Integer> status;
    private final ByteArrayOutputStream log;
    private final Thread reader;
    private final List<JsonObject> inbox = new ArrayList<>();
    private final List<JsonObject> history = new ArrayList<>();
    private boolean ended;
    private boolean endedBetweenMessages;
    private int lastId;

    TestClient(InputStream fromServer, OutputStream toServer, CompletableFuture<Integer> status) {
        this(fromServer, toServer, status, new ByteArrayOutputStream());
    }

    private TestClient(
            InputStream fromServer,
            OutputStream toServer,
            CompletableFuture<Integer> status,
            ByteArrayOutputStream log) {
        this.toServer = toServer;
        this.status = status;
        this.log = log;
        this.reader = new Thread(() -> read(new FrameReader(new BufferedInputStream(fromServer))), "test-client");
        reader.setDaemon(true);
    }

    /** Begins to take what the server sends. */
    TestClient reading() {
        reader.start();
        return this;
    }

    /** Starts a server with the rule {@link FlagWord}. */
    static TestClient start() {
        return start(List.of(new FlagWord()));
    }

    static TestClient start(List<? extends Rule> rules) {
        return start(rules, SettingsSource.editorOnly(), System::nanoTime);
    }

    static TestClient start(List<? extends Rule> rules, SettingsSource settings, LongSupplier nanoClock) {
        return startDeaf(rules, settings, nanoClock).reading();
    }

    /** Starts a server, but does not read what it sends until told to. */
    static TestClient startDeaf(List<? extends Rule> rules, SettingsSource settings, LongSupplier nanoClock) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        StdioServer server = new StdioServer(
                () -> new RuleCatalog(rules), settings, new PrintStream(log, true, StandardCharsets.UTF_8), nanoClock);
        try {
            Pipe in = Pipe.open();
            Pipe out = Pipe.open();
            CompletableFuture<Integer> status = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try (OutputStream toClient = Channels.newOutputStream(out.sink())) {
                            status.complete(server.run(Channels.newInputStream(in.source()), toClient));
                        } catch (IOException | RuntimeException e) {
                            status.completeExceptionally(e);
                        }
                    },
                    "test-server");
            thread.setDaemon(true);
            thread.start();
            return new TestClient(
                    Channels.newInputStream(out.source()), Channels.newOutputStream(in.sink()), status, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private void read(FrameReader frames) {
        try {
            FrameReader.Frame frame = frames.next();
            for (; frame instanceof FrameReader.Body body; frame = frames.next()) {
                JsonObject message = json(new String(body.bytes(), StandardCharsets.UTF_8));
                synchronized (inbox) {
                    inbox.add(message);
                    history.add(message);
                    inbox.notifyAll();
                }
            }
            synchronized (inbox) {
                endedBetweenMessages = frame instanceof FrameReader.End;
            }
        } catch (IOException e) {
            // The server has gone; whoever still waits is told below.
        }
        synchronized (inbox) {
            ended = true;
            inbox.notifyAll();
        }
    }

    // Sending.

    void sendRaw(byte[] bytes) {
        try {
            toServer.write(bytes);
            toServer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sendRaw(String text) {
        sendRaw(text.getBytes(StandardCharsets.UTF_8));
    }

    void sendBody(String body) {
        sendRaw("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    void notify(String method, JsonElement params) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("method", method);
        message.add("params", params);
        sendBody(message.toString());
    }

    void notify(String method, String params) {
        notify(method, JsonParser.parseString(params));
    }

    int send(String method, JsonElement params) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.addProperty("id", ++lastId);
        message.addProperty("method", method);
        message.add("params", params);
        sendBody(message.toString());
        return lastId;
    }

    /** Sends a request and waits for the whole answer, be it a result or an error. */
    JsonObject request(String method, String params) {
        return request(method, JsonParser.parseString(params));
    }

    JsonObject request(String method, JsonElement params) {
        return awaitAnswer(send(method, params));
    }

    void answer(JsonObject request, String result) {
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.add("id", request.get("id"));
        message.add("result", JsonParser.parseString(result));
        sendBody(message.toString());
    }

    @Override
    public void close() {
        try {
            toServer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Waiting.

    /** Takes the first message that fits out of those not taken yet, waiting for it if need be. */
    JsonObject await(String what, Predicate<JsonObject> fits) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (inbox) {
            while (true) {
                for (JsonObject message : inbox) {
                    if (fits.test(message)) {
                        inbox.remove(message);
                        return message;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("no " + what + " among " + inbox + "; the log: " + log);
                }
                try {
                    inbox.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    JsonObject awaitAnswer(int id) {
        return await(
                "answer to " + id,
                message -> !message.has("method")
                        && message.has("id")
                        && message.get("id").toString().equals(Integer.toString(id)));
    }

    JsonObject awaitMethod(String method) {
        return await(method, message -> isMethod(message, method));
    }

    /** Waits for diagnostics of a version of a document, and returns all of its publication. */
    JsonObject awaitPublished(String uri, int version) {
        return await(
                        "diagnostics of version " + version,
                        message -> isPublished(message, uri)
                                && Json.at(message, "params", "version")
                                        .toString()
                                        .equals(Integer.toString(version)))
                .getAsJsonObject("params");
    }

    JsonArray awaitDiagnostics(int version) {
        return awaitPublished(URI, version).getAsJsonArray("diagnostics");
    }

    int awaitStatus() {
        try {
            return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the server does not end; the log: " + log, e);
        }
    }

    /** Waits for the end of what the server sends, which must be messages to the last byte. */
    void assertOnlyMessagesCame() {
        try {
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        synchronized (inbox) {
            assertThat(endedBetweenMessages)
                    .as("the output ends between messages")
                    .isTrue();
        }
    }

    // Looking back.

    private static boolean isMethod(JsonObject message, String method) {
        return message.has("method") && message.get("method").getAsString().equals(method);
    }

    private static boolean isPublished(JsonObject message, String uri) {
        return isMethod(message, "textDocument/publishDiagnostics")
                && Json.string(message, "params", "uri").equals(uri);
    }

    /** Returns the parameters of all publications for a document so far, in order. */
    List<JsonObject> published(String uri) {
        synchronized (inbox) {
            return history.stream()
                    .filter(message -> isPublished(message, uri))
                    .map(message -> message.getAsJsonObject("params"))
                    .toList();
        }
    }

    /** Returns the parameters of all notifications and requests of a method so far, in order. */
    List<JsonObject> received(String method) {
        synchronized (inbox) {
            return history.stream()
                    .filter(message -> isMethod(message, method))
                    .map(message -> message.getAsJsonObject("params"))
                    .toList();
        }
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    // What nearly every test does.

    /** Initializes with the capabilities, and returns the result. */
    JsonObject initialize(String capabilities) {
        JsonObject result = request(
                        "initialize",
                        "{\"processId\": null, \"rootUri\": null, \"capabilities\": " + capabilities + "}")
                .getAsJsonObject("result");
        notify("initialized", "{}");
        return result;
    }

    TestClient initialized() {
        initialize("{}");
        return this;
    }

    void open(String uri, String languageId, int version, String text) {
        JsonObject item = new JsonObject();
        item.addProperty("uri", uri);
        item.addProperty("languageId", languageId);
        item.addProperty("version", version);
        item.addProperty("text", text);
        JsonObject params = new JsonObject();
        params.add("textDocument", item);
        notify("textDocument/didOpen", params);
    }

    void open(int version, String text) {
        open(URI, "python", version, text);
    }

    void change(String uri, int version, JsonArray changes) {
        JsonObject identifier = new JsonObject();
        identifier.addProperty("uri", uri);
        identifier.addProperty("version", version);
        JsonObject params = new JsonObject();
        params.add("textDocument", identifier);
        params.add("contentChanges", changes);
        notify("textDocument/didChange", params);
    }

    /** Replaces the whole text. */
    void change(int version, String text) {
        JsonObject change = new JsonObject();
        change.addProperty("text", text);
        JsonArray changes = new JsonArray();
        changes.add(change);
        change(URI, version, changes);
    }

    void closeDocument(String uri) {
        notify("textDocument/didClose", "{\"textDocument\": {\"uri\": \"" + uri + "\"}}");
    }

    static String range(int startLine, int start, int endLine, int end) {
        return "{\"start\": {\"line\": %d, \"character\": %d}, \"end\": {\"line\": %d, \"character\": %d}}"
                .formatted(startLine, start, endLine, end);
    }

    JsonArray codeActions(String range, String context) {
        return request(
                        "textDocument/codeAction",
                        "{\"textDocument\": {\"uri\": \"%s\"}, \"range\": %s, \"context\": %s}"
                                .formatted(URI, range, context))
                .getAsJsonArray("result");
    }

    JsonObject hover(int line, int character) {
        return request(
                "textDocument/hover",
                "{\"textDocument\": {\"uri\": \"%s\"}, \"position\": {\"line\": %d, \"character\": %d}}"
                        .formatted(URI, line, character));
    }

    int shutDownAndExit() {
        request("shutdown", "null");
        sendBody("{\"jsonrpc\": \"2.0\", \"method\": \"exit\"}");
        return awaitStatus();
    }
}
