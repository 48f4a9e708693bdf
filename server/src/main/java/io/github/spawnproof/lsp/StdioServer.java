package io.github.spawnproof.lsp;

import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.rule.RuleCatalog;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs the Language Server over a pair of streams.
 *
 * <p>Returns the exit status of the process: 0 after {@code shutdown} and {@code exit}; 1 for {@code exit} alone, the
 * end of the input, the end of the client's process, and input that cannot be understood any more. Threads that still
 * run then are daemons; whoever called ends the process.
 */
public final class StdioServer {

    /** How long a client that does not read may hold up the end. */
    private static final long FINISH_MILLIS = 500;

    private final Supplier<RuleCatalog> rules;
    private final SettingsSource settings;
    private final ServerLog log;
    private final LongSupplier nanoClock;

    /**
     * @param rules called once, on a thread of the server
     * @param log where to log, one line for each event; standard error
     */
    public StdioServer(Supplier<RuleCatalog> rules, SettingsSource settings, PrintStream log) {
        this(rules, settings, log, System::nanoTime);
    }

    StdioServer(Supplier<RuleCatalog> rules, SettingsSource settings, PrintStream log, LongSupplier nanoClock) {
        this.rules = rules;
        this.settings = settings;
        this.log = new ServerLog(log);
        this.nanoClock = nanoClock;
    }

    /**
     * Serves one client on standard input and output. What other code prints goes to standard error meanwhile: standard
     * output is the protocol's alone.
     */
    public int runOnStandardStreams() {
        PrintStream before = System.out;
        System.setOut(System.err);
        try {
            return run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        } finally {
            System.setOut(before);
        }
    }

    /**
     * Serves the first client that connects to a port of this machine's loopback interface.
     *
     * @param port 0 for a free one, which the log tells
     * @throws IOException if the port cannot be had
     */
    public int runOnSocket(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            log.line("listening on port " + server.getLocalPort());
            try (Socket client = server.accept()) {
                client.setTcpNoDelay(true);
                return run(client.getInputStream(), client.getOutputStream());
            }
        }
    }

    /** Serves one client; the streams are left open. */
    public int run(InputStream in, OutputStream out) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        ThreadFactory threads = task -> {
            Thread thread = new Thread(null, task, "spawnproof", Analyzer.STACK_BYTES);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((dead, failure) -> {
                // Without one of its threads the server would only seem to live.
                log.failure("a thread has died", failure);
                ended.complete(1);
            });
            return thread;
        };
        MessageWriter writer = new MessageWriter(new BufferedOutputStream(out), threads, log, () -> ended.complete(1));
        writer.start();
        ExecutorService lane = Executors.newSingleThreadExecutor(threads);
        // The rules are found while the client is still saying hello.
        CompletableFuture<Analyzer> analyzer = CompletableFuture.supplyAsync(() -> new Analyzer(rules.get()), lane);
        var unused = analyzer.whenComplete((made, failure) -> {
            if (failure != null) {
                log.failure("the rules cannot be loaded", failure);
                ended.complete(1);
            }
        });
        Connection connection = new Connection(writer, log);
        ClientWatch watch = new ClientWatch(threads, processId -> {
            log.line("the client's process " + processId + " has ended");
            ended.complete(1);
        });
        SpawnproofLanguageServer server = new SpawnproofLanguageServer(
                new ServerContext(
                        connection, new Client(connection, log), analyzer::join, settings, lane, threads, nanoClock),
                watch);
        LifeCycle lifeCycle = new LifeCycle(connection, ended::complete);
        FrameReader frames = new FrameReader(new BufferedInputStream(in));
        threads.newThread(() -> ended.complete(read(frames, connection, lifeCycle, ended)))
                .start();
        int status = ended.join();
        server.stop();
        writer.finish(FINISH_MILLIS);
        lane.shutdownNow();
        return status;
    }

    /** Reads messages until there are no more, and returns the exit status if that was not said before. */
    private int read(FrameReader frames, Connection connection, LifeCycle lifeCycle, CompletableFuture<Integer> ended) {
        try {
            while (!ended.isDone()) {
                FrameReader.Frame frame = frames.next();
                if (frame instanceof FrameReader.Body body) {
                    consume(body, connection, lifeCycle);
                } else if (frame instanceof FrameReader.Skipped skipped) {
                    log.line("skipped a message of " + skipped.length() + " bytes");
                } else if (frame instanceof FrameReader.Lost lost) {
                    log.line("lost track of the input: " + lost.reason());
                    return 1;
                } else {
                    log.line("the input has ended");
                    return 1;
                }
            }
        } catch (IOException e) {
            log.line("the input cannot be read any more");
        }
        return 1;
    }

    private static void consume(FrameReader.Body body, Connection connection, LifeCycle lifeCycle) {
        try {
            lifeCycle.consume(MessageReader.read(body.bytes()));
        } catch (MessageReader.NotAMessage e) {
            connection.reject(e.error());
        }
    }
}
