package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.Completion;
import io.github.spawnproof.analysis.Completions;
import io.github.spawnproof.analysis.Explanations;
import io.github.spawnproof.analysis.RuleFailure;
import io.github.spawnproof.boundary.FileReference;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.workspace.FileKinds;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.Overrides;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsInForce;
import io.github.spawnproof.workspace.SettingsInWords;
import io.github.spawnproof.workspace.SettingsLayer;
import io.github.spawnproof.workspace.SurroundingsFinder;
import io.github.spawnproof.workspace.TargetsInWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RelatedFullDocumentDiagnosticReport;
import org.eclipse.lsp4j.RelatedUnchangedDocumentDiagnosticReport;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/**
 * What the server does between {@code initialize} and {@code shutdown}.
 *
 * <p>Handlers run on the reader thread; they only change the store or hand on. The worker analyses; answers are made on
 * the lane, from results that the worker has.
 */
final class Session {

    private static final List<String> PROJECT_FILES =
            ProjectFinder.fileNames().stream().map(name -> "**/" + name).toList();

    private static final int SAVE_SECONDS = 10;

    /** A state of a document and its result; empty if the document cannot be analysed. */
    private record Known(OpenDocument document, Optional<AnalysisResult> result) {}

    private final ServerContext context;
    private final Client client;
    private final Supplier<Analyzer> analyzer;
    private final ClientFeatures features;
    private final DocumentStore store;
    private final Notebooks notebooks = new Notebooks();
    private final Diagnostics diagnostics;
    private final CellDiagnostics cells;
    private final CodeActions codeActions;
    private final WorkspaceCheck workspaceCheck;
    /** What {@code initialize} said; settings that come later lie over it. */
    private final JsonElement initialSettings;
    /** The version for which a rule's failure on a document was last logged; used by the worker alone. */
    private final Map<String, Integer> loggedFailures = new HashMap<>();

    private final WorkspaceFolders workspace;
    private final BaselineWatch baselines;
    private final SettingsDiagnostics settingsDiagnostics;

    private final SurroundingsFinder surroundings;
    /** One thread, which writes down what was found out. */
    private final ScheduledExecutorService saving;

    private volatile Settings editorSettings = Settings.DEFAULT;

    Session(ServerContext context, ClientFeatures features, WorkspaceFolders workspace, JsonElement initialSettings) {
        this.context = context;
        this.client = context.client();
        this.analyzer = context.analyzer();
        this.features = features;
        this.workspace = workspace;
        this.initialSettings = initialSettings;
        this.baselines = new BaselineWatch(client, features.registersWatchedFiles());
        this.store = new DocumentStore(context.nanoClock());
        this.surroundings =
                new SurroundingsFinder(this::openProgram, context.settings().cacheFolder());
        this.saving = Executors.newSingleThreadScheduledExecutor(context.threads());
        this.diagnostics = new Diagnostics(() -> analyzer.get().catalog(), features);
        this.settingsDiagnostics = new SettingsDiagnostics(client, diagnostics);
        this.cells = new CellDiagnostics(client, store, features.diagnosticVersions());
        this.codeActions = new CodeActions(
                diagnostics, features, store, () -> analyzer.get().catalog());
        this.workspaceCheck = new WorkspaceCheck(
                context, features, store, diagnostics, () -> editorSettings, this::projectOf, workspace);
    }

