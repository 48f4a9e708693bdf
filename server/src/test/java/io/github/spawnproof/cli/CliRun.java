package io.github.spawnproof.cli;

import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rules.invalidsetting.InvalidSetting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Runs whole commands inside the test, over a folder of its own. */
public final class CliRun {

    static final RuleCatalog RULES = new RuleCatalog(List.of(new FlaggedWord(), new Explosive(), new InvalidSetting()));

    /**
     * What a command did.
     *
     * @param bytes each byte of standard output as one character
     */
    public record Result(int status, String bytes, String err) {

        byte[] outBytes() {
            return bytes.getBytes(StandardCharsets.ISO_8859_1);
        }

        public String out() {
            return new String(outBytes(), StandardCharsets.UTF_8);
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private byte[] input = {};
    private boolean terminal;
    private boolean inputTerminal;
    private int threads = 2;
    private long clockStep;
    private RuleCatalog rules = RULES;

    public CliRun(Path folder) {
        this.folder = folder;
    }

    public CliRun file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    CliRun file(String name, byte[] bytes) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
        return this;
    }

    public CliRun input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    CliRun input(byte[] bytes) {
        this.input = bytes;
        return this;
    }

    CliRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CliRun onTerminal() {
        this.terminal = true;
        return this;
    }

    CliRun inputIsTerminal() {
        this.inputTerminal = true;
        return this;
    }

    /** Runs with other rules than the made-up ones. */
    public CliRun rules(RuleCatalog other) {
        this.rules = other;
        return this;
    }

    CliRun threads(int number) {
        this.threads = number;
        return this;
    }

    /** Lets the clock go on by so much whenever somebody looks at it. */
    CliRun clockStepNanos(long step) {
        this.clockStep = step;
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(out, out, arguments);
    }

    /** Runs with a reader of the output that closes its end at once. */
    Result runIntoClosedPipe(String... arguments) {
        return run(new ClosedPipe(), new ByteArrayOutputStream(), arguments);
    }

    private Result run(OutputStream stream, ByteArrayOutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        Console console = new Console(
                new ByteArrayInputStream(input),
                stream,
                err,
                folder,
                environment,
                inputTerminal,
                terminal,
                terminal,
                () -> clock.getAndAdd(clockStep),
                threads);
        int status = Cli.run(List.of(arguments), console, () -> rules, "spawnproof 1.2.3");
        return new Result(status, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.UTF_8));
    }

    private static final class ClosedPipe extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
