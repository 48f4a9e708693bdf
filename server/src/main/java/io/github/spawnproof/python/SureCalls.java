package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the calls that a function surely makes when it is called, and whose errors it does not catch. */
final class SureCalls {

    /** What catches an {@code AssertionError}. */
    private static final Set<String> CATCHING = Set.of("AssertionError", "BaseException", "Exception");

    /** Context managers that swallow or expect errors, by their names: of contextlib, pytest, unittest. */
    private static final Pattern SWALLOWING = Pattern.compile("(?i).*(raises|suppress).*");

    private final Scopes scopes;
    private final List<Scopes.CallSite> calls = new ArrayList<>();

    private SureCalls(Scopes scopes) {
        this.scopes = scopes;
    }

    static List<Scopes.CallSite> of(Value.FunctionOf function, Scopes scopes) {
        SureCalls found = new SureCalls(scopes);
        found.block(function.definition().body(), function.scope());
        return found.calls;
    }

    /** Looks at statements up to the first that may leave the block; tells whether there is none. */
    private boolean block(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            if (!statement(statement, scope)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether what is behind the statement surely comes next. */
    private boolean statement(Statement statement, Scope scope) {
        if (statement instanceof Statement.If branch) {
            visit(branch.test(), scope);
            return !leaves(branch);
        } else if (statement instanceof Statement.While loop) {
            visit(loop.test(), scope);
            boolean always = loop.test() instanceof Expression.Constant constant
                    && constant.kind() == Expression.ConstantKind.TRUE;
            return always ? block(loop.body(), scope) && !leaves(loop) : !leaves(loop);
        } else if (statement instanceof Statement.For loop) {
            visit(loop.iterable(), scope);
            return block(loop.body(), scope) && !leaves(loop);
        } else if (statement instanceof Statement.With with) {
            with.items().forEach(item -> visit(item.context(), scope));
            return with.items().stream().noneMatch(SureCalls::swallows) && block(with.body(), scope);
        } else if (statement instanceof Statement.Try attempt) {
            boolean goesOn = attempt.handlers().stream().noneMatch(SureCalls::catches)
                    && block(attempt.body(), scope)
                    && block(attempt.orElse(), scope);
            return block(attempt.finalBody(), scope) && (goesOn || !leaves(attempt));
        } else if (statement instanceof Statement.FunctionDef
                || statement instanceof Statement.ClassDef
                || statement instanceof Statement.Match
                || statement instanceof Statement.Damaged) {
            return !leaves(statement);
        }
        visit(statement, scope);
        return !leaves(statement);
    }

    private static boolean catches(Node.ExceptHandler handler) {
        return !(handler.type() instanceof Expression.Name type) || CATCHING.contains(type.id());
    }

    private static boolean swallows(Node.WithItem item) {
        Expression context = item.context() instanceof Expression.Call call ? call.function() : item.context();
        String name = context instanceof Expression.Attribute attribute
                ? attribute.name()
                : context instanceof Expression.Name plain ? plain.id() : "";
        return SWALLOWING.matcher(name).matches();
    }

    private static boolean leaves(Node node) {
        if (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef) {
            return false;
        }
        boolean[] found = {
            node instanceof Statement.Return
                    || node instanceof Statement.Raise
                    || node instanceof Statement.Break
                    || node instanceof Statement.Continue
        };
        node.forEachChild(child -> found[0] |= leaves(child));
        return found[0];
    }

    private void visit(Node node, Scope scope) {
        boolean isPutOff = node instanceof Expression.Lambda
                || node instanceof Expression.IfExp
                || node instanceof Expression.BoolOp
                || (node instanceof Expression.Comprehended comprehended
                        && comprehended.kind() == Expression.ComprehensionKind.GENERATOR);
        if (!isPutOff) {
            scopes.forEachChild(node, scope, this::visit);
            if (node instanceof Expression.Call call) {
                calls.add(new Scopes.CallSite(call, scope));
            }
        }
    }
}