    /** Registers the handlers and starts the worker. */
    void start() {
        Connection connection = context.connection();
        connection.onNotification("initialized", params -> initialized());
        connection.onNotification("textDocument/didOpen", this::didOpen);
        connection.onNotification("textDocument/didChange", this::didChange);
        connection.onNotification("textDocument/didClose", this::didClose);
        connection.onNotification("textDocument/didSave", this::didSave);
        connection.onNotification("notebookDocument/didOpen", this::notebookOpened);
        connection.onNotification("notebookDocument/didChange", this::notebookChanged);
        connection.onNotification("notebookDocument/didClose", this::notebookClosed);
        connection.onNotification("notebookDocument/didSave", params -> {});
        connection.onNotification("workspace/didChangeConfiguration", this::didChangeConfiguration);
        connection.onNotification("workspace/didChangeWatchedFiles", this::didChangeWatchedFiles);
        connection.onNotification("workspace/didChangeWorkspaceFolders", this::didChangeWorkspaceFolders);
        connection.onRequest("textDocument/hover", this::hover);
        connection.onRequest("textDocument/documentLink", this::documentLinks);
        connection.onRequest("textDocument/completion", this::completion);
        connection.onRequest("textDocument/codeAction", this::codeAction);
        connection.onRequest("codeAction/resolve", this::resolve);
        connection.onNotification(
                "window/workDoneProgress/cancel", params -> workspaceCheck.cancel(Json.at(params, "token")));
        Commands commands = new Commands(
                () -> analyzer.get().catalog(),
                this::targets,
                this::settings,
                params -> workspaceCheck.start(Json.at(params.json(), "workDoneToken")),
                context.lane());
        connection.onRequest("workspace/executeCommand", commands::execute);
        if (features.pullsDiagnostics()) {
            connection.onRequest("textDocument/diagnostic", this::diagnostic);
            connection.onRequest("workspace/diagnostic", workspaceCheck::pull);
        }
        applySettings(initialSettings);
        context.threads()
                .newThread(new AnalysisWorker(store, analyzer, this::projectOf, this::analysed, client))
                .start();
        var unused = saving.scheduleWithFixedDelay(surroundings::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops the worker; nothing is published any more. */
    void shutDown() {
        store.shutDown();
        workspaceCheck.shutDown();
        saving.shutdownNow();
        surroundings.save();
    }

    private void initialized() {
        if (features.registersConfiguration()) {
            JsonObject section = new JsonObject();
            section.addProperty("section", EditorSettings.SECTION);
            client.register(new Registration("spawnproof-configuration", "workspace/didChangeConfiguration", section));
        }
        if (features.registersWatchedFiles()) {
            client.watchFiles("spawnproof-settings-files", PROJECT_FILES);
        }
        if (features.configuration()) {
            askForSettings();
        }
        if (features.checksWorkspace()) {
            var unused = workspaceCheck.start(JsonNull.INSTANCE);
        }
    }

    // Documents.

    private void didOpen(@Nullable JsonElement json) {
        Params params = Params.of(json);
        Params item = params.object("textDocument");
        DocumentUri uri = params.documentUri();
        String text = item.string("text");
        Optional<Language> language = FileKinds.ofDocument(item.string("languageId"), uri.path())
                .filter(any -> any != Language.TEXT || !uri.hasPythonExtension())
                .or(() -> Optional.of(Language.PYTHON).filter(any -> uri.hasPythonExtension()))
                .filter(any -> any != Language.JAVA || uri.isWritten());
        if (language.isEmpty()) {
            store.openForeign(uri);
            return;
        }
        DocumentSnapshot snapshot =
                DocumentSnapshot.of(uri.spelling(), language.get(), item.integer("version"), new SourceText(text));
        store.open(OpenDocument.Content.of(uri, snapshot));
        edited();
        workspaceCheck.opened(uri);
    }

    private void didChange(@Nullable JsonElement json) {
        Params params = Params.of(json);
        Params identifier = params.object("textDocument");
        DocumentUri uri = params.documentUri();
        Edits edits = Edits.read(params, "contentChanges");
        DocumentStore.Change change = store.change(uri, before -> {
            DocumentSnapshot old = before.snapshot();
            int version = identifier.has("version") ? identifier.integer("version") : old.version() + 1;
            SourceText source = edits.apply(old.source(), features.encoding());
            return OpenDocument.Content.of(
                    before.uri(), DocumentSnapshot.of(old.uri(), old.language(), version, source));
        });
        edited();
        if (change == DocumentStore.Change.NOT_OPEN) {
            client.log(MessageType.Warning, "ignored a change of a document that is not open: " + uri.spelling());
        }
    }

    private void didClose(@Nullable JsonElement json) {
        DocumentUri uri = Params.of(json).documentUri();
        boolean wasOpen = store.close(uri, document -> {
            if (!features.pullsDiagnostics()) {
                // Without a version: the client has forgotten those of a document that it closed.
                client.publish(document.uri(), Optional.empty(), List.of());
            }
        });
        edited();
        if (!wasOpen) {
            client.log(MessageType.Warning, "ignored the end of a document that is not open: " + uri.spelling());
        }
        workspaceCheck.changed(uri);
    }

    private void notebookOpened(@Nullable JsonElement json) {
        OpenDocument.Content content = notebooks.open(Params.of(json));
        store.open(content);
        workspaceCheck.opened(content.uri());
    }

    private void notebookChanged(@Nullable JsonElement json) {
        Params params = Params.of(json);
        Optional<OpenDocument.Content> changed = notebooks.change(params, features.encoding());
        if (changed.isEmpty()) {
            client.log(MessageType.Warning, "ignored a change of a notebook that is not open");
            return;
        }
        Set<TextPart> gone = new LinkedHashSet<>();
        store.change(changed.get().uri(), before -> {
            gone.addAll(before.parts());
            return changed.get();
        });
        Set<String> there =
                changed.get().parts().stream().map(part -> part.uri().key()).collect(Collectors.toSet());
        gone.removeIf(part -> there.contains(part.uri().key()));
        gone.forEach(cells::end);
    }

    private void notebookClosed(@Nullable JsonElement json) {
        DocumentUri uri =
                DocumentUri.of(Params.of(json).object("notebookDocument").string("uri"));
        notebooks.close(uri);
        store.close(uri, document -> document.parts().forEach(cells::end));
        workspaceCheck.changed(uri);
    }

    private void didSave(@Nullable JsonElement json) {
        // Where the client cannot watch settings files, saving is the moment to look at them again.
        if (!features.registersWatchedFiles()) {
            context.settings().forget();
            store.renew(Params.of(json).documentUri());
        }
    }

    // Settings.

    private void didChangeConfiguration(@Nullable JsonElement json) {
        if (features.configuration()) {
            askForSettings();
        } else {
            applySettings(Json.at(json, "settings"));
        }
    }

    private void askForSettings() {
        client.configuration(EditorSettings.SECTION, this::applySettings);
    }

    private void applySettings(JsonElement json) {
        // On the lane: knowing the rules may take a while at the start.
        context.lane().execute(() -> {
            Settings base = EditorSettings.read(
                            initialSettings, Settings.DEFAULT, analyzer.get().catalog())
                    .settings();
            EditorSettings read = EditorSettings.read(json, base, analyzer.get().catalog());
            read.problems().forEach(problem -> client.log(MessageType.Warning, problem));
            if (!read.settings().equals(editorSettings)) {
                editorSettings = read.settings();
                renewAll();
            }
        });
    }

    private void didChangeWatchedFiles(@Nullable JsonElement json) {
        JsonArray changes = Params.of(json).array("changes");
        int sources = 0;
        for (JsonElement change : changes) {
            DocumentUri uri = DocumentUri.of(Json.string(change, "uri"));
            boolean isProgram = uri.path()
                    .flatMap(FileKinds::of)
                    .filter(Set.of(Language.PYTHON, Language.NOTEBOOK)::contains)
                    .isPresent();
            if (isProgram) {
                workspaceCheck.changed(uri);
                sources++;
            }
        }
        if (sources > 0) {
            surroundings.changed();
            context.lane().execute(this::renewOutdated);
        }
        if (sources == 0 || sources < changes.size()) {
            settingsFilesChanged();
        }
    }

    private void didChangeWorkspaceFolders(@Nullable JsonElement json) {
        workspace.change(json);
        settingsFilesChanged();
    }

    private void settingsFilesChanged() {
        context.settings().forget();
        settingsDiagnostics.filesChanged();
        renewAll();
    }

    private void renewAll() {
        store.renewAll();
        workspaceCheck.settingsChanged();
        if (features.pullsDiagnostics()) {
            client.refreshDiagnostics();
        }
    }

    /** Tells that the text of an open file is another one, or that of its file again. */
    private void edited() {
        surroundings.edited();
        // The analysis of that file may have been quicker than this thread.
        context.lane().execute(this::renewOutdated);
    }

    /** Has files looked at again that others have changed the meaning of. */
    private void renewOutdated() {
        boolean isShown = false;
        for (String outdated : analyzer.get().takeOutdated()) {
            DocumentUri uri = DocumentUri.of(outdated);
            isShown |= store.find(uri).isPresent();
            store.renew(uri);
            workspaceCheck.changed(uri);
        }
        if (isShown && features.pullsDiagnostics()) {
            client.refreshDiagnostics();
        }
    }

    private Optional<DocumentSnapshot> openProgram(Path file) {
        return store.find(DocumentUri.of(file.toUri().toString()))
                .map(OpenDocument::snapshot)
                .filter(snapshot -> snapshot.language() == Language.PYTHON);
    }

    private Project projectOf(OpenDocument document) {
        return document.uri()
                .path()
                .map(this::projectOf)
                .orElseGet(() -> found(Optional.empty()).project());
    }

    private Project projectOf(Path file) {
        Project project = found(Optional.of(file)).project();
        return project.with(surroundings.of(
                file, workspace.paths(), true, project.settings().javaClassPath()));
    }

    /** Returns where a document that is no file would lie: in the workspace, so that the workspace's settings count. */
    private Optional<Path> pathOfNoFile() {
        return workspace.first().map(folder -> folder.resolve("untitled.py"));
    }

    /** Returns the project of a file or, without one, of a document that is no file. */
    private FoundProject found(Optional<Path> file) {
        FoundProject found = file.or(this::pathOfNoFile)
                .map(path -> context.settings().find(path, workspace.around(path), editorSettings))
                .orElseGet(() -> context.settings().find(Optional.empty(), editorSettings));
        found.baseline().ifPresent(baselines::use);
        found.settingsFile()
                .ifPresent(settings ->
                        settingsDiagnostics.use(settings, found.project().settings()));
        return found;
    }

    private String targets(DocumentUri uri) {
        return TargetsInWords.of(found(uri.path()));
    }

    private String settings(DocumentUri uri) {
        Path file = uri.path().or(this::pathOfNoFile).orElse(Path.of("untitled.py"));
        Path base = workspace.around(file);
        boolean excluded = context.settings().isExcluded(file, false, base, editorSettings);
        SettingsInForce settings = SettingsInForce.of(
                file,
                found(uri.path()),
                Overrides.ofEditor(SettingsLayer.of(editorSettings), base),
                excluded,
                analyzer.get().catalog());
        return SettingsInWords.of(uri.spelling(), settings, Path::toString);
    }

    // Results.

    private Runnable analysed(OpenDocument document, Optional<AnalysisResult> result) {
        result.ifPresent(this::logFailures);
        renewOutdated();
        if (document.isNotebook()) {
            Known known = new Known(document, result);
            Map<TextPart, List<Diagnostic>> shown = new LinkedHashMap<>();
            document.parts().forEach(part -> shown.put(part, diagnostics(known, part)));
            return () -> shown.forEach(cells::publish);
        }
        if (features.pullsDiagnostics() || document.snapshot().language() == Language.TEXT) {
            return () -> {};
        }
        TextPart text = document.parts().get(0);
        List<Diagnostic> shown = diagnostics(new Known(document, result), text);
        return () -> client.publish(document.uri(), version(text), shown);
    }

    private Optional<Integer> version(TextPart text) {
        return features.diagnosticVersions() ? Optional.of(text.version()) : Optional.empty();
    }

    private List<Diagnostic> diagnostics(Known known, TextPart part) {
        return known.result()
                .map(result -> diagnostics.of(known.document(), part, result))
                .orElse(List.of());
    }

    private void logFailures(AnalysisResult result) {
        for (RuleFailure failure : result.failures()) {
            Integer logged = loggedFailures.put(failure.rule() + " " + failure.uri(), failure.version());
            if (!Integer.valueOf(failure.version()).equals(logged)) {
                client.mistake(
                        "the rule %s failed on version %d of %s"
                                .formatted(failure.rule(), failure.version(), failure.uri()),
                        failure.cause());
            }
        }
    }

    // Requests.

    private CompletableFuture<Optional<Hover>> hover(@Nullable JsonElement json) {
        Params params = Params.of(json);
        Position position = params.position("position");
        return answer(params.documentUri(), Optional.empty(), (document, positions, result) -> {
            return Explanations.at(
                            result, positions.offset(position), analyzer.get().catalog())
                    .map(explanation ->
                            new Hover(content(explanation.markdown()), positions.range(explanation.range())));
        });
    }

    private CompletableFuture<List<DocumentLink>> documentLinks(@Nullable JsonElement json) {
        return answer(Params.of(json).documentUri(), List.of(), (document, positions, result) -> {
            List<DocumentLink> links = new ArrayList<>();
            List<FileReference> files = new ArrayList<>(result.facts().yaml().files());
            files.addAll(result.facts().python().files());
            for (FileReference reference : files) {
                result.project()
                        .surroundings()
                        .uriOf(reference.path())
                        .ifPresent(uri -> links.add(new DocumentLink(positions.range(reference.range()), uri)));
            }
            return links;
        });
    }

    /** Answers from the text alone: while somebody types a value, the text is seldom whole. */
    private CompletableFuture<List<CompletionItem>> completion(@Nullable JsonElement json) {
        Params params = Params.of(json);
        Position position = params.position("position");
        Optional<DocumentSnapshot> snapshot =
                store.find(params.documentUri()).map(OpenDocument::snapshot).filter(Session::setsVariables);
        if (snapshot.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    Positions positions = new Positions(snapshot.get().source(), features.encoding());
                    List<CompletionItem> items = new ArrayList<>();
                    for (Completion completion :
                            Completions.at(snapshot.get(), positions.offset(position), CancelToken.NEVER)) {
                        CompletionItem item = new CompletionItem(completion.label());
                        item.setKind(CompletionItemKind.Value);
                        item.setDocumentation(completion.documentation());
                        item.setSortText(String.valueOf(items.size()));
                        item.setTextEdit(Either.forLeft(
                                new TextEdit(positions.range(completion.range()), completion.newText())));
                        items.add(item);
                    }
                    return items;
                },
                context.lane());
    }

    private static boolean setsVariables(DocumentSnapshot snapshot) {
        return snapshot.language() == Language.YAML || snapshot.language() == Language.ENVIRONMENT;
    }

    private MarkupContent content(String markdown) {
        return features.markdownHover()
                ? new MarkupContent(MarkupKind.MARKDOWN, markdown)
                : new MarkupContent(MarkupKind.PLAINTEXT, PlainText.of(markdown));
    }

    private CompletableFuture<List<CodeAction>> codeAction(@Nullable JsonElement json) {
        Params params = Params.of(json);
        Range range = params.range("range");
        List<String> only = Json.strings(params.object("context").json(), "only");
        return answer(
                params.documentUri(),
                List.of(),
                (document, positions, result) -> codeActions.at(document, result, positions.textRange(range), only));
    }

    private CompletableFuture<CodeAction> resolve(@Nullable JsonElement json) {
        Params data = Params.of(json).object("data");
        DocumentUri uri = DocumentUri.of(data.string("uri"));
        Optional<OpenDocument> document = store.find(uri);
        if (document.isEmpty() || document.get().revision() != CodeActions.revision(data)) {
            return CompletableFuture.failedFuture(ProtocolErrors.contentModified());
        }
        return known(document.get())
                .thenApply(known -> codeActions.resolved(
                        known.document(), known.result().orElseThrow(ProtocolErrors::contentModified), data));
    }

    private CompletableFuture<DocumentDiagnosticReport> diagnostic(@Nullable JsonElement json) {
        Params params = Params.of(json);
        String previous = Json.string(params.json(), "previousResultId");
        Optional<OpenDocument> document = store.find(params.documentUri());
        // Those of cells are published: a change of one cell changes the findings of others.
        if (document.isEmpty() || document.get().isNotebook()) {
            return CompletableFuture.completedFuture(
                    new DocumentDiagnosticReport(new RelatedFullDocumentDiagnosticReport(List.of())));
        }
        return known(document.get())
                .thenApply(known -> report(known, previous))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(ProtocolErrors.retrigger()));
    }

