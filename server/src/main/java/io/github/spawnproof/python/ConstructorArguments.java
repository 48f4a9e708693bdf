package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the edits that hand a class what its methods captured, as arguments of its constructor.
 *
 * <p>Jina makes an Executor's instance from {@code uses_with}, which it sends as JSON; any other class is called.
 */
final class ConstructorArguments {

    private static final String EXECUTOR = "jina.Executor";
    /** Calls that take an Executor as {@code uses}. */
    private static final Set<String> DEPLOYING = Set.of("jina.Deployment", "jina.Flow.add");
    /** What Jina itself gives to an Executor's constructor or keeps in it: jina.serve.executors.BaseExecutor, 3.34. */
    private static final Set<String> OF_EXECUTOR = Set.of(
            "metas",
            "requests",
            "runtime_args",
            "workspace",
            "dynamic_batching",
            "logger",
            "tracer",
            "tracer_provider",
            "meter",
            "meter_provider",
            "monitor",
            "close",
            "serve",
            "snapshot",
            "restore",
            "from_hub",
            "write_endpoints",
            "load_config",
            "save_config");

    /** Members by which a class decides itself what its instances hold. */
    private static final Set<String> OWN_STATE = Set.of(
            "__slots__",
            "__new__",
            "__reduce__",
            "__reduce_ex__",
            "__getstate__",
            "__setstate__",
            "__getnewargs__",
            "__getattr__",
            "__getattribute__",
            "__setattr__");

    private final SourceText source;
    private final Evaluator evaluator;
    private final Layout layout;
    private final ArgumentEdits arguments;

    ConstructorArguments(SourceText source, Evaluator evaluator, Layout layout, ArgumentEdits arguments) {
        this.source = source;
        this.evaluator = evaluator;
        this.layout = layout;
        this.arguments = arguments;
    }

    /**
     * Returns the edits for a class; empty if it cannot be given arguments.
     *
     * @param inside where its methods use what they captured
     * @param uses where the class is used
     */
    Optional<DefinitionLift.HandOver> of(
            Statement.ClassDef type,
            Scope own,
            Map<String, Scope> captured,
            List<NameWalk.Use> inside,
            List<NameWalk.Use> uses,
            String newName) {
        boolean isExecutor = evaluator.derivesFrom(new Value.ClassOf(type, own), EXECUTOR);
        boolean plainBases = isExecutor
                ? type.bases().size() == 1
                : type.bases().stream()
                        .allMatch(base -> base instanceof Expression.Name name
                                && name.id().equals("object"));
        if (!plainBases
                || !type.decorators().isEmpty()
                || !type.keywords().isEmpty()
                || captured.keySet().stream().anyMatch(name -> isTaken(name, type, own, isExecutor))) {
            return Optional.empty();
        }
        List<TextEdit> edits = new ArrayList<>();
        Set<String> stored = new HashSet<>();
        for (NameWalk.Use use : inside) {
            String self = receiver(use.scope(), own);
            if (self == null) {
                return Optional.empty();
            }
            if (!isInConstructor(use.scope(), own)) {
                edits.add(TextEdit.replace(Site.range(use.name(), use.scope()), self + "." + use.id()));
                stored.add(use.id());
            }
        }
        List<String> names = List.copyOf(captured.keySet());
        if (!constructor(type, own, names, stored, isExecutor, edits)) {
            return Optional.empty();
        }
        List<TextEdit> outside = new ArrayList<>();
        for (NameWalk.Use use : uses) {
            Optional<TextEdit> edit = isExecutor ? deployed(use, names) : called(use, names);
            if (edit.isEmpty() || Site.range(type, own).contains(Site.range(use.name(), use.scope()))) {
                return Optional.empty();
            }
            outside.add(edit.get());
            if (!use.id().equals(newName)) {
                outside.add(TextEdit.replace(Site.range(use.name(), use.scope()), newName));
            }
        }
        boolean plainData = true;
        if (isExecutor) {
            for (Map.Entry<String, Scope> entry : captured.entrySet()) {
                Binding binding = entry.getValue().bindings(entry.getKey()).get(0);
                // Who calls the function decides what a parameter is: text and numbers can be sent, an object cannot.
                boolean parameter = binding.kind() == Binding.Kind.PARAMETER && !Captures.isReceiver(binding);
                if (!parameter && !isPlainData(binding)) {
                    return Optional.empty();
                }
                plainData &= !parameter;
            }
        }
        return Optional.of(new DefinitionLift.HandOver(List.of(), edits, outside, plainData));
    }

    /** Tells whether an attribute of that name would be in the way of another. */
    private static boolean isTaken(String name, Statement.ClassDef type, Scope own, boolean isExecutor) {
        return (isExecutor && (OF_EXECUTOR.contains(name) || name.startsWith("_")))
                || name.equals("self")
                || !own.bindings(name).isEmpty()
                || OWN_STATE.stream().anyMatch(member -> !own.bindings(member).isEmpty())
                || usesAttribute(type, name);
    }

