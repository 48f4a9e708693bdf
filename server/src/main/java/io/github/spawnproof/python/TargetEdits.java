package io.github.spawnproof.python;

import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the edits that change what a call hands to another process: a function and its arguments. */
final class TargetEdits {

    private final SourceText source;
    private final Layout layout;

    TargetEdits(SourceText source, Layout layout) {
        this.source = source;
        this.layout = layout;
    }

    /**
     * Returns the edits that hand over a function instead of what a call of it gives; none if they cannot be written.
     *
     * @param argument the argument that is a call
     * @param inner that call
     */
    List<TextEdit> handOver(CrossingFinder.KnownCall call, Arguments.Argument argument, Expression.Call inner) {
        Scope scope = argument.site().scope();
        TextRange brackets = new TextRange(scope.base() + inner.function().end(), scope.base() + inner.end());
        String text = source.slice(brackets);
        if (!text.startsWith("(") || !text.endsWith(")") || text.contains("#")) {
            return List.of();
        }
        String inside = text.substring(1, text.length() - 1).strip();
        if (inside.isEmpty()) {
            return List.of(TextEdit.delete(brackets));
        }
        boolean bareGenerator = inner.arguments().size() == 1
                && inner.arguments().get(0) instanceof Expression.Comprehended
                && scope.base() + inner.arguments().get(0).start() == brackets.start();
        if (bareGenerator || !isBare(call, argument.site()) || !isLast(call, argument.site())) {
            return List.of();
        }
        return passed(call, inner, scope, inside)
                .map(passed -> List.of(TextEdit.replace(brackets, passed)))
                .orElse(List.of());
    }

    /** Returns the text behind the function that passes what the call did; empty if the library call cannot pass that. */
    private Optional<String> passed(CrossingFinder.KnownCall call, Expression.Call inner, Scope scope, String inside) {
        Arguments arguments = call.arguments();
        BoundaryParameter spread = parameter(call, BoundaryParameter.Use.SPREAD);
        BoundaryParameter named = parameter(call, BoundaryParameter.Use.SPREAD_NAMED);
        if (spread == null
                || !arguments.complete()
                || (named == null && !inner.keywords().isEmpty())) {
            return Optional.empty();
        }
        if (spread.kind() == BoundaryParameter.Kind.VAR_POSITIONAL) {
            return isGiven(arguments, spread) ? Optional.empty() : Optional.of(", " + inside);
        }
        StringBuilder text = new StringBuilder();
        if (!inner.arguments().isEmpty()) {
            if (isGiven(arguments, spread)) {
                return Optional.empty();
            }
            int start = scope.base() + inner.arguments().get(0).start();
            int end = scope.base()
                    + inner.arguments().get(inner.arguments().size() - 1).end();
            // Brackets around an argument are no part of it: take all if there is nothing else.
            String positional =
                    inner.keywords().isEmpty() ? withoutComma(inside) : source.slice(new TextRange(start, end));
            String comma = inner.arguments().size() == 1 ? "," : "";
            text.append(", ")
                    .append(spread.name())
                    .append("=(")
                    .append(positional)
                    .append(comma)
                    .append(')');
        }
        if (named != null && !inner.keywords().isEmpty()) {
            if (isGiven(arguments, named)) {
                return Optional.empty();
            }
            text.append(", ")
                    .append(named.name())
                    .append("={")
                    .append(items(inner.keywords(), scope))
                    .append('}');
        }
        return balanced(text.toString()) ? Optional.of(text.toString()) : Optional.empty();
    }

    private String items(List<Node.Keyword> keywords, Scope scope) {
        List<String> items = new ArrayList<>();
        char quote = layout.quote();
        for (Node.Keyword keyword : keywords) {
            String value = source.slice(Site.range(keyword.value(), scope));
            items.add(keyword.name() == null ? "**" + value : quote + keyword.name() + quote + ": " + value);
        }
        return String.join(", ", items);
    }

    private static String withoutComma(String text) {
        return text.endsWith(",") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    }

    /** Tells whether as many brackets are closed as opened: positions leave out those around an expression. */
    private static boolean balanced(String text) {
        return text.chars().filter(letter -> letter == '(').count()
                == text.chars().filter(letter -> letter == ')').count();
    }

    private static @Nullable BoundaryParameter parameter(CrossingFinder.KnownCall call, BoundaryParameter.Use use) {
        return call.rows().get(0).parameters().stream()
                .filter(parameter -> parameter.use() == use)
                .findFirst()
                .orElse(null);
    }

    private static boolean isGiven(Arguments arguments, BoundaryParameter parameter) {
        return arguments.list().stream()
                .anyMatch(argument -> argument.parameter().equals(parameter));
    }

    /** Tells whether keyword arguments, and further positional ones, can stand behind an argument. */
    private static boolean isLast(CrossingFinder.KnownCall call, Site site) {
        List<Expression> positional = call.call().arguments();
        return positional.stream()
                .noneMatch(argument -> argument.start() > site.expression().start());
    }

    /** Tells whether a call has its closing bracket; what still is typed may become another argument. */
    boolean isClosed(CrossingFinder.KnownCall call) {
        TextRange range = Site.range(call.call(), call.scope());
        return source.text().charAt(range.end() - 1) == ')';
    }

    /** Returns a range as far as it is on its first line. */
    TextRange firstLine(TextRange range) {
        return new TextRange(range.start(), Math.min(range.end(), source.lineEnd(range.start())));
    }

    /** Tells whether an argument stands in no brackets of its own. */
    boolean isBare(CrossingFinder.KnownCall call, Site site) {
        Expression.Call outer = call.call();
        int before = outer.function().end();
        int allowed = 1;
        for (Expression argument : outer.arguments()) {
            if (argument.start() < site.expression().start()) {
                before = argument.end();
                allowed = 0;
            }
        }
        for (Node.Keyword keyword : outer.keywords()) {
            if (keyword.name() != null && Site.isSame(keyword.value(), site.expression())) {
                before = keyword.start();
                allowed = 0;
            }
        }
        int base = call.scope().base();
        String between = source.slice(
                new TextRange(base + before, base + site.expression().start()));
        return between.chars().filter(letter -> letter == '(').count() == allowed;
    }
}
