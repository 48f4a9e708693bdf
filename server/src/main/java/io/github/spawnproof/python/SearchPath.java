package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folders that a program adds to {@code sys.path} on its top level, as far as that is plain to see: by its own place, or
 * by a path from its folder, in which such programs are run.
 */
final class SearchPath {

    private static final int MAX_DEPTH = 10;

    private static final Set<String> SAME =
            Set.of("abspath", "realpath", "normpath", "str", "fspath", "resolve", "absolute", "as_posix", "expanduser");

    private static final Set<String> PATH_CLASSES = Set.of("Path", "PurePath");
    private static final Set<String> HERE = Set.of("getcwd", "cwd");

    private final String folder;
    private final String file;
    private final Map<String, Expression> variables = new HashMap<>();
    private final Set<String> found = new LinkedHashSet<>();

    private SearchPath(String folder, String file) {
        this.folder = folder;
        this.file = file;
    }

    /**
     * Returns the folders, as in {@link io.github.spawnproof.project.PythonSources#importFolders}.
     *
     * @param folder that of the program, with a slash at its end unless it is empty
     * @param file the program's name
     */
    static List<String> of(PythonTree tree, String folder, String file) {
        SearchPath path = new SearchPath(folder, folder + file);
        tree.statements().forEach(topLevel -> path.read(topLevel.statement()));
        return List.copyOf(path.found);
    }

    private void read(Node node) {
        if (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef) {
            return;
        }
        if (node instanceof Statement.Assign assign
                && assign.targets().size() == 1
                && assign.targets().get(0) instanceof Expression.Name name) {
            variables.put(name.id(), assign.value());
        } else if (node instanceof Statement.ExpressionStatement statement
                && statement.value() instanceof Expression.Call call
                && call.function() instanceof Expression.Attribute method
                && method.value() instanceof Expression.Attribute path
                && path.name().equals("path")
                && name(path.value()).equals("sys")) {
            added(method.name(), call.arguments()).forEach(this::add);
        } else if (!(node instanceof Expression)) {
            node.forEachChild(this::read);
        }
    }

    private static List<Expression> added(String method, List<Expression> arguments) {
        if (method.equals("append") && arguments.size() == 1) {
            return arguments;
        } else if (method.equals("insert") && arguments.size() == 2) {
            return arguments.subList(1, 2);
        } else if (method.equals("extend")
                && arguments.size() == 1
                && arguments.get(0) instanceof Expression.ListDisplay list) {
            return list.elements();
        }
        return List.of();
    }

    private void add(Expression expression) {
        String path = path(expression, 0);
        if (path != null) {
            found.add(path.isEmpty() ? "" : path + "/");
        }
    }

    /** Returns the path from the root that an expression stands for; null if that is unknown, or outside of the root. */
    private @Nullable String path(@Nullable Expression expression, int depth) {
        if (expression == null || depth > MAX_DEPTH) {
            return null;
        }
        if (expression instanceof Expression.Name name) {
            return name.id().equals("__file__") ? file : path(variables.get(name.id()), depth + 1);
        } else if (expression instanceof Expression.Constant constant && constant.isString()) {
            return isRelative(constant.value()) ? normal(folder + constant.value()) : null;
        } else if (expression instanceof Expression.Attribute attribute) {
            return attribute.name().equals("parent") ? parent(path(attribute.value(), depth + 1)) : null;
        } else if (expression instanceof Expression.Subscript subscript) {
            return ancestor(subscript, depth);
        } else if (expression instanceof Expression.BinOp operation) {
            boolean joins = operation.operator().equals("/");
            return joins || operation.operator().equals("+")
                    ? joined(path(operation.left(), depth + 1), joins ? "/" : "", operation.right())
                    : null;
        }
        return expression instanceof Expression.Call call ? call(call, depth) : null;
    }

    private @Nullable String call(Expression.Call call, int depth) {
        String name = name(call.function());
        List<Expression> arguments = call.arguments();
        if (HERE.contains(name)) {
            return normal(folder);
        } else if (SAME.contains(name)) {
            boolean isMethod = arguments.isEmpty() && call.function() instanceof Expression.Attribute;
            return path(isMethod ? ((Expression.Attribute) call.function()).value() : first(arguments), depth + 1);
        } else if (name.equals("dirname")) {
            return parent(path(first(arguments), depth + 1));
        } else if (name.equals("join") || PATH_CLASSES.contains(name)) {
            String path = path(first(arguments), depth + 1);
            for (Expression part : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
                path = joined(path, "/", part);
            }
            return path;
        }
        return null;
    }

    private static @Nullable Expression first(List<Expression> arguments) {
        return arguments.isEmpty() ? null : arguments.get(0);
    }

    /** Returns the path of {@code path.parents[number]}. */
    private @Nullable String ancestor(Expression.Subscript subscript, int depth) {
        if (!(subscript.value() instanceof Expression.Attribute parents)
                || !parents.name().equals("parents")
                || !(subscript.index() instanceof Expression.Constant number)
                || !number.value().matches("\\d")) {
            return null;
        }
        String path = path(parents.value(), depth + 1);
        for (int i = Integer.parseInt(number.value()); i >= 0; i--) {
            path = parent(path);
        }
        return path;
    }

    private static @Nullable String joined(@Nullable String path, String separator, Expression part) {
        String text = part instanceof Expression.Constant constant && constant.isString()
                ? constant.value()
                : name(part).equals("pardir") ? ".." : null;
        return path == null || text == null || !(separator.isEmpty() || isRelative(text))
                ? null
                : normal(path + separator + text);
    }

    /** Returns the last part of a dotted name; empty for anything else. */
    private static String name(Expression expression) {
        return expression instanceof Expression.Name name
                ? name.id()
                : expression instanceof Expression.Attribute attribute ? attribute.name() : "";
    }

    private static boolean isRelative(String path) {
        return !path.startsWith("/") && !path.contains("\\") && !path.contains(":");
    }

    private static @Nullable String parent(@Nullable String path) {
        return path == null || path.isEmpty() ? null : path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Returns a path without {@code .} and {@code ..}; null if it leads out of the root. */
    private static @Nullable String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", new ArrayList<>(parts));
    }
}
