package io.github.spawnproof.lsp;

import com.google.gson.JsonElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client can do, from the parameters of {@code initialize}. Read by hand: building readers for the whole tree
 * of capabilities by reflection costs more than everything else before the first diagnostics. A capability of a wrong
 * type is taken as absent.
 *
 * @param checksWorkspace whether whoever has set up the client wants all files checked from the start
 */
record ClientFeatures(
        PositionEncoding encoding,
        boolean diagnosticVersions,
        boolean codeDescriptions,
        boolean relatedInformation,
        boolean diagnosticData,
        boolean codeActionLiterals,
        boolean preferredActions,
        boolean resolvesEdits,
        boolean documentChanges,
        boolean createsFiles,
        boolean markdownHover,
        boolean configuration,
        boolean registersConfiguration,
        boolean registersWatchedFiles,
        boolean pullsDiagnostics,
        boolean checksWorkspace,
        boolean workspaceFolders,
        boolean workDoneProgress) {

    static ClientFeatures of(@Nullable JsonElement initializeParams) {
        JsonElement all = Json.at(initializeParams, "capabilities");
        JsonElement text = Json.at(all, "textDocument");
        JsonElement workspace = Json.at(all, "workspace");
        JsonElement published = Json.at(text, "publishDiagnostics");
        JsonElement actions = Json.at(text, "codeAction");
        List<String> hoverFormats = Json.strings(text, "hover", "contentFormat");
        return new ClientFeatures(
                PositionEncoding.negotiate(Json.strings(all, "general", "positionEncodings")),
                // Clients that say nothing of versions ignore or use them; only who declines goes without.
                !Json.isFalse(published, "versionSupport"),
                Json.isTrue(published, "codeDescriptionSupport"),
                Json.isTrue(published, "relatedInformation"),
                Json.isTrue(published, "dataSupport"),
                Json.at(actions, "codeActionLiteralSupport").isJsonObject(),
                Json.isTrue(actions, "isPreferredSupport"),
                Json.isTrue(actions, "dataSupport")
                        && Json.strings(actions, "resolveSupport", "properties").contains("edit"),
                Json.isTrue(workspace, "workspaceEdit", "documentChanges"),
                Json.strings(workspace, "workspaceEdit", "resourceOperations").contains("create"),
                hoverFormats.isEmpty() || isMarkdown(hoverFormats),
                Json.isTrue(workspace, "configuration"),
                Json.isTrue(workspace, "didChangeConfiguration", "dynamicRegistration"),
                Json.isTrue(workspace, "didChangeWatchedFiles", "dynamicRegistration"),
                // A client that pulls but cannot be told to pull again would keep outdated results.
                Json.at(text, "diagnostic").isJsonObject() && Json.isTrue(workspace, "diagnostics", "refreshSupport"),
                Json.isTrue(initializeParams, "initializationOptions", "workspaceDiagnostics"),
                Json.isTrue(workspace, "workspaceFolders"),
                Json.isTrue(all, "window", "workDoneProgress"));
    }

    /** Tells whether Markdown is the first of the formats that the server has. */
    private static boolean isMarkdown(List<String> formats) {
        int markdown = formats.indexOf("markdown");
        int plain = formats.indexOf("plaintext");
        return markdown >= 0 && (plain < 0 || markdown < plain);
    }
}