    private DocumentDiagnosticReport report(Known known, String previous) {
        String resultId = Long.toString(known.document().revision());
        if (resultId.equals(previous)) {
            return new DocumentDiagnosticReport(new RelatedUnchangedDocumentDiagnosticReport(resultId));
        }
        RelatedFullDocumentDiagnosticReport report = new RelatedFullDocumentDiagnosticReport(
                diagnostics(known, known.document().parts().get(0)));
        report.setResultId(resultId);
        return new DocumentDiagnosticReport(report);
    }

    /** What makes an answer about a text from what is known of its document. */
    @FunctionalInterface
    private interface Answer<T> {
        /** @param positions those of the text, with offsets of the document */
        T make(OpenDocument document, Positions positions, AnalysisResult result);
    }

    /** Makes an answer from a document's result; {@code otherwise} if the document is not open or not analysed. */
    private <T> CompletableFuture<T> answer(DocumentUri uri, T otherwise, Answer<T> answer) {
        Optional<OpenDocument> document = store.find(uri);
        if (document.isEmpty()) {
            return CompletableFuture.completedFuture(otherwise);
        }
        return known(document.get()).thenApply(known -> {
            Optional<TextPart> part = known.document().part(uri);
            return part.isEmpty() || known.result().isEmpty()
                    ? otherwise
                    : answer.make(
                            known.document(),
                            new Positions(part.get(), features.encoding()),
                            known.result().get());
        });
    }

    /** Returns the result of a document's present text, on the lane; fails if the text changes before it is there. */
    private CompletableFuture<Known> known(OpenDocument document) {
        CompletableFuture<Known> known = new CompletableFuture<>();
        complete(known, document);
        return known;
    }

    private void complete(CompletableFuture<Known> known, OpenDocument document) {
        var unused = document.result()
                .whenCompleteAsync(
                        (result, failure) -> {
                            if (failure == null) {
                                known.complete(new Known(document, result));
                                return;
                            }
                            Optional<OpenDocument> now = store.find(document.uri());
                            if (now.isPresent() && isSameText(now.get(), document)) {
                                complete(known, now.get());
                            } else {
                                known.completeExceptionally(ProtocolErrors.contentModified());
                            }
                        },
                        context.lane());
    }

    private static boolean isSameText(OpenDocument now, OpenDocument before) {
        return now.revision() != before.revision() && now.snapshot().equals(before.snapshot());
    }
}
