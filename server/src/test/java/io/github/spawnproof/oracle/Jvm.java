package io.github.spawnproof.oracle;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles and runs Java programs for real, by {@code scripts/oracles/java/RunMain.java}.
 *
 * @param home the JDK
 */
record Jvm(Path home) {

    private static final Path ROOT = Path.of(System.getProperty("spawnproof.root", ".."));

    private static final Path ORACLE =
            ROOT.resolve("scripts/oracles/java").toAbsolutePath().normalize();

    /** Verdicts by what they depend on; a program that did not change is not run again. */
    private static final Path CACHE = ROOT.resolve(".cache/oracle");

    /** Class paths of libraries, as {@code scripts/test tools} has found them. */
    private static final Path LIBRARIES = ROOT.resolve(".cache/java");

    private static final Path OWN = Path.of(System.getProperty("java.home"));

    private static final Duration GLANCE = Duration.ofMillis(250);
    /** How long a program may do nothing; those of libraries wait for one another. */
    private static final Duration IDLE = Duration.ofSeconds(6);

    private static final Duration IDLE_WITH_LIBRARIES = Duration.ofSeconds(30);

    private static final List<String> OPTIONS =
            List.of("-Xmx900m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    /** Packages that the libraries look into; what their own launchers open. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.concurrent.locks",
            "java.base/java.time",
            "java.base/java.math",
            "java.base/java.text",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.access",
            "java.management/com.sun.jmx.mbeanserver",
            "jdk.management/com.sun.management.internal");

    private static final Map<String, List<String>> OPTIONS_OF_LIBRARIES = Map.of(
            "spark",
            List.of(
                    "-Djdk.reflect.useDirectMethodHandle=false",
                    "-Dspark.ui.enabled=false",
                    "-Dspark.master=local[1]",
                    "-Dspark.app.name=oracle",
                    "-Dspark.driver.host=127.0.0.1",
                    "-Dspark.driver.bindAddress=127.0.0.1",
                    "-Dspark.sql.shuffle.partitions=1"),
            "hazelcast",
            List.of(
                    "-Dhazelcast.phone.home.enabled=false",
                    "-Dhazelcast.logging.type=none",
                    "-Djava.net.preferIPv4Stack=true"),
            "ignite",
            List.of(
                    "-DIGNITE_QUIET=true",
                    "-DIGNITE_NO_ASCII=true",
                    "-DIGNITE_UPDATE_NOTIFIER=false",
                    "-Djava.net.preferIPv4Stack=true"));

    /** Since this release a library that still uses sun.misc.Unsafe is warned of. */
    private static final int WARNS_OF_UNSAFE = 24;

    private static final Pattern TYPE = Pattern.compile(
            "(?m)^public\\s+(?:(?:abstract|final|sealed|non-sealed|strictfp)\\s+)*(?:class|interface|enum|record)\\s+(\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern LINE = Pattern.compile(":(\\d+)\\)");

    /** Libraries whose programs look for one another on the network, and would find those of another test. */
    private static final List<String> CLUSTERS = List.of("hazelcast", "ignite");

    private static final Object CLUSTER = new Object();

    /** What happened. */
    enum Outcome {
        WORKS,
        FAILS,
        HANGS,
        DOES_NOT_COMPILE
    }

    /**
     * What a program did.
     *
     * @param exception the class of what was thrown out of main; empty if nothing was
     * @param root the class of what that comes from, rather of what could not be serialised
     * @param message its message, without what differs from run to run; or what the compiler says
     * @param line where the exception came from in the program, from 1; 0 if nowhere
     * @param printed what all its processes printed, in order
     */
    record Verdict(Outcome outcome, String exception, String root, String message, int line, String printed) {

        static Verdict of(Outcome outcome, String message, String printed) {
            return new Verdict(outcome, "", "", message, 0, printed);
        }

        boolean isOk() {
            return outcome == Outcome.WORKS;
        }

