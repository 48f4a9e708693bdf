package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the expressions that programs write paths with: strings, f-strings, {@code os.path}, {@code pathlib}. */
final class PathReader {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALTERNATIVES = 8;

    private static final Set<String> ANCHORING =
            Set.of("os.path.abspath", "os.path.realpath", "os.getcwd", "pathlib.Path.cwd", "pathlib.Path.home");
    private static final Set<String> SAME_TEXT = Set.of("os.path.normpath", "os.path.normcase", "os.fspath");
    private static final Set<String> PATH_CLASSES = Set.of("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath");
    private static final Set<String> ANCHORING_METHODS = Set.of("resolve", "absolute", "expanduser");

    private final Evaluator evaluator;

    PathReader(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Returns what the expression's value may be, at least one; {@link PathText#UNKNOWN} is among them if need be. */
    List<PathText> read(Site site) {
        return read(site.expression(), site.scope(), 0);
    }

    private List<PathText> read(Expression expression, Scope scope, int depth) {
        if (depth > MAX_DEPTH) {
            return List.of(PathText.UNKNOWN);
        }
        List<PathText> all = new ArrayList<>();
        if (expression instanceof Expression.Name name) {
            all.addAll(name(name, scope, depth));
        } else if (expression instanceof Expression.IfExp choice) {
            all.addAll(read(choice.body(), scope, depth + 1));
            all.addAll(read(choice.orElse(), scope, depth + 1));
        } else if (expression instanceof Expression.BoolOp operation) {
            operation.values().forEach(value -> all.addAll(read(value, scope, depth + 1)));
        } else if (expression instanceof Expression.NamedExpr named) {
            all.addAll(read(named.value(), scope, depth + 1));
        } else {
            all.add(single(expression, scope, depth));
        }
        return all.isEmpty() || all.size() > MAX_ALTERNATIVES ? List.of(PathText.UNKNOWN) : all;
    }

    private List<PathText> name(Expression.Name name, Scope scope, int depth) {
        List<Binding> bindings = evaluator.reaching(name.id(), scope, scope.base() + name.start());
        if (bindings.isEmpty()) {
            return List.of(
                    name.id().equals("__file__")
                            ? new PathText("", ".py", false, true, false, true)
                            : PathText.UNKNOWN);
        }
        List<PathText> all = new ArrayList<>();
        for (Binding binding : bindings) {
            Expression value = binding.value();
            if (binding.kind() == Binding.Kind.ASSIGNED && value != null) {
                all.addAll(read(value, binding.scope(), depth + 1));
            } else if (binding.kind() == Binding.Kind.PARAMETER) {
                // The calls that can be seen say nothing of others; a path is often a setting.
                all.add(PathText.UNKNOWN);
            } else {
                all.addAll(constants(evaluator.value(binding)));
            }
        }
        return all;
    }

    private static List<PathText> constants(Value value) {
        return value.alternatives().stream()
                .map(alternative -> alternative instanceof Value.Literal literal
                                && literal.constant().isString()
                        ? PathText.of(literal.constant().value())
                        : PathText.UNKNOWN)
                .toList();
    }

    /** Returns the only value that the expression may have; unknown if there are several. */
    private PathText only(Expression expression, Scope scope, int depth) {
        List<PathText> all = read(expression, scope, depth + 1);
        return all.size() == 1 ? all.get(0) : PathText.UNKNOWN;
    }

    private PathText single(Expression expression, Scope scope, int depth) {
        if (expression instanceof Expression.Constant constant) {
            return constant.isString() ? PathText.of(constant.value()) : PathText.UNKNOWN;
        } else if (expression instanceof Expression.JoinedStr joined) {
            PathText text = PathText.of("");
            for (Expression part : joined.values()) {
                text = text.plus(part(part, scope, depth));
            }
            return text;
        } else if (expression instanceof Expression.BinOp operation) {
            return operation(operation, scope, depth);
        } else if (expression instanceof Expression.Attribute attribute) {
            return attribute(attribute, scope, depth);
        } else if (expression instanceof Expression.Call call) {
            return call(call, scope, depth);
        }
        List<PathText> known = constants(evaluator.evaluate(expression, scope));
        return known.size() == 1 ? known.get(0) : PathText.UNKNOWN;
    }

    private PathText part(Expression part, Scope scope, int depth) {
        if (part instanceof Expression.FormattedValue field) {
            boolean plain = field.formatSpec() == null && (field.conversion() == 0 || field.conversion() == 's');
            return plain ? only(field.value(), scope, depth).asString() : PathText.UNKNOWN;
        }
        return single(part, scope, depth);
    }

    private PathText operation(Expression.BinOp operation, Scope scope, int depth) {
        PathText left = only(operation.left(), scope, depth);
        PathText right = only(operation.right(), scope, depth);
        if (operation.operator().equals("+")) {
            return left.plus(right);
        }
        return operation.operator().equals("/") && (left.isObject() || right.isObject())
                ? left.join(right).asObject()
                : PathText.UNKNOWN;
    }

    private PathText attribute(Expression.Attribute attribute, Scope scope, int depth) {
        PathText path = only(attribute.value(), scope, depth);
        if (path.isObject() && attribute.name().equals("parent")) {
            return path.anchored() ? PathText.anchored("").asObject() : PathText.UNKNOWN;
        }
        List<PathText> known = constants(evaluator.evaluate(attribute, scope));
        return known.size() == 1 ? known.get(0) : PathText.UNKNOWN;
    }

    private PathText call(Expression.Call call, Scope scope, int depth) {
        List<Expression> arguments = call.arguments();
        boolean plain = call.keywords().isEmpty() && arguments.stream().noneMatch(Expression.Starred.class::isInstance);
        String callee = callee(call, scope);
        if (ANCHORING.contains(callee)) {
            return anchored(arguments.isEmpty() ? PathText.UNKNOWN : only(arguments.get(0), scope, depth));
        } else if (!plain) {
            return PathText.UNKNOWN;
        } else if (callee.equals("os.path.join") && !arguments.isEmpty()) {
            return joined(arguments, scope, depth);
        } else if (PATH_CLASSES.contains(callee)) {
            return arguments.isEmpty()
                    ? PathText.of(".").asObject()
                    : joined(arguments, scope, depth).asObject();
        } else if (arguments.size() == 1 && (callee.equals("str") || SAME_TEXT.contains(callee))) {
            return only(arguments.get(0), scope, depth).asString();
        } else if (callee.equals("os.path.dirname") && arguments.size() == 1) {
            return only(arguments.get(0), scope, depth).anchored() ? PathText.anchored("") : PathText.UNKNOWN;
        } else if (call.function() instanceof Expression.Attribute method) {
            return method(method, arguments, scope, depth);
        }
        List<PathText> known = constants(evaluator.evaluate(call, scope));
        return known.size() == 1 ? known.get(0) : PathText.UNKNOWN;
    }

    private PathText method(Expression.Attribute method, List<Expression> arguments, Scope scope, int depth) {
        PathText path = only(method.value(), scope, depth);
        if (!path.isObject()) {
            return PathText.UNKNOWN;
        } else if (ANCHORING_METHODS.contains(method.name())) {
            return anchored(path).asObject();
        } else if (method.name().equals("joinpath")) {
            PathText result = path;
            for (Expression argument : arguments) {
                result = result.join(only(argument, scope, depth));
            }
            return result.asObject();
        } else if (method.name().equals("with_name") && path.anchored() && arguments.size() == 1) {
            return PathText.anchored("")
                    .plus(PathText.of("/"))
                    .plus(only(arguments.get(0), scope, depth))
                    .asObject();
        } else if (method.name().equals("as_posix")) {
            return path.asString();
        }
        return path.anchored() ? PathText.anchored("").asObject() : PathText.UNKNOWN;
    }

    private PathText joined(List<Expression> arguments, Scope scope, int depth) {
        PathText result = only(arguments.get(0), scope, depth).asString();
        for (Expression argument : arguments.subList(1, arguments.size())) {
            result = result.join(only(argument, scope, depth));
        }
        return result;
    }

    private static PathText anchored(PathText path) {
        return new PathText("", path.end(), false, true, path.isObject(), path.isThisFile());
    }

    /** Returns the qualified name of what is called; {@code str} for the builtin; empty if it is not known. */
    private String callee(Expression.Call call, Scope scope) {
        if (call.function() instanceof Expression.Name name
                && name.id().equals("str")
                && scope.owner("str").bindings("str").isEmpty()) {
            return "str";
        }
        return evaluator.evaluate(call.function(), scope) instanceof Value.Named named ? named.name() : "";
    }
}