    private static boolean usesAttribute(Node node, String name) {
        if (node instanceof Expression.Attribute attribute && attribute.name().equals(name)) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= usesAttribute(child, name));
        return found[0];
    }

    // The methods

    /** Returns the function of the class in whose body a scope lies. */
    private static @Nullable Scope method(Scope scope, Scope own) {
        Scope current = scope;
        Scope parent = current.parent();
        while (parent != null && !parent.isSame(own)) {
            current = parent;
            parent = current.parent();
        }
        return parent == null || current.kind() != Scope.Kind.FUNCTION ? null : current;
    }

    /** Returns what the instance is called where a captured name is used; null if there is none. */
    private static @Nullable String receiver(Scope scope, Scope own) {
        Scope method = method(scope, own);
        if (method == null
                || !(method.owner() instanceof Statement.FunctionDef function)
                || function.parameters().list().isEmpty()
                || function.decorators().stream()
                        .anyMatch(decorator -> decorator instanceof Expression.Name name
                                && (name.id().equals("staticmethod")
                                        || name.id().equals("classmethod")))) {
            return null;
        }
        Node.Parameter first = function.parameters().list().get(0);
        boolean positional = first.kind() == Node.ParameterKind.POSITIONAL_OR_KEYWORD
                || first.kind() == Node.ParameterKind.POSITIONAL_ONLY;
        boolean seen = scope.owner(first.name()).isSame(method)
                && method.bindings(first.name()).size() == 1;
        return positional && seen && !function.name().equals("__new__") ? first.name() : null;
    }

    private static boolean isInConstructor(Scope scope, Scope own) {
        Scope method = method(scope, own);
        return method != null
                && method.owner() instanceof Statement.FunctionDef function
                && function.name().equals("__init__");
    }

    // The constructor

    private boolean constructor(
            Statement.ClassDef type,
            Scope own,
            List<String> names,
            Set<String> stored,
            boolean isExecutor,
            List<TextEdit> edits) {
        List<Binding> bindings = own.bindings("__init__");
        if (bindings.isEmpty()) {
            return (!isExecutor || isDirectExecutor(type, own)) && newConstructor(type, own, names, isExecutor, edits);
        }
        return bindings.size() == 1
                && bindings.get(0).definition() instanceof Statement.FunctionDef function
                && extended(function, own, names, stored, edits);
    }

    private boolean isDirectExecutor(Statement.ClassDef type, Scope own) {
        Scope outside = own.parent();
        return outside != null && evaluator.evaluate(type.bases().get(0), outside) instanceof Value.Named;
    }

    private boolean newConstructor(
            Statement.ClassDef type, Scope own, List<String> names, boolean isExecutor, List<TextEdit> edits) {
        Statement first = firstAfterDocstring(type.body());
        if (first == null) {
            return false;
        }
        int start = own.base() + withDecorators(first);
        if (!layout.isFirstOnLine(start) && source.text().charAt(start - 1) != '@') {
            return false;
        }
        int line = layout.lineStart(start);
        String indentation = relativeIndentation(line, type, own);
        String body = indentation + layout.indentation();
        String separator = layout.separator();
        StringBuilder text = new StringBuilder();
        text.append(indentation).append("def __init__(self, ").append(String.join(", ", names));
        text.append(isExecutor ? ", **kwargs):" : "):").append(separator);
        if (isExecutor) {
            text.append(body).append("super().__init__(**kwargs)").append(separator);
        }
        for (String name : names) {
            text.append(body)
                    .append("self.")
                    .append(name)
                    .append(" = ")
                    .append(name)
                    .append(separator);
        }
        edits.add(
                TextEdit.insert(withCommentsAbove(line), text.append(separator).toString()));
        return true;
    }

    /** Returns the indentation that a line of the class has when the class stands at module level. */
    private String relativeIndentation(int line, Statement.ClassDef type, Scope own) {
        String outer = source.indentation(own.base() + type.start());
        String inner = source.indentation(line);
        return inner.startsWith(outer) ? inner.substring(outer.length()) : layout.indentation();
    }

    private int withCommentsAbove(int line) {
        int start = line;
        while (start > 0) {
            int above = layout.lineStart(start - 1);
            String text = source.text().substring(above, source.lineEnd(above));
            if (!text.strip().startsWith("#") || layout.isInString(above)) {
                break;
            }
            start = above;
        }
        return start;
    }

    private static int withDecorators(Statement statement) {
        return statement instanceof Statement.FunctionDef function
                        && !function.decorators().isEmpty()
                ? function.decorators().get(0).start()
                : statement.start();
    }

    private static @Nullable Statement firstAfterDocstring(List<Statement> body) {
        int index = isDocstring(body.get(0)) ? 1 : 0;
        return index < body.size() ? body.get(index) : null;
    }

    private static boolean isDocstring(Statement statement) {
        return statement instanceof Statement.ExpressionStatement expression
                && expression.value() instanceof Expression.Constant constant
                && constant.isString();
    }

    /** Adds parameters to a constructor that is there, and stores what other methods need. */
    private boolean extended(
            Statement.FunctionDef function, Scope own, List<String> names, Set<String> stored, List<TextEdit> edits) {
        Scope scope = evaluator.scopes().of(function);
        String self = receiver(scope, own);
        if (self == null || !function.decorators().isEmpty()) {
            return false;
        }
        for (String name : names) {
            if (!scope.bindings(name).isEmpty() || name.equals(self)) {
                return false;
            }
        }
        edits.add(TextEdit.insert(
                own.base() + function.parameters().list().get(0).end(), ", " + String.join(", ", names)));
        if (stored.isEmpty()) {
            return true;
        }
        Statement before = null;
        for (Statement statement : function.body()) {
            if (!isDocstring(statement) && !callsSuper(statement)) {
                break;
            }
            before = statement;
        }
        Statement anchor = before == null ? function.body().get(0) : before;
        int at = own.base() + anchor.start();
        if (!layout.isFirstOnLine(at)) {
            return false;
        }
        String indentation = source.indentation(at);
        String outer = source.indentation(own.base() + classStart(own));
        if (!indentation.startsWith(outer)) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        for (String name : names.stream().filter(stored::contains).toList()) {
            String line = indentation.substring(outer.length()) + self + "." + name + " = " + name;
            text.append(before == null ? line + layout.separator() : layout.separator() + line);
        }
        int offset = before == null ? layout.lineStart(at) : source.lineEnd(own.base() + anchor.end());
        edits.add(TextEdit.insert(offset, text.toString()));
        return true;
    }

    private static int classStart(Scope own) {
        Node owner = own.owner();
        return owner == null ? 0 : owner.start();
    }

    private static boolean callsSuper(Statement statement) {
        return statement instanceof Statement.ExpressionStatement expression
                && expression.value() instanceof Expression.Call call
                && call.function() instanceof Expression.Attribute attribute
                && attribute.name().equals("__init__");
    }

    // The uses

    private Optional<TextEdit> called(NameWalk.Use use, List<String> names) {
        Expression.Call call = use.calledBy();
        return call == null ? Optional.empty() : arguments.leading(call, use, String.join(", ", names));
    }

    /** Returns the edit that adds the values to {@code uses_with} of the call that deploys the class. */
    private Optional<TextEdit> deployed(NameWalk.Use use, List<String> names) {
        Expression.Call call = use.argumentOf();
        if (call == null || !"uses".equals(use.keyword()) || !isDeploying(call, use.scope())) {
            return Optional.empty();
        }
        char quote = layout.quote();
        List<String> items = new ArrayList<>();
        names.forEach(name -> items.add(quote + name + quote + ": " + name));
        for (Node.Keyword keyword : call.keywords()) {
            if (keyword.name() == null) {
                return Optional.empty();
            }
            if (keyword.name().equals("uses_with")) {
                return keyword.value() instanceof Expression.Dict dict
                        ? merged(dict, use.scope().base(), items, names)
                        : Optional.empty();
            }
        }
        int end = Site.range(use.name(), use.scope()).end();
        return Optional.of(TextEdit.insert(end, ", uses_with={" + String.join(", ", items) + "}"));
    }

    private static Optional<TextEdit> merged(Expression.Dict dict, int base, List<String> items, List<String> names) {
        for (Expression key : dict.keys()) {
            if (!(key instanceof Expression.Constant constant) || names.contains(constant.value())) {
                return Optional.empty();
            }
        }
        String text = String.join(", ", items) + (dict.values().isEmpty() ? "" : ", ");
        return Optional.of(TextEdit.insert(base + dict.start() + 1, text));
    }

    private boolean isDeploying(Expression.Call call, Scope scope) {
        return evaluator.evaluate(call.function(), scope).alternatives().stream()
                .allMatch(callee -> evaluator
                        .boundary(callee)
                        .filter(row -> DEPLOYING.contains(row.name()))
                        .isPresent());
    }

    // The values

    private boolean isPlainData(Binding binding) {
        Expression value = binding.value();
        return binding.kind() == Binding.Kind.ASSIGNED && value != null && isPlainData(value);
    }

    /** Tells whether JSON gives back what it is given. */
    private static boolean isPlainData(Expression expression) {
        if (expression instanceof Expression.Constant constant) {
            return switch (constant.kind()) {
                case STRING, INTEGER, FLOAT, TRUE, FALSE, NONE -> true;
                case BYTES, COMPLEX, ELLIPSIS -> false;
            };
        } else if (expression instanceof Expression.ListDisplay list) {
            return list.elements().stream().allMatch(ConstructorArguments::isPlainData);
        } else if (expression instanceof Expression.UnaryOp operation) {
            return isPlainData(operation.operand());
        } else if (expression instanceof Expression.Dict dict) {
            return dict.keys().stream()
                            .allMatch(key -> key instanceof Expression.Constant constant && constant.isString())
                    && dict.values().stream().allMatch(ConstructorArguments::isPlainData);
        }
        return expression instanceof Expression.JoinedStr;
    }
}
