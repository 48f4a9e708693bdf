package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.spawnproof.analysis.ErrorExplanation;
import io.github.spawnproof.analysis.ErrorExplanations;
import io.github.spawnproof.rule.RuleCatalog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code workspace/executeCommand} can be asked for. */
final class Commands {

    /** Takes an error text, gives Markdown. */
    static final String EXPLAIN = "spawnproof.explain";

    /** No more is read: what somebody selects or pastes is shorter. */
    private static final int LIMIT = 1 << 20;

    private static final String UNKNOWN = "Nothing in this text is a known error between processes.";

    private final Supplier<RuleCatalog> catalog;
    private final Executor lane;

    Commands(Supplier<RuleCatalog> catalog, Executor lane) {
        this.catalog = catalog;
        this.lane = lane;
    }

    CompletableFuture<String> execute(@Nullable JsonElement json) {
        Params params = Params.of(json);
        String command = params.string("command");
        if (!command.equals(EXPLAIN)) {
            throw ProtocolErrors.invalidParams("there is no command `%s`".formatted(command));
        }
        JsonArray arguments = params.array("arguments");
        if (arguments.isEmpty() || !Json.isString(arguments.get(0))) {
            throw ProtocolErrors.invalidParams("`%s` takes a text".formatted(EXPLAIN));
        }
        String text = arguments.get(0).getAsString();
        return CompletableFuture.supplyAsync(() -> explain(text), lane);
    }

    private String explain(String text) {
        String read = text.length() > LIMIT ? text.substring(0, LIMIT) : text;
        List<ErrorExplanation> explanations = ErrorExplanations.of(read, catalog.get());
        return explanations.isEmpty() ? UNKNOWN : ErrorExplanations.markdown(explanations, catalog.get());
    }
}
