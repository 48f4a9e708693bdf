package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression really makes, and whether Java serialisation refuses it: the declared type may say less. */
final class Creations {

    private static final Set<String> PLAIN_MAPS =
            Set.of("java.util.HashMap", "java.util.LinkedHashMap", "java.util.TreeMap", "java.util.IdentityHashMap");
    private static final Set<String> MAP_VIEWS = Set.of("keySet", "values", "entrySet");

    private final Types types;

    Creations(Types types) {
        this.types = types;
    }

    /** Returns the type of which an object is exactly, if the code that makes it is in sight. */
    @Nullable
    String exactType(Expression expression) {
        if (expression instanceof ObjectCreationExpr creation) {
            return creation.getAnonymousClassBody().isEmpty() ? types.of(creation) : null;
        }
        if (expression instanceof NameExpr name) {
            return types.variable(name.getNameAsString(), name)
                    .flatMap(this::maker)
                    .map(this::exactType)
                    .orElse(null);
        }
        return null;
    }

    /** Tells whether an expression is, or a local variable holds, an object of an anonymous class. */
    boolean isAnonymous(Expression expression) {
        Expression made = expression instanceof NameExpr name
                ? types.variable(name.getNameAsString(), name)
                        .flatMap(this::maker)
                        .orElse(expression)
                : expression;
        return made instanceof ObjectCreationExpr creation
                && creation.getAnonymousClassBody().isPresent();
    }

    /** Returns the expression that makes all that a local variable ever holds; empty if it is assigned again. */
    private Optional<Expression> maker(Variable variable) {
        if (variable.isField()
                || !(variable.declaration() instanceof VariableDeclarator declarator)
                || isAssigned(declarator)) {
            return Optional.empty();
        }
        return declarator.getInitializer();
    }

    private static boolean isAssigned(VariableDeclarator declarator) {
        Node scope = JavaFile.member(declarator).map(Node.class::cast).orElse(declarator);
        return scope.findAll(AssignExpr.class).stream()
                .anyMatch(assignment -> assignment.getTarget() instanceof NameExpr name
                        && name.getNameAsString().equals(declarator.getNameAsString()));
    }

    /** Returns the type by which Java serialisation refuses what an expression gives; null if it does not, or that is not sure. */
    @Nullable
    String refused(Expression expression) {
        String view = view(expression);
        if (view != null) {
            return view;
        }
        String exact = exactType(expression);
        if (exact != null) {
            return types.classes().serializable(exact, true) == Classes.Answer.NO ? exact : null;
        }
        String type = types.of(expression);
        return isRefused(type) ? type : null;
    }

    /** Tells whether Java serialisation refuses whatever is declared to be of a type, as far as the file shows. */
    boolean isRefused(@Nullable String type) {
        return type != null
                && types.classes().serializable(type) == Classes.Answer.NO
                && types.file().unit().findAll(TypeDeclaration.class).stream()
                        .map(types.file()::nameOf)
                        .noneMatch(name -> types.classes().isA(name, type) == Classes.Answer.YES
                                && types.classes().serializable(name) == Classes.Answer.YES);
    }

    /** Tells whether Java serialisation refuses what a variable holds, whatever that is. */
    boolean refused(Variable variable) {
        String exact = maker(variable).map(this::exactType).orElse(null);
        return types.classes().serializable(exact == null ? variable.type() : exact, exact != null)
                == Classes.Answer.NO;
    }

    /** Returns the name of the class of a view of a collection that cannot be written. */
    private @Nullable String view(Expression expression) {
        Expression made = expression instanceof NameExpr name
                ? types.variable(name.getNameAsString(), name)
                        .flatMap(this::maker)
                        .orElse(expression)
                : expression;
        if (!(made instanceof MethodCallExpr call) || call.getScope().isEmpty()) {
            return null;
        }
        String owner = exactType(call.getScope().get());
        if (owner == null) {
            return null;
        }
        String method = call.getNameAsString();
        if (PLAIN_MAPS.contains(owner)
                && MAP_VIEWS.contains(method)
                && call.getArguments().isEmpty()) {
            return owner + "." + method;
        }
        boolean list = owner.equals("java.util.ArrayList") || owner.equals("java.util.LinkedList");
        return list && method.equals("subList") ? owner + "." + method : null;
    }
}
