package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spawnproof.analysis.ErrorExplanation;
import io.github.spawnproof.analysis.ErrorExplanations;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code workspace/executeCommand} can be asked for. */
final class Commands {

    /** Takes an error text, gives Markdown. */
    static final String EXPLAIN = "spawnproof.explain";
    /** Gives the ids of all rules, each with a sentence. */
    static final String RULES = "spawnproof.rules";
    /** Takes the id of a rule, gives its page in Markdown. */
    static final String RULE_PAGE = "spawnproof.rulePage";
    /** Takes the URI of a document, says what it is judged for. */
    static final String TARGETS = "spawnproof.targets";
    /** Takes the URI of a document, gives the settings that are in force for it, and where each comes from. */
    static final String SHOW_SETTINGS = "spawnproof.showSettings";
    /** Publishes diagnostics for all files of the workspace, and says how many. */
    static final String CHECK_WORKSPACE = "spawnproof.checkWorkspace";

    static final List<String> NAMES = List.of(EXPLAIN, RULES, RULE_PAGE, TARGETS, SHOW_SETTINGS, CHECK_WORKSPACE);

    /** No more is read: what somebody selects or pastes is shorter. */
    private static final int LIMIT = 1 << 20;

    private static final String UNKNOWN = "Nothing in this text is a known error between processes.";

    private final Supplier<RuleCatalog> catalog;
    private final Function<DocumentUri, String> targets;
    private final Function<DocumentUri, String> settings;
    private final Function<Params, CompletableFuture<String>> checkWorkspace;
    private final Executor lane;

    Commands(
            Supplier<RuleCatalog> catalog,
            Function<DocumentUri, String> targets,
            Function<DocumentUri, String> settings,
            Function<Params, CompletableFuture<String>> checkWorkspace,
            Executor lane) {
        this.catalog = catalog;
        this.targets = targets;
        this.settings = settings;
        this.checkWorkspace = checkWorkspace;
        this.lane = lane;
    }

    CompletableFuture<?> execute(@Nullable JsonElement json) {
        Params params = Params.of(json);
        String command = params.string("command");
        return switch (command) {
            case EXPLAIN -> onLane(params, "a text", this::explain);
            case RULES -> CompletableFuture.supplyAsync(this::rules, lane);
            case RULE_PAGE -> onLane(params, "the id of a rule", this::rulePage);
            case TARGETS -> onLane(params, "a URI", uri -> targets.apply(DocumentUri.of(uri)));
            case SHOW_SETTINGS -> onLane(params, "a URI", uri -> settings.apply(DocumentUri.of(uri)));
            case CHECK_WORKSPACE -> checkWorkspace.apply(params);
            default -> throw ProtocolErrors.invalidParams("there is no command `%s`".formatted(command));
        };
    }

    private CompletableFuture<String> onLane(Params params, String what, Function<String, String> answer) {
        JsonArray arguments = params.array("arguments");
        if (arguments.isEmpty() || !Json.isString(arguments.get(0))) {
            throw ProtocolErrors.invalidParams("`%s` takes %s".formatted(params.string("command"), what));
        }
        String argument = arguments.get(0).getAsString();
        return CompletableFuture.supplyAsync(() -> answer.apply(argument), lane);
    }

    private String explain(String text) {
        String read = text.length() > LIMIT ? text.substring(0, LIMIT) : text;
        List<ErrorExplanation> explanations = ErrorExplanations.of(read, catalog.get());
        return explanations.isEmpty() ? UNKNOWN : ErrorExplanations.markdown(explanations, catalog.get());
    }

    private JsonArray rules() {
        JsonArray rules = new JsonArray();
        for (Rule rule : catalog.get().all()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("id", rule.id());
            entry.addProperty("summary", RulePage.of(rule).summary().replaceAll("\\s+", " "));
            rules.add(entry);
        }
        return rules;
    }

    private String rulePage(String id) {
        return catalog.get()
                .find(id)
                .map(rule -> RulePage.of(rule).markdown())
                .orElseThrow(() -> ProtocolErrors.invalidParams("there is no rule `%s`".formatted(id)));
    }
}
