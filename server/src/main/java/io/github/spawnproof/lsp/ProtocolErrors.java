package io.github.spawnproof.lsp;

import com.google.gson.JsonObject;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** The errors that requests are answered with. */
final class ProtocolErrors {

    private ProtocolErrors() {}

    static ResponseErrorException invalidParams(String message) {
        return of(ResponseErrorCode.InvalidParams, message);
    }

    /** The document is another by now; the client asks again if it still wants to know. */
    static ResponseErrorException contentModified() {
        return of(ResponseErrorCode.ContentModified, "the document has changed");
    }

    /** As {@link #contentModified()}, for a pull of diagnostics: LSP 3.17, {@code DiagnosticServerCancellationData}. */
    static ResponseErrorException retrigger() {
        JsonObject data = new JsonObject();
        data.addProperty("retriggerRequest", true);
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.ServerCancelled, "the document has changed", data));
    }

    static ResponseErrorException of(ResponseErrorCode code, String message) {
        return new ResponseErrorException(new ResponseError(code, message, null));
    }
}
