package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.eclipse.lsp4j.CodeActionKind;

/** The answer to {@code initialize}. Written by hand for the reason that {@link ClientFeatures} is read by hand. */
final class Capabilities {

    /** LSP 3.17, {@code TextDocumentSyncKind}. */
    private static final int INCREMENTAL = 2;

    private Capabilities() {}

    static JsonObject initializeResult(ClientFeatures features, String version) {
        JsonObject sync = new JsonObject();
        sync.addProperty("openClose", true);
        sync.addProperty("change", INCREMENTAL);
        sync.addProperty("save", true);

        JsonObject python = new JsonObject();
        python.addProperty("language", "python");
        JsonArray cells = new JsonArray();
        cells.add(python);
        JsonObject anyNotebook = new JsonObject();
        anyNotebook.addProperty("notebook", "*");
        anyNotebook.add("cells", cells);
        JsonArray selector = new JsonArray();
        selector.add(anyNotebook);
        JsonObject notebooks = new JsonObject();
        notebooks.add("notebookSelector", selector);

        JsonArray kinds = new JsonArray();
        List.of(CodeActionKind.QuickFix, CodeActions.FIX_ALL).forEach(kinds::add);
        JsonObject actions = new JsonObject();
        actions.add("codeActionKinds", kinds);
        actions.addProperty("resolveProvider", true);

        JsonObject capabilities = new JsonObject();
        capabilities.addProperty("positionEncoding", features.encoding().label());
        capabilities.add("textDocumentSync", sync);
        capabilities.add("notebookDocumentSync", notebooks);
        capabilities.addProperty("hoverProvider", true);
        capabilities.add("documentLinkProvider", new JsonObject());
        // What stands before a value in one form or another.
        JsonArray triggers = new JsonArray();
        List.of("=", ":", " ", "\"", "'").forEach(triggers::add);
        JsonObject completion = new JsonObject();
        completion.add("triggerCharacters", triggers);
        capabilities.add("completionProvider", completion);
        capabilities.add("codeActionProvider", actions);
        JsonArray names = new JsonArray();
        Commands.NAMES.forEach(names::add);
        JsonObject commands = new JsonObject();
        commands.add("commands", names);
        capabilities.add("executeCommandProvider", commands);
        JsonObject folders = new JsonObject();
        folders.addProperty("supported", true);
        folders.addProperty("changeNotifications", true);
        JsonObject workspace = new JsonObject();
        workspace.add("workspaceFolders", folders);
        capabilities.add("workspace", workspace);
        if (features.pullsDiagnostics()) {
            JsonObject pull = new JsonObject();
            pull.addProperty("identifier", Diagnostics.SOURCE);
            // Who has another file open is told to pull again when what that rests on has changed.
            pull.addProperty("interFileDependencies", false);
            pull.addProperty("workspaceDiagnostics", features.checksWorkspace());
            capabilities.add("diagnosticProvider", pull);
        }

        JsonObject info = new JsonObject();
        info.addProperty("name", "Spawnproof");
        info.addProperty("version", version);

        JsonObject result = new JsonObject();
        result.add("capabilities", capabilities);
        result.add("serverInfo", info);
        return result;
    }
}
