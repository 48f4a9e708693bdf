package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a command line are when nobody gives any: docs.python.org/3/library/argparse.html#default.
 *
 * <p>A program that fails without options fails, whatever else it can be told.
 */
final class ParsedArguments {

    private final Evaluator evaluator;

    ParsedArguments(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Returns the constant that an option is by default; unknown if the file does not say so exactly once. */
    Value byDefault(String option) {
        Value found = Value.Unknown.VALUE;
        for (Scopes.CallSite site : evaluator.scopes().calls("add_argument")) {
            if (option.equals(destination(site.call()))) {
                if (!(found instanceof Value.Unknown)) {
                    return Value.Unknown.VALUE;
                }
                Expression defaultValue = keyword(site.call(), "default");
                found = defaultValue == null ? found : evaluator.evaluate(defaultValue, site.scope());
            }
        }
        return found instanceof Value.Literal ? found : Value.Unknown.VALUE;
    }

    /** Returns the attribute that an option becomes: its {@code dest}, else its first long name, else its name. */
    private static @Nullable String destination(Expression.Call call) {
        if (keyword(call, "dest") instanceof Expression.Constant given && given.isString()) {
            return given.value();
        }
        String name = null;
        for (Expression argument : call.arguments()) {
            if (argument instanceof Expression.Constant constant && constant.isString()) {
                boolean isLong = constant.value().startsWith("--");
                if (name == null || (isLong && !name.startsWith("--"))) {
                    name = constant.value();
                }
            }
        }
        return name == null ? null : name.replaceFirst("^-+", "").replace('-', '_');
    }

    private static @Nullable Expression keyword(Expression.Call call, String name) {
        for (Node.Keyword keyword : call.keywords()) {
            if (name.equals(keyword.name())) {
                return keyword.value();
            }
        }
        return null;
    }
}