        boolean isFailure() {
            return outcome == Outcome.FAILS || outcome == Outcome.HANGS;
        }
    }

    /** Returns those that programs are run on: the one that runs this, and a newer one if somebody asked for all. */
    static List<Jvm> chosen() {
        Jvm own = new Jvm(OWN);
        String newer = System.getProperty("spawnproof.java.newer", "");
        return Machine.ALL && !newer.isEmpty() ? List.of(own, new Jvm(Path.of(newer))) : List.of(own);
    }

    static Jvm own() {
        return new Jvm(OWN);
    }

    /** Compiles a program and runs it if it has a main method. */
    Verdict run(JavaExample example) throws IOException, InterruptedException {
        return run(example, true);
    }

    /** Compiles a program and starts it as anybody would, so that it prints what it prints. */
    Verdict runPlainly(JavaExample example) throws IOException, InterruptedException {
        return run(example, false);
    }

    private Verdict run(JavaExample example, boolean watched) throws IOException, InterruptedException {
        Path known = CACHE.resolve(key(example, watched));
        if (Files.exists(known)) {
            return read(Files.readString(known));
        }
        Path folder = Files.createTempDirectory("oracle");
        Optional<Verdict> verdict;
        try {
            verdict = example.libraries().stream().anyMatch(CLUSTERS::contains)
                    ? runAlone(example, watched, folder)
                    : runAnew(example, watched, folder);
        } finally {
            delete(folder);
        }
        if (verdict.isEmpty()) { // A busy machine may have been slow.
            return Verdict.of(Outcome.HANGS, "no end in time", "");
        }
        Files.createDirectories(CACHE);
        Path fresh = Files.createTempFile(CACHE, "fresh", null);
        Files.writeString(fresh, write(verdict.get()));
        Files.move(fresh, known, StandardCopyOption.ATOMIC_MOVE);
        return verdict.get();
    }

    // What a verdict depends on

