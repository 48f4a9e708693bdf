package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.finding.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds static initialisers that wait for another thread to run a lambda of the same class. The body of a lambda is a static
 * method of the class, which other threads may only call when the class is initialised: section 12.4.2 of the Java Language
 * Specification.
 */
final class StaticInitializerFinder {

    private static final Set<String> TERMINAL = Set.of(
            "forEach",
            "forEachOrdered",
            "sum",
            "average",
            "reduce",
            "collect",
            "count",
            "min",
            "max",
            "toList",
            "toArray",
            "anyMatch",
            "allMatch",
            "noneMatch",
            "findFirst",
            "findAny",
            "summaryStatistics");
    private static final Set<String> WAITING = Set.of("get", "join");
    private static final Set<String> STARTING = Set.of("submit", "supplyAsync", "runAsync", "schedule");
    private static final String STREAM = "java.util.stream.BaseStream";

    private final JavaFile file;
    private final Types types;

    StaticInitializerFinder(Types types) {
        this.file = types.file();
        this.types = types;
    }

    List<Hazard> find() {
        List<Hazard> hazards = new ArrayList<>();
        for (Node node : file.unit().findAll(TypeDeclaration.class)) {
            for (BodyDeclaration<?> member : JavaFile.members(node)) {
                boolean isStatic = (member instanceof InitializerDeclaration initializer && initializer.isStatic())
                        || (member instanceof FieldDeclaration field && field.isStatic());
                if (isStatic) {
                    for (MethodCallExpr call : member.findAll(MethodCallExpr.class)) {
                        lambdaWaitedFor(call, member)
                                .filter(lambda -> runsNow(call, member))
                                .ifPresent(lambda -> hazards.add(hazard(call, lambda, node)));
                    }
                }
            }
        }
        return hazards;
    }

    private Hazard hazard(MethodCallExpr call, Node lambda, Node type) {
        String name = type instanceof TypeDeclaration<?> declaration ? declaration.getNameAsString() : "";
        return new Hazard(
                Hazard.Kind.STATIC_INITIALIZER,
                Consequence.FAILS,
                file.range(call.getName()),
                call.getNameAsString(),
                name,
                "",
                List.of(new Related(file.firstLine(lambda), "Run by a thread that waits for `%s`".formatted(name))),
                List.of());
    }

    /** Tells whether code of an initialiser runs with it, and not when somebody calls what it makes. */
    private static boolean runsNow(Node node, Node member) {
        for (Node at = node.getParentNode().orElse(null);
                at != null && !JavaFile.isSame(at, member);
                at = at.getParentNode().orElse(null)) {
            if (at instanceof LambdaExpr || at instanceof BodyDeclaration<?>) {
                return false;
            }
        }
        return true;
    }

    private Optional<Node> lambdaWaitedFor(MethodCallExpr call, BodyDeclaration<?> member) {
        if (TERMINAL.contains(call.getNameAsString()) && isParallel(call)) {
            return lambdaInChain(call);
        } else if (call.getNameAsString().equals("invokeAll")
                || call.getNameAsString().equals("invokeAny")) {
            String receiver = types.receiver(call);
            return isA(receiver, "java.util.concurrent.ExecutorService") ? lambdaIn(call) : Optional.empty();
        } else if (WAITING.contains(call.getNameAsString())) {
            return call.getScope().flatMap(scope -> waitedFor(scope, member));
        }
        return Optional.empty();
    }

    private boolean isA(@Nullable String type, String wanted) {
        return type != null && types.classes().isA(type, wanted) == Classes.Answer.YES;
    }

    private boolean isParallel(MethodCallExpr terminal) {
        boolean parallel = false;
        for (Expression at = terminal.getScope().orElse(null);
                at instanceof MethodCallExpr call;
                at = call.getScope().orElse(null)) {
            if (call.getNameAsString().equals("sequential")) {
                return false;
            }
            parallel |= (call.getNameAsString().equals("parallel")
                            || call.getNameAsString().equals("parallelStream"))
                    && isA(types.of(call), STREAM);
        }
        return parallel;
    }

    private static Optional<Node> lambdaInChain(MethodCallExpr terminal) {
        for (Expression at = terminal;
                at instanceof MethodCallExpr call;
                at = call.getScope().orElse(null)) {
            for (Expression argument : call.getArguments()) {
                if (argument instanceof LambdaExpr) {
                    return Optional.of(argument);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Node> lambdaIn(MethodCallExpr call) {
        for (Expression argument : call.getArguments()) {
            Optional<LambdaExpr> lambda = argument.findFirst(LambdaExpr.class);
            if (lambda.isPresent()) {
                return Optional.of(lambda.get());
            }
        }
        return Optional.empty();
    }

    /** Returns the lambda that another thread runs for a future or thread that is waited for. */
    private Optional<Node> waitedFor(Expression awaited, BodyDeclaration<?> member) {
        if (awaited instanceof MethodCallExpr call) {
            return startsThread(call) ? lambdaIn(call) : call.getScope().flatMap(scope -> chained(call, scope, member));
        }
        if (!(awaited instanceof NameExpr name)) {
            return Optional.empty();
        }
        Optional<Expression> made = types.variable(name.getNameAsString(), name)
                .map(Variable::declaration)
                .filter(declaration -> JavaFile.isWithin(declaration, member))
                .filter(VariableDeclarator.class::isInstance)
                .flatMap(declaration -> ((VariableDeclarator) declaration).getInitializer());
        if (made.orElse(null) instanceof ObjectCreationExpr creation
                && isA(types.of(creation), "java.lang.Thread")
                && creation.getAnonymousClassBody().isEmpty()) {
            boolean started = member.findAll(MethodCallExpr.class).stream()
                    .anyMatch(call -> call.getNameAsString().equals("start")
                            && call.getScope()
                                    .filter(scope -> scope instanceof NameExpr other
                                            && other.getNameAsString().equals(name.getNameAsString()))
                                    .isPresent());
            return started
                    ? creation.getArguments().stream()
                            .filter(LambdaExpr.class::isInstance)
                            .map(Node.class::cast)
                            .findFirst()
                    : Optional.empty();
        }
        return made.filter(expression -> !(expression instanceof NameExpr))
                .flatMap(expression -> waitedFor(expression, member));
    }

    /** Follows {@code supplyAsync(…).thenApply(…)} to where it starts. */
    private Optional<Node> chained(MethodCallExpr call, Expression scope, BodyDeclaration<?> member) {
        return isA(types.of(call), "java.util.concurrent.CompletionStage")
                ? waitedFor(scope, member)
                : Optional.empty();
    }

    private boolean startsThread(MethodCallExpr call) {
        String receiver = types.receiver(call);
        return STARTING.contains(call.getNameAsString())
                && (isA(receiver, "java.util.concurrent.ExecutorService")
                        || "java.util.concurrent.CompletableFuture".equals(receiver));
    }
}
