package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, each with the parameter of the row that it reaches.
 *
 * @param complete whether no unpacking hides further ones
 */
record Arguments(List<Argument> list, boolean complete) {

    Arguments(List<Argument> list) {
        this(list, true);
    }

    /** One argument. */
    record Argument(BoundaryParameter parameter, Site site) {}

    /** Returns the arguments that surely reach a parameter; those behind an unpacking are left out. */
    static Arguments of(Boundary row, Expression.Call call, Scope scope) {
        List<Argument> found = new ArrayList<>();
        int position = 0;
        receiver(row, call, scope).ifPresent(found::add);
        for (Expression argument : call.arguments()) {
            if (argument instanceof Expression.Starred) {
                break;
            }
            BoundaryParameter parameter = positional(row, position++);
            if (parameter != null) {
                found.add(new Argument(parameter, new Site(argument, scope)));
            }
        }
        for (Node.Keyword keyword : call.keywords()) {
            BoundaryParameter parameter = keyword.name() == null ? null : named(row, keyword.name());
            if (parameter != null) {
                found.add(new Argument(parameter, new Site(keyword.value(), scope)));
            }
        }
        boolean complete = call.arguments().stream().noneMatch(Expression.Starred.class::isInstance)
                && call.keywords().stream().noneMatch(keyword -> keyword.name() == null);
        return new Arguments(List.copyOf(found), complete);
    }

    private static Optional<Argument> receiver(Boundary row, Expression.Call call, Scope scope) {
        return row.parameters().stream()
                .filter(parameter -> parameter.kind() == BoundaryParameter.Kind.RECEIVER)
                .filter(parameter -> call.function() instanceof Expression.Attribute)
                .map(parameter ->
                        new Argument(parameter, new Site(((Expression.Attribute) call.function()).value(), scope)))
                .findFirst();
    }

    private static @Nullable BoundaryParameter positional(Boundary row, int position) {
        int at = 0;
        for (BoundaryParameter parameter : row.parameters()) {
            if (parameter.kind() == BoundaryParameter.Kind.VAR_POSITIONAL) {
                return parameter;
            }
            if (parameter.kind() == BoundaryParameter.Kind.POSITIONAL && at++ == position) {
                return parameter;
            }
        }
        return null;
    }

    private static @Nullable BoundaryParameter named(Boundary row, String name) {
        BoundaryParameter rest = null;
        for (BoundaryParameter parameter : row.parameters()) {
            if (parameter.kind() == BoundaryParameter.Kind.VAR_KEYWORD) {
                rest = parameter;
            } else if (parameter.name().equals(name)
                    && parameter.kind() != BoundaryParameter.Kind.VAR_POSITIONAL
                    && parameter.kind() != BoundaryParameter.Kind.RECEIVER) {
                return parameter;
            }
        }
        return rest;
    }

    /** Returns what becomes of an expression that is one of the arguments; null if it is none, or that does not matter. */
    @Nullable
    Role roleOf(Site site) {
        for (Argument argument : list) {
            if (Site.isSame(argument.site().expression(), site.expression())) {
                return argument.parameter().role();
            }
        }
        return null;
    }

    Optional<Argument> find(String parameter) {
        return list.stream()
                .filter(argument -> argument.parameter().name().equals(parameter))
                .findFirst();
    }
}
