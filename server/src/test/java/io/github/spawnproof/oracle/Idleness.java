package io.github.spawnproof.oracle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches a process with its children for having stopped: none of their threads runs or wants to. On a busy machine a
 * process that is only slow always has one that wants to. Where {@code /proc} does not tell, nothing ever stops.
 */
final class Idleness {

    /** What a virtual machine does by itself is far less. */
    private static final Duration NOTHING = Duration.ofMillis(150);

    private final ProcessHandle process;
    private final Duration limit;
    private Instant since = Instant.now();
    private Duration usedThen = Duration.ZERO;

    /**
     * Starts to watch.
     *
     * @param limit after how much of doing nothing a process counts as stopped
     */
    Idleness(Process process, Duration limit) {
        this.process = process.toHandle();
        this.limit = limit;
    }

    /** Looks at the process once more, and tells whether it has stopped. */
    boolean hasStopped() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        Duration used = all.stream()
                .map(one -> one.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
        if (used.minus(usedThen).compareTo(NOTHING) > 0 || all.stream().anyMatch(Idleness::wantsToRun)) {
            since = Instant.now();
            usedThen = used;
        }
        return Duration.between(since, Instant.now()).compareTo(limit) > 0;
    }

    private static boolean wantsToRun(ProcessHandle process) {
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path thread : threads) {
                String status = Files.readString(thread.resolve("stat"));
                // Behind the name, which is in parentheses and may be anything: R runs, D waits for a disk.
                if ("RD".indexOf(status.charAt(status.lastIndexOf(')') + 2)) >= 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true; // It ends just now, or this is another system.
        }
    }
}
