package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.RuleFailure;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.FileContent;
import io.github.spawnproof.workspace.FileDiscovery;
import io.github.spawnproof.workspace.FileDiscovery.FoundFile;
import io.github.spawnproof.workspace.FileKinds;
import io.github.spawnproof.workspace.SourceFile;
import io.github.spawnproof.workspace.SourceReader;
import io.github.spawnproof.workspace.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.jspecify.annotations.Nullable;

/**
 * Checks all files of the workspace, and publishes diagnostics for those that nobody has open, or reports them to a client
 * that pulls them.
 *
 * <p>Once asked for, that stays true: a file that changes on disk or is closed is checked again, and all of them are
 * when settings change. What was published for a file ends when it is opened, for then its text is the client's.
 */
final class WorkspaceCheck {

    /** One check of all files. */
    private static final class Run {
        private final CompletableFuture<String> summary;
        private volatile Optional<Progress> progress = Optional.empty();
        private volatile boolean cancelled;
        /** Whether another run began before this one was done, and answers in its place. */
        private volatile boolean superseded;

        Run(CompletableFuture<String> summary) {
            this.summary = summary;
        }

        CancelToken token() {
            // The answer to a request is cancelled along with the request.
            return new CancelToken(() -> cancelled || superseded || summary.isCancelled());
        }
    }

    private final ServerContext context;
    private final Client client;
    private final ClientFeatures features;
    private final DocumentStore store;
    private final Diagnostics diagnostics;
    private final Supplier<Settings> editorSettings;
    private final Function<Path, Project> projects;
    private final WorkspaceFolders workspace;
    private final WorkspaceReports reports;
    /** One thread, which begins with the first check. */
    private final ExecutorService background;

    private Optional<Run> last = Optional.empty();
    /** The files that the last check has found, by the keys of their URIs. */
    private Map<String, Path> files = Map.of();
    /** The folders that were checked; empty before that. */
    private volatile List<Path> folders = List.of();
    /** Files that have changed and are not among those, by their keys. */
    private final Set<String> unknown = new HashSet<>();
    /** The files for which the client has diagnostics from here, by the same keys. */
    private final Map<String, DocumentUri> published = new HashMap<>();

    WorkspaceCheck(
            ServerContext context,
            ClientFeatures features,
            DocumentStore store,
            Diagnostics diagnostics,
            Supplier<Settings> editorSettings,
            Function<Path, Project> projects,
            WorkspaceFolders workspace) {
        this.context = context;
        this.client = context.client();
        this.features = features;
        this.store = store;
        this.diagnostics = diagnostics;
        this.editorSettings = editorSettings;
        this.projects = projects;
        this.workspace = workspace;
        this.reports = new WorkspaceReports(context.connection());
        this.background = Executors.newSingleThreadExecutor(context.threads());
    }

    /**
     * Checks all files, and answers with a sentence about them.
     *
     * @param progressToken where the client wants to see the progress; JSON's null if it does not say
     */
    CompletableFuture<String> start(JsonElement progressToken) {
        Run run = new Run(new CompletableFuture<>());
        synchronized (this) {
            if (last.isEmpty() && features.registersWatchedFiles()) {
                client.watchFiles("spawnproof-files", FileKinds.patterns());
            }
            last.ifPresent(before -> before.cancelled = true);
            last = Optional.of(run);
        }
        begin(run, progressToken);
        return run.summary;
    }

    /** Checks all files again, if that was wanted before. */
    void settingsChanged() {
        Run run;
        synchronized (this) {
            if (last.isEmpty()) {
                return;
            }
            run = new Run(last.get().summary.isDone() ? new CompletableFuture<>() : last.get().summary);
            last.get().superseded = true;
            last = Optional.of(run);
        }
        begin(run, JsonNull.INSTANCE);
    }

    private void begin(Run run, JsonElement progressToken) {
        askForFolders(folders ->
                Progress.begin(context.connection(), features, progressToken, "Checking Python files", progress -> {
                    run.progress = Optional.of(progress);
                    later(() -> check(run, folders, progress));
                }));
    }

