package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.workspace.BaselineFile;
import io.github.spawnproof.workspace.CacheFolder;
import io.github.spawnproof.workspace.FileDiscovery;
import io.github.spawnproof.workspace.FileDiscovery.Discovery;
import io.github.spawnproof.workspace.FileDiscovery.FoundFile;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.PathOrder;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Checks files in parallel and reports them in path order. */
final class Check {

    private static final int PROGRESS_MILLIS = 100;

    private final CheckRequest request;
    private final Console console;
    private final ProjectFinder projects;
    private final PathNames names;
    private final FileCheck fileCheck;

    Check(CheckRequest request, Console console, Analyzer analyzer) {
        this.request = request;
        this.console = console;
        this.projects = new ProjectFinder(analyzer.catalog());
        this.names = new PathNames(console.workingDirectory(), request.paths());
        this.fileCheck = new FileCheck(request, analyzer, projects, names, CacheFolder.of(console.environment()));
    }

    /**
     * Checks what the request names.
     *
     * @param fixedInput takes the bytes that fixing makes of standard input
     * @throws UsageException if a path does not exist
     */
    Summary run(Format format, Progress progress, Consumer<byte[]> fixedInput) {
        Summary summary = new Summary();
        Optional<NewBaseline> written = request.writeBaseline()
                .map(path -> new NewBaseline(
                        path, names.display(path), request.overrides().commandLine()));
        StaleEntries stale = new StaleEntries(
                request.standardInput().isPresent()
                        ? List.of()
                        : request.paths().stream().map(this::absolute).toList(),
                names);
        Consumer<FileReport> reports = report -> {
            summary.add(report);
            report.baseline().ifPresent(match -> {
                stale.add(match);
                written.ifPresent(baseline -> baseline.add(match));
            });
            format.report(report);
        };
        if (request.standardInput().isPresent()) {
            reports.accept(standardInput(request.standardInput().get(), fixedInput));
        } else {
            runAll(tasks(), reports, progress);
        }
        fileCheck.save();
        if (!request.narrowsTargets()) {
            stale.reports(fileCheck::shown).forEach(reports);
        }
        written.ifPresent(baseline -> summary.wroteBaseline(baseline.write()));
        summary.finish(progress.elapsedMillis());
        format.end(summary);
        return summary;
    }

    private void runAll(Map<Path, Callable<FileReport>> tasks, Consumer<FileReport> reports, Progress progress) {
        AtomicInteger done = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(console.threads(), Check::daemon);
        try {
            // Reports leave the queue when they are shown, so that their texts can go.
            Deque<Future<FileReport>> waiting = new ArrayDeque<>();
            for (Callable<FileReport> task : tasks.values()) {
                waiting.add(pool.submit(() -> {
                    FileReport report = task.call();
                    done.incrementAndGet();
                    return report;
                }));
            }
            while (!waiting.isEmpty()) {
                FileReport report = await(waiting.remove(), progress, done, tasks.size());
                if (!report.findings().isEmpty() || !report.notices().isEmpty()) {
                    progress.clear();
                }
                reports.accept(report);
            }
        } finally {
            pool.shutdownNow();
            progress.clear();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(null, work, "check", Analyzer.STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    private static FileReport await(Future<FileReport> future, Progress progress, AtomicInteger done, int total) {
        while (true) {
            try {
                progress.show(done.get(), total);
                return future.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Time to show the progress again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while checking", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("checking a file failed", e.getCause());
            }
        }
    }

    private FileReport standardInput(String name, Consumer<byte[]> fixedInput) {
        byte[] bytes;
        try {
            bytes = console.in().readAllBytes();
        } catch (IOException e) {
            throw new UsageException("standard input cannot be read: " + e.getMessage());
        }
        Path path = absolute(name);
        requireBaseline(path);
        return fileCheck.bytes(name.equals("-") ? name : names.display(path), path, bytes, fixedInput);
    }

    private Map<Path, Callable<FileReport>> tasks() {
        List<Path> paths = request.paths().stream().map(this::absolute).toList();
        Discovery discovery = discover(paths);
        Map<Path, SettingsFile> settings = settingsFiles(paths, discovery);
        Map<Path, Callable<FileReport>> tasks = new TreeMap<>(PathOrder.BY_NAMES);
        if (request.writesFixes()
                && settings.values().stream()
                        .anyMatch(file -> !fileCheck.settingsEdits(file).isEmpty())) {
            // At once, since settings decide about everything else.
            settings.forEach((path, file) -> {
                FileReport report = fileCheck.settings(file);
                tasks.put(path, () -> report);
            });
            projects.invalidate();
            discovery = discover(paths);
        } else {
            settings.forEach((path, file) -> tasks.put(path, () -> fileCheck.settings(file)));
        }
        discovery
                .unread()
                .forEach((folder, unread) ->
                        tasks.put(folder, () -> FileReport.notRead(Notice.of(names.display(folder), unread), false)));
        for (FoundFile file : discovery.files()) {
            Callable<FileReport> ofSettings = tasks.get(file.path());
            tasks.put(
                    file.path(),
                    ofSettings == null
                            ? () -> fileCheck.file(file)
                            : () -> ofSettings.call().and(fileCheck.file(file)));
        }
        return tasks;
    }

    private Path absolute(String typed) {
        try {
            return request.absolute(typed);
        } catch (InvalidPathException e) {
            throw new UsageException("`%s` is no path: %s".formatted(typed, e.getReason()));
        }
    }

    private Discovery discover(List<Path> paths) {
        Discovery discovery = FileDiscovery.find(
                paths, (path, folder) -> projects.isExcluded(path, folder, request.overrides()), CancelToken.NEVER);
        if (!discovery.missing().isEmpty()) {
            int index = paths.indexOf(discovery.missing().get(0));
            throw new UsageException(
                    "`%s` does not exist".formatted(request.paths().get(index)));
        }
        return discovery;
    }

    /** Makes sure that the baseline of a file can be used: without it, everything would look new. */
    private void requireBaseline(Path file) {
        FoundProject project = projects.find(file, request.overrides());
        project.baseline().flatMap(BaselineFile::problem).ifPresent(problem -> {
            Path path = project.baseline().get().path();
            throw new UsageException("the baseline `%s` %s".formatted(names.display(path), problem));
        });
    }

    /** Returns the settings files in force that have problems. */
    private Map<Path, SettingsFile> settingsFiles(List<Path> paths, Discovery discovery) {
        Map<Path, SettingsFile> files = new TreeMap<>(PathOrder.BY_NAMES);
        List<Path> places = new ArrayList<>();
        paths.forEach(path -> places.add(path.resolve("any file")));
        discovery.files().forEach(file -> places.add(file.path()));
        for (Path place : places) {
            requireBaseline(place);
            Optional<SettingsFile> file =
                    projects.find(place, request.overrides()).settingsFile();
            if (file.isPresent() && !file.get().problems().isEmpty()) {
                files.put(file.get().path(), file.get());
            }
        }
        return files;
    }
}