    private String key(JavaExample example, boolean watched) throws IOException {
        List<String> parts = new ArrayList<>(List.of(
                Files.readString(ORACLE.resolve("RunMain.java")),
                Files.readString(home.resolve("release")),
                example.text(),
                new TreeMap<>(example.files()).toString(),
                example.how().toString(),
                String.valueOf(watched)));
        for (String library : example.libraries()) {
            parts.add(Files.readString(ORACLE.resolve("libs/" + library + "/pom.xml")));
            parts.add(OPTIONS_OF_LIBRARIES.getOrDefault(library, List.of()).toString());
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return "java-" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private static String write(Verdict verdict) {
        JsonObject json = new JsonObject();
        json.addProperty("outcome", verdict.outcome().name());
        json.addProperty("exception", verdict.exception());
        json.addProperty("root", verdict.root());
        json.addProperty("message", verdict.message());
        json.addProperty("line", verdict.line());
        json.addProperty("printed", verdict.printed());
        return json.toString();
    }

    private static Verdict read(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        return new Verdict(
                Outcome.valueOf(json.get("outcome").getAsString()),
                json.get("exception").getAsString(),
                json.get("root").getAsString(),
                json.get("message").getAsString(),
                json.get("line").getAsInt(),
                json.get("printed").getAsString());
    }

    // Running

    /** Runs a program while no other of a cluster runs on this machine. */
    private Optional<Verdict> runAlone(JavaExample example, boolean watched, Path folder)
            throws IOException, InterruptedException {
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), "spawnproof-oracle.lock");
        synchronized (CLUSTER) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                return runAnew(example, watched, folder);
            }
        }
    }

    /** Returns what happened; empty if it is not certain, for time ran out. */
    private Optional<Verdict> runAnew(JavaExample example, boolean watched, Path folder)
            throws IOException, InterruptedException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path work = Files.createDirectory(folder.resolve("work"));
        List<String> main = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        sources.add(source(folder, example.file(), example.text(), main));
        for (Map.Entry<String, String> beside : example.files().entrySet()) {
            if (beside.getKey().endsWith(".java")) {
                sources.add(source(folder, beside.getKey(), beside.getValue(), new ArrayList<>()));
            } else {
                Path file = work.resolve(beside.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, beside.getValue());
            }
        }
        String libraries = classPath(example.libraries());
        Optional<String> objections = compile(example, classes, libraries, sources);
        if (objections.isPresent()) {
            String message = objections.get().replace(folder + "/source/", "").strip();
            return Optional.of(Verdict.of(Outcome.DOES_NOT_COMPILE, message, ""));
        } else if (!example.hasMain()) {
            return Optional.of(Verdict.of(Outcome.WORKS, "", ""));
        }
        topLevelClasses(classes).stream().filter(name -> !main.contains(name)).forEach(main::add);
        Path arguments = folder.resolve("class.path");
        String path = Stream.of(classes.toString(), runner().toString(), libraries)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(":"));
        Files.writeString(arguments, "-cp\n\"" + path + "\"\n");
        Verdict last = Verdict.of(Outcome.WORKS, "", "");
        for (List<String> side : sides(example, folder)) {
            Path result = folder.resolve("result.json");
            List<String> command =
                    new ArrayList<>(List.of(home.resolve("bin/java").toString(), "@" + arguments));
            command.addAll(options(example, work));
            if (watched) {
                command.addAll(List.of("RunMain", result.toString(), String.join(",", main)));
            } else {
                command.add(main.get(0));
            }
            command.addAll(side);
            Path log = folder.resolve("log");
            Process process = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            Optional<Boolean> ended = await(process, example);
            if (ended.isEmpty()) {
                return Optional.empty();
            }
            String printed = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            if (!ended.get()) {
                return Optional.of(Verdict.of(Outcome.HANGS, "does nothing more", printed));
            }
            last = verdict(process.exitValue(), result, printed);
            Files.deleteIfExists(result);
            if (!last.isOk()) {
                break;
            }
        }
        return Optional.of(last);
    }

    /** Returns the arguments of each run: two if what one writes is read by another. */
    private static List<List<String>> sides(JavaExample example, Path folder) {
        String file = folder.resolve("file").toString();
        return example.runsTwice() ? List.of(List.of("write", file), List.of("read", file)) : List.of(List.of());
    }

    /** Writes a source under the name that its public class demands, and adds that class to those that may be run. */
    private static String source(Path folder, String path, String text, List<String> main) throws IOException {
        Matcher type = TYPE.matcher(text);
        Matcher declaration = PACKAGE.matcher(text);
        String prefix = declaration.find() ? declaration.group(1) + "." : "";
        String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
        if (type.find()) {
            name = type.group(1);
            main.add(prefix + name);
        }
        Path file = folder.resolve("source").resolve(prefix.replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file.toString();
    }

    /** Returns what the compiler objects to; empty if it has made classes. */
    private Optional<String> compile(JavaExample example, Path classes, String libraries, List<String> sources)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-Xlint:none", "-encoding", "UTF-8", "-d", classes.toString()));
        options.addAll(List.of("-cp", libraries.isEmpty() ? classes.toString() : libraries));
        options.addAll(example.how().compiler());
        options.addAll(sources);
        if (home.equals(OWN)) { // In this process, which has the compiler warm.
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            int status = ToolProvider.getSystemJavaCompiler().run(null, errors, errors, options.toArray(String[]::new));
            return status == 0 ? Optional.empty() : Optional.of(errors.toString(StandardCharsets.UTF_8));
        }
        options.add(0, home.resolve("bin/javac").toString());
        Process process = new ProcessBuilder(options).redirectErrorStream(true).start();
        String errors = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? Optional.empty() : Optional.of(errors);
    }

    private List<String> options(JavaExample example, Path work) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-Djava.io.tmpdir=" + work);
        if (!example.libraries().isEmpty()) {
            OPENED.forEach(name -> options.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
            if (feature() >= WARNS_OF_UNSAFE) {
                options.add("--sun-misc-unsafe-memory-access=allow");
            }
        }
        example.libraries().forEach(library -> options.addAll(OPTIONS_OF_LIBRARIES.getOrDefault(library, List.of())));
        options.addAll(example.how().machine());
        return options;
    }

    private int feature() {
        if (home.equals(OWN)) {
            return Runtime.version().feature();
        }
        try {
            Matcher version =
                    Pattern.compile("JAVA_VERSION=\"(\\d+)").matcher(Files.readString(home.resolve("release")));
            if (!version.find()) {
                throw new IllegalStateException("no version in " + home.resolve("release"));
            }
            return Integer.parseInt(version.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a process ended by itself, or stopped; empty if its time was over. Kills it if need be. */
    private static Optional<Boolean> await(Process process, JavaExample example) throws InterruptedException {
        Idleness idleness = new Idleness(process, example.libraries().isEmpty() ? IDLE : IDLE_WITH_LIBRARIES);
        Instant end = Instant.now().plus(example.how().timeout());
        Optional<Boolean> ended = Optional.empty();
        while (ended.isEmpty() && Instant.now().isBefore(end)) {
            if (process.waitFor(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                ended = Optional.of(true);
            } else if (idleness.hasStopped()) {
                ended = Optional.of(false);
            }
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return ended;
    }

    private static Verdict verdict(int status, Path result, String printed) throws IOException {
        if (!Files.exists(result)) { // It ended itself.
            return status == 0
                    ? Verdict.of(Outcome.WORKS, "", printed)
                    : Verdict.of(Outcome.FAILS, "exit status " + status, printed);
        }
        JsonArray chain = JsonParser.parseString(Files.readString(result))
                .getAsJsonObject()
                .getAsJsonArray("chain");
        if (chain.isEmpty()) {
            return Verdict.of(Outcome.WORKS, "", printed);
        }
        JsonObject first = chain.get(0).getAsJsonObject();
        JsonObject root = chain.get(chain.size() - 1).getAsJsonObject();
        for (JsonElement one : chain) {
            if (text(one.getAsJsonObject(), "class").contains("NotSerializable")) {
                root = one.getAsJsonObject();
                break;
            }
        }
        Matcher line = LINE.matcher(text(first, "at"));
        return new Verdict(
                Outcome.FAILS,
                text(first, "class"),
                text(root, "class"),
                lasting(text(first, "message")),
                line.find() ? Integer.parseInt(line.group(1)) : 0,
                printed);
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    /** Returns a message without what differs from run to run: addresses, numbers of lambdas, hosts. */
    private static String lasting(String message) {
        return message.replaceAll("@[0-9a-f]{5,8}\\b", "@..")
                .replaceAll("(\\$\\$Lambda)[$/0-9a-fx]*", "$1")
                .replaceAll("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b", "HOST");
    }

    // Classes

    private static String classPath(List<String> libraries) throws IOException {
        List<String> all = new ArrayList<>();
        for (String library : libraries) {
            Path list = LIBRARIES.resolve(library + ".cp");
            if (!Files.exists(list)) {
                throw new IllegalStateException("no class path of " + library + ": scripts/test tools finds it");
            }
            all.add(Files.readString(list).strip());
        }
        return String.join(":", all);
    }

    private static List<String> topLevelClasses(Path classes) throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            return all.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Compiles {@code RunMain} when the first program is run. */
    private static final class Runner {
        static final Path CLASSES = compiled();

        private static Path compiled() {
            try {
                Path classes = Files.createDirectories(Path.of("target", "oracle-runner"))
                        .toAbsolutePath()
                        .normalize();
                int status = ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                ORACLE.resolve("RunMain.java").toString());
                if (status != 0) {
                    throw new IllegalStateException("RunMain.java does not compile");
                }
                return classes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path runner() {
        return Runner.CLASSES;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public String toString() {
        return "Java " + feature();
    }
}