    /** Answers a client that pulls what is found in the files that nobody has open. */
    CompletableFuture<WorkspaceDiagnosticReport> pull(@Nullable JsonElement params) {
        synchronized (this) {
            if (!published.isEmpty()) {
                // What was pushed before is pulled from now on.
                reports.begin();
                for (DocumentUri uri : published.values()) {
                    client.publish(uri, Optional.empty(), List.of());
                    changed(uri);
                }
                published.clear();
                later(reports::end);
            }
        }
        return reports.ask(params);
    }

    /** Ends the running check, if the progress that the client shows is its own. */
    synchronized void cancel(JsonElement progressToken) {
        last.filter(run -> run.progress
                        .filter(progress -> progress.hasToken(progressToken))
                        .isPresent())
                .ifPresent(run -> run.cancelled = true);
    }

    /** Ends what is published for a document that is open from now on. */
    synchronized void opened(DocumentUri uri) {
        reports.put(uri, List.of());
        DocumentUri before = published.remove(uri.key());
        // Elsewhere the diagnostics of the open document replace those.
        if (before != null && (features.pullsDiagnostics() || !before.spelling().equals(uri.spelling()))) {
            client.publish(before, Optional.empty(), List.of());
        }
    }

    /** Checks a file that was closed or has changed on disk, if all files were to be checked. */
    synchronized void changed(DocumentUri uri) {
        Path file = files.get(uri.key());
        if (file != null) {
            later(() -> check(file, CancelToken.NEVER));
        } else if (!folders.isEmpty()) {
            // It may be new, or one of those that are left out. One look at the folders tells that for many files.
            if (unknown.isEmpty()) {
                later(this::checkUnknown);
            }
            unknown.add(uri.key());
        }
    }

    private void checkUnknown() {
        Set<String> asked;
        synchronized (this) {
            asked = Set.copyOf(unknown);
            unknown.clear();
        }
        find(folders, CancelToken.NEVER).forEach((key, file) -> {
            if (asked.contains(key)) {
                check(file, CancelToken.NEVER);
            }
        });
    }

    synchronized void shutDown() {
        last.ifPresent(run -> run.cancelled = true);
        reports.shutDown();
        background.shutdownNow();
    }

    private void askForFolders(Consumer<List<Path>> onAnswer) {
        if (!features.workspaceFolders()) {
            onAnswer.accept(workspace.paths());
            return;
        }
        context.connection().request("workspace/workspaceFolders", null, answer -> {
            List<Path> folders = new ArrayList<>();
            if (answer.orElse(JsonNull.INSTANCE) instanceof JsonArray array) {
                for (JsonElement folder : array) {
                    DocumentUri.of(Json.string(folder, "uri")).path().ifPresent(folders::add);
                }
            }
            onAnswer.accept(folders);
        });
    }

    private void later(Runnable work) {
        try {
            background.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | StackOverflowError e) {
                    client.mistake("a check of the workspace failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            client.trace("Ended before the workspace was checked", "");
        }
    }

    private void check(Run run, List<Path> folders, Progress progress) {
        int done = 0;
        this.folders = folders;
        reports.begin();
        try {
            Map<String, Path> found = find(folders, run.token());
            Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
            for (Path file : found.values()) {
                run.token().check();
                check(file, run.token()).forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
                progress.report(++done, found.size());
            }
            run.summary.complete(summary(done, counts));
        } catch (Cancelled e) {
            if (!run.superseded) {
                run.summary.complete("Stopped after " + Words.count(done, "file") + ".");
            }
        } catch (RuntimeException | StackOverflowError e) {
            run.summary.completeExceptionally(e);
        } finally {
            reports.end();
            progress.end();
        }
    }

    /** Finds the files to check, and ends what is published for those that are not among them any more. */
    private Map<String, Path> find(List<Path> folders, CancelToken token) {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Path folder : folders) {
            FileDiscovery.Discovery discovery = FileDiscovery.find(
                    List.of(folder),
                    (path, isFolder) -> context.settings().isExcluded(path, isFolder, folder, editorSettings.get()),
                    token);
            for (FoundFile file : discovery.files()) {
                found.put(uri(file.path()).key(), file.path());
            }
        }
        reports.retain(found.keySet());
        synchronized (this) {
            files = found;
            for (DocumentUri uri : List.copyOf(published.values())) {
                if (!found.containsKey(uri.key())) {
                    published.remove(uri.key());
                    client.publish(uri, Optional.empty(), List.of());
                }
            }
        }
        return found;
    }

