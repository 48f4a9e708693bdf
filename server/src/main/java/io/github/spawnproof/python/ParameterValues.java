package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of functions of the file can be: the receiver of a method, what the calls in the file pass, or an
 * instance of the class that an annotation names.
 */
final class ParameterValues {

    private static final Set<String> OPTIONAL = Set.of("typing.Optional", "typing.Annotated", "typing.Final");

    private final Evaluator evaluator;
    private Value.@Nullable FunctionOf called;
    private Map<String, Value> supposed = Map.of();

    ParameterValues(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Sets what a function is called with. */
    void suppose(Value.FunctionOf function, Map<String, Value> arguments) {
        called = function;
        supposed = arguments;
    }

    Value value(Binding binding) {
        Scope function = binding.scope();
        if (called != null && called.scope().isSame(function) && supposed.containsKey(binding.name())) {
            return supposed.getOrDefault(binding.name(), Value.Unknown.VALUE);
        }
        if (!(function.owner() instanceof Statement.FunctionDef definition)) {
            return Value.Unknown.VALUE;
        }
        List<Node.Parameter> list = definition.parameters().list();
        boolean method = isMethod(function) && !Evaluator.isDecoratedWith(definition, "staticmethod");
        for (int i = 0; i < list.size(); i++) {
            Node.Parameter parameter = list.get(i);
            if (parameter.name().equals(binding.name())) {
                return i == 0 && method
                        ? receiver(function)
                        : value(definition, function, parameter, method ? i - 1 : i);
            }
        }
        return Value.Unknown.VALUE;
    }

    private static boolean isMethod(Scope function) {
        return function.parent() != null && function.parent().kind() == Scope.Kind.CLASS;
    }

    /** Returns what the first parameter of a method is: an instance of the class, or the class; else unknown. */
    Value receiver(Scope function) {
        Scope type = function.parent();
        if (!(function.owner() instanceof Statement.FunctionDef method)
                || type == null
                || !(type.owner() instanceof Statement.ClassDef definition)
                || method.parameters().list().isEmpty()
                || Evaluator.isDecoratedWith(method, "staticmethod")) {
            return Value.Unknown.VALUE;
        }
        Value.ClassOf owner = new Value.ClassOf(definition, type);
        return Evaluator.isDecoratedWith(method, "classmethod")
                ? owner
                : Value.Instance.of(owner, evaluator.programChoice());
    }

    private Value value(Statement.FunctionDef definition, Scope function, Node.Parameter parameter, int position) {
        if (parameter.kind() == Node.ParameterKind.VAR_POSITIONAL
                || parameter.kind() == Node.ParameterKind.VAR_KEYWORD) {
            return Value.Unknown.VALUE;
        }
        List<Value> passed = passed(definition, function, parameter, position);
        return passed.isEmpty() ? annotated(parameter.annotation(), outside(function)) : Value.oneOf(passed);
    }

    private static Scope outside(Scope function) {
        Scope parent = function.parent();
        return parent == null ? function : parent;
    }

    /** Returns what the calls of the function in this file pass; empty if there are none. */
    private List<Value> passed(
            Statement.FunctionDef definition, Scope function, Node.Parameter parameter, int position) {
        List<Value> passed = new ArrayList<>();
        for (Scopes.CallSite site : evaluator.scopes().calls(calledAs(definition, function))) {
            for (Value callee :
                    evaluator.evaluate(site.call().function(), site.scope()).alternatives()) {
                if (isFunction(callee, definition)) {
                    Expression argument = CallArguments.of(site.call(), parameter, position);
                    if (argument != null) {
                        passed.add(evaluator.evaluate(argument, site.scope()));
                    } else {
                        Expression defaultValue =
                                CallArguments.hasUnpacking(site.call()) ? null : parameter.defaultValue();
                        passed.add(
                                defaultValue == null
                                        ? Value.Unknown.VALUE
                                        : evaluator.evaluate(defaultValue, outside(function)));
                    }
                } else if (callee instanceof Value.Unknown && isMethod(function)) {
                    passed.add(Value.Unknown.VALUE);
                }
            }
        }
        return passed;
    }

    /** Returns the name under which the function is called: that of its class, for a constructor. */
    private static String calledAs(Statement.FunctionDef definition, Scope function) {
        return definition.name().equals("__init__")
                        && function.parent() != null
                        && function.parent().owner() instanceof Statement.ClassDef type
                ? type.name()
                : definition.name();
    }

    private boolean isFunction(Value callee, Statement.FunctionDef definition) {
        if (callee instanceof Value.ClassOf type) {
            Value made = Value.Instance.of(type, evaluator.programChoice());
            return evaluator.specialMethod(made, "__init__") instanceof Value.BoundMethod method
                    && Site.isSame(method.function().definition(), definition);
        }
        return (callee instanceof Value.FunctionOf own && Site.isSame(own.definition(), definition))
                || (callee instanceof Value.BoundMethod bound
                        && Site.isSame(bound.function().definition(), definition))
                || (callee instanceof Value.Wrapper wrapper
                        && Site.isSame(wrapper.wrapped().definition(), definition));
    }

    // Annotations

    /** Returns an instance of the class that an annotation names, if that is a class of the table or of the file. */
    private Value annotated(@Nullable Expression annotation, Scope scope) {
        if (annotation == null) {
            return Value.Unknown.VALUE;
        } else if (annotation instanceof Expression.Constant constant && constant.isString()) {
            Expression parsed = parsed(constant.value());
            return parsed == null ? Value.Unknown.VALUE : annotated(parsed, scope);
        } else if (annotation instanceof Expression.BinOp union
                && union.operator().equals("|")) {
            return oneClass(annotated(union.left(), scope), annotated(union.right(), scope));
        } else if (annotation instanceof Expression.Subscript subscript) {
            boolean optional = evaluator.evaluate(subscript.value(), scope) instanceof Value.Named named
                    && OPTIONAL.contains(named.name());
            Expression inner = subscript.index() instanceof Expression.Tuple tuple
                            && !tuple.elements().isEmpty()
                    ? tuple.elements().get(0)
                    : subscript.index();
            return optional ? annotated(inner, scope) : Value.Unknown.VALUE;
        } else if (annotation instanceof Expression.Constant constant
                && constant.kind() == Expression.ConstantKind.NONE) {
            return new Value.Literal(constant);
        }
        return instance(evaluator.evaluate(annotation, scope));
    }

    private static Value oneClass(Value one, Value other) {
        return one.isNone() ? other : other.isNone() ? one : Value.oneOf(List.of(one, other));
    }

    private Value instance(Value type) {
        if (type instanceof Value.ClassOf) {
            return Value.Instance.of(type, evaluator.programChoice());
        }
        if (!(type instanceof Value.Named named)) {
            return Value.Unknown.VALUE;
        }
        // Pool is a function, but everybody writes it for the class.
        String name = evaluator.table().isClass(named.name())
                ? named.name()
                : evaluator
                        .boundary(named)
                        .map(row -> String.valueOf(row.returns()))
                        .orElse("");
        return evaluator.table().isClass(name)
                ? Value.Instance.of(new Value.Named(name), evaluator.programChoice())
                : Value.Unknown.VALUE;
    }

    /** Returns the expression in an annotation that is written as a string; null if it is none. */
    private static @Nullable Expression parsed(String text) {
        PythonTree tree = PythonParser.parse(new SourceText(text));
        return tree.statements().size() == 1
                        && tree.statements().get(0).statement() instanceof Statement.ExpressionStatement statement
                ? statement.value()
                : null;
    }
}
