package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process builder of a method, or a call of {@code Runtime.exec}, with all that happens to it in that method.
 *
 * @param made what makes it
 * @param command its command, as far as it is written where it is made
 * @param variable the local variable that holds it; null if none does
 * @param calls the methods called on it, in the order of the text
 * @param known whether all that happens to it is in sight
 */
record ChildProcess(
        Expression made,
        List<Expression> command,
        @Nullable VariableDeclarator variable,
        List<MethodCallExpr> calls,
        boolean known) {

    static final String BUILDER = "java.lang.ProcessBuilder";

    /** Returns the builders that the code of a member makes. */
    static List<ChildProcess> of(BodyDeclaration<?> member, Types types) {
        List<ChildProcess> found = new ArrayList<>();
        for (ObjectCreationExpr creation : member.findAll(ObjectCreationExpr.class)) {
            if (BUILDER.equals(types.of(creation))) {
                found.add(of(creation, creation.getArguments(), member));
            }
        }
        for (MethodCallExpr call : member.findAll(MethodCallExpr.class)) {
            if (call.getNameAsString().equals("exec") && "java.lang.Runtime".equals(types.receiver(call))) {
                found.add(new ChildProcess(call, call.getArguments(), null, List.of(), true));
            }
        }
        return found;
    }

    private static ChildProcess of(ObjectCreationExpr creation, List<Expression> command, BodyDeclaration<?> member) {
        List<MethodCallExpr> calls = new ArrayList<>();
        Expression last = chain(creation, calls);
        Node holder = last.getParentNode().orElse(null);
        boolean startsInChain =
                calls.stream().anyMatch(call -> call.getNameAsString().equals("start"));
        if (startsInChain) {
            return new ChildProcess(creation, command, null, calls, true);
        }
        if (!(holder instanceof VariableDeclarator variable)) {
            return new ChildProcess(creation, command, null, calls, false);
        }
        boolean known = member.findAll(AssignExpr.class).stream()
                .noneMatch(assignment -> isNamed(assignment.getTarget(), variable));
        for (NameExpr use : member.findAll(NameExpr.class, name -> isNamed(name, variable))) {
            if (use.getParentNode().orElse(null) instanceof MethodCallExpr call
                    && call.getScope()
                            .filter(scope -> JavaFile.isSame(scope, use))
                            .isPresent()) {
                chain(use, calls);
            } else {
                known = false; // Handed on: who knows what happens to it there.
            }
        }
        return new ChildProcess(creation, command, variable, calls, known);
    }

    /** Collects the calls that are chained to an expression, and returns the last one. */
    private static Expression chain(Expression first, List<MethodCallExpr> calls) {
        Expression last = first;
        while (last.getParentNode().orElse(null) instanceof MethodCallExpr call && isScope(call, last)) {
            calls.add(call);
            last = call;
        }
        return last;
    }

    private static boolean isScope(MethodCallExpr call, Expression scope) {
        return call.getScope().filter(found -> JavaFile.isSame(found, scope)).isPresent();
    }

    static boolean isNamed(Expression expression, VariableDeclarator variable) {
        return expression instanceof NameExpr name && name.getNameAsString().equals(variable.getNameAsString());
    }

    /** Returns the calls of a method on it. */
    List<MethodCallExpr> calls(String method) {
        return calls.stream()
                .filter(call -> call.getNameAsString().equals(method))
                .toList();
    }

    boolean has(String method) {
        return !calls(method).isEmpty();
    }

    /** Returns the program that is started, if the code says so. */
    Optional<String> program() {
        return command.isEmpty() || !(command.get(0) instanceof StringLiteralExpr text)
                ? Optional.empty()
                : Optional.of(text.asString());
    }
}