    private static DocumentUri uri(Path file) {
        return DocumentUri.of(file.toUri().toString());
    }

    private static String summary(int files, Map<Severity, Integer> counts) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = counts.getOrDefault(severity, 0);
            if (count > 0) {
                // Information has no plural.
                parts.add(
                        severity == Severity.INFORMATION
                                ? count + " information"
                                : Words.count(count, severity.label()));
            }
        }
        String where = Words.count(files, "file") + ".";
        return parts.isEmpty() ? "No findings in " + where : "Found " + Words.list(parts) + " in " + where;
    }

    /** Checks a file as it is open or, if it is not, as it is on disk. */
    private List<Finding> check(Path file, CancelToken token) {
        DocumentUri uri = uri(file);
        Optional<OpenDocument> open = store.find(uri);
        Optional<SourceFile> onDisk = open.isPresent() ? Optional.empty() : read(file);
        try {
            DocumentSnapshot snapshot = open.map(OpenDocument::snapshot)
                    .or(() -> onDisk.map(SourceFile::document))
                    .orElseGet(() -> DocumentSnapshot.of(uri.spelling(), Language.PYTHON, ""));
            Project project = projects.apply(file);
            AnalysisResult result = context.analyzer().get().analyze(snapshot, project, token);
            for (RuleFailure failure : result.failures()) {
                client.mistake("the rule %s failed on %s".formatted(failure.rule(), uri.spelling()), failure.cause());
            }
            publish(uri, onDisk.map(found -> shown(uri, found, result)).orElse(List.of()));
            return result.findings();
        } catch (Cancelled e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of the front end: this file has no findings, all others have theirs.
            client.mistake("the analysis of " + uri.spelling() + " failed", e);
            publish(uri, List.of());
            return List.of();
        }
    }

    /** Returns the diagnostics of a file that is not open, with the places of its text on disk. */
    private List<Diagnostic> shown(DocumentUri uri, SourceFile file, AnalysisResult result) {
        OpenDocument document = new OpenDocument(
                OpenDocument.Content.of(
                        uri,
                        DocumentSnapshot.of(
                                uri.spelling(), Language.PYTHON, file.content().text())),
                0,
                0);
        return result.findings().stream()
                .map(finding -> diagnostics.of(document, file.located(finding)))
                .toList();
    }

    private Optional<SourceFile> read(Path file) {
        FileContent content = SourceReader.read(file);
        return content instanceof FileContent.Text text
                ? SourceFile.of(file.toUri(), text, Optional::of, unread -> unread(file, unread))
                : unread(file, (FileContent.Unread) content);
    }

    private Optional<SourceFile> unread(Path file, FileContent.Unread reason) {
        client.log(MessageType.Info, "not checked: " + file + ": " + reason.message());
        return Optional.empty();
    }

    private synchronized void publish(DocumentUri uri, List<Diagnostic> shown) {
        if (reports.isWanted()) {
            if (store.find(uri).isEmpty()) {
                reports.put(uri, shown);
            }
            return;
        }
        boolean news = shown.isEmpty() ? published.remove(uri.key()) != null : true;
        if (news && store.find(uri).isEmpty()) {
            if (!shown.isEmpty()) {
                published.put(uri.key(), uri);
            }
            client.publish(uri, Optional.empty(), shown);
        }
    }
}
