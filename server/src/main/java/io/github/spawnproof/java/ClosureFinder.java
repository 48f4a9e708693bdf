package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.java.Use.Kind;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what closures and objects of inner classes that leave the process take along, and must not. */
final class ClosureFinder {

    private final JavaFile file;
    private final Types types;
    private final Shipping shipping;
    private final Sites sites;
    private final Uses uses;
    private final Creations creations;
    private final ClosureEdits edits;
    private final CancelToken cancel;
    private final List<Hazard> hazards = new ArrayList<>();
    private final Set<String> sentTypes;

    ClosureFinder(Types types, Shipping shipping, Sites sites, Set<String> sentTypes, CancelToken cancel) {
        this.file = types.file();
        this.types = types;
        this.shipping = shipping;
        this.sites = sites;
        this.sentTypes = sentTypes;
        this.uses = new Uses(types);
        this.creations = new Creations(types);
        this.edits = new ClosureEdits(types);
        this.cancel = cancel;
    }

    List<Hazard> find() {
        for (Node node : file.unit().findAll(Node.class)) {
            if (node instanceof LambdaExpr || node instanceof MethodReferenceExpr) {
                cancel.check();
                closure((Expression) node);
            } else if (node instanceof ObjectCreationExpr creation
                    && creation.getAnonymousClassBody().isPresent()) {
                cancel.check();
                anonymous(creation);
            } else if (node instanceof ClassOrInterfaceDeclaration type && !type.isInterface()) {
                inner(type);
            }
        }
        return hazards;
    }

    private void closure(Expression closure) {
        Optional<Sent> found = sites.of(closure);
        if (found.isEmpty()) {
            return;
        }
        Sent sent = found.get();
        if (sent.byJava() && types.classes().serializable(sent.type()) != Classes.Answer.YES) {
            plainTarget(closure, sent);
            return;
        }
        List<Use> all = uses.of(closure);
        values(closure, sent, all);
        for (Use use : all) {
            if (use.takesObject() && !isHandle(use) && isNeverWritten(use.body())) {
                hazards.add(hazard(
                        Hazard.Kind.CAPTURED_THIS,
                        sent,
                        range(use),
                        use.name(),
                        className(use.body()),
                        edits.withoutObject(closure, all)));
                break;
            }
        }
    }

    /** A lambda is of the type that is asked for, and only that type can make it Serializable. */
    private void plainTarget(Expression closure, Sent sent) {
        boolean isArgument =
                closure.getParentNode().filter(MethodCallExpr.class::isInstance).isPresent();
        boolean unknown = sent.type() == null
                ? !isArgument
                : types.classes().find(sent.type()).isEmpty();
        Node blamed = sent.place() == null || isArgument ? closure : sent.place();
        if (!unknown) {
            hazards.add(hazard(
                    Hazard.Kind.PLAIN_TARGET,
                    sent,
                    firstLine(blamed),
                    "",
                    sent.type() == null ? "" : Types.simple(sent.type()),
                    castFixes(closure, sent)));
        }
    }

    private void anonymous(ObjectCreationExpr creation) {
        Optional<Sent> found = sites.of(creation);
        String type = types.of(creation);
        if (found.isEmpty() || type == null || types.classes().serializable(type) != Classes.Answer.YES) {
            return;
        }
        Sent sent = found.get();
        List<Use> all = uses.of(creation);
        values(creation, sent, all);
        Node outer = JavaFile.enclosingBody(creation).orElse(null);
        boolean takesOuter = !Uses.isInStaticContext(creation) && (!isCleaned(type) || takesObject(all));
        if (takesOuter && isNeverWritten(outer) && !Outlines.writesItself(JavaFile.members(creation))) {
            hazards.add(hazard(
                    Hazard.Kind.CAPTURED_OUTER,
                    sent,
                    file.range(creation.getType().getName()),
                    creation.getType().getNameAsString(),
                    className(outer),
                    edits.withoutOuter(creation, all)));
        }
    }

    private void inner(ClassOrInterfaceDeclaration type) {
        if (Outlines.isStatic(type)) {
            return;
        }
        String name = file.nameOf(type);
        if (type.isLocalClassDeclaration() && sentTypes.contains(name) && !hasOwnForm(name)) {
            values(type, new Sent("", null, name, false), uses.of(type));
        }
        boolean seen = sentTypes.contains(name);
        boolean isFunction = sites.isFunction(name);
        Node outer = JavaFile.enclosingBody(type).orElse(null);
        // A function that nobody sends here may only be tried out, as tests do.
        boolean counts = isFunction ? seen : sites.isOwnSerializable(name);
        if (!counts
                || (type.isLocalClassDeclaration() && Uses.isInStaticContext(type))
                || !isNeverWritten(outer)
                || hasOwnForm(name)
                || (isFunction && isCleaned(name) && !takesObject(uses.of(type)))) {
            return;
        }
        Sent sent = new Sent("", null, name, false);
        hazards.add(new Hazard(
                Hazard.Kind.CAPTURED_OUTER,
                seen ? Consequence.FAILS : Consequence.MISBEHAVES,
                file.range(type.getName()),
                type.getNameAsString(),
                className(outer),
                sent.api(),
                List.of(),
                edits.asStatic(type, uses.of(type))));
    }

    private boolean hasOwnForm(String type) {
        return types.classes()
                .find(type)
                .filter(outline -> outline.traits().contains(ClassOutline.Trait.CUSTOM_SERIALIZATION))
                .isPresent();
    }

    private boolean isCleaned(String type) {
        return types.classes().withSupertypes(type).stream().anyMatch(shipping::cleansUnusedOuter);
    }

    private static boolean takesObject(List<Use> all) {
        return all.stream().anyMatch(Use::takesObject);
    }

    /** States what is wrong with the variables that a closure takes along. */
    private void values(Node closure, Sent sent, List<Use> all) {
        Set<String> seen = new HashSet<>();
        for (Use use : all) {
            Variable variable = use.variable();
            if (variable == null || !seen.add(use.kind() + use.name())) {
                continue;
            }
            if (isHandle(use)) {
                hazards.add(hazard(
                        Hazard.Kind.DRIVER_HANDLE, sent, range(use), use.name(), simple(variable.type()), List.of()));
            } else if (use.kind() == Kind.LOCAL && isNeverWritten(variable)) {
                hazards.add(hazard(
                        Hazard.Kind.CAPTURED_LOCAL,
                        sent,
                        range(use),
                        use.name(),
                        simple(variable.type()),
                        localFixes(closure, all, use, variable, sent)));
            } else if (use.kind() == Kind.STATIC && isOnlyRead(use, all) && isAssignedLater(variable, closure)) {
                hazards.add(new Hazard(
                        Hazard.Kind.STATIC_STATE,
                        Consequence.MISBEHAVES,
                        range(use),
                        use.name(),
                        simple(variable.type()),
                        sent.api(),
                        related(sent),
                        edits.staticCopy(closure, all, use)));
            }
        }
    }

    /** Tells whether a closure takes a static field for what it finds there, and does not fill it itself. */
    private static boolean isOnlyRead(Use use, List<Use> all) {
        return all.stream()
                .filter(other -> other.kind() == Kind.STATIC && other.name().equals(use.name()))
                .allMatch(other -> other.node()
                        .getParentNode()
                        .filter(parent -> (parent instanceof BinaryExpr comparison
                                        && (comparison.getLeft() instanceof NullLiteralExpr
                                                || comparison.getRight() instanceof NullLiteralExpr))
                                || parent instanceof UnaryExpr
                                || (parent instanceof AssignExpr assignment
                                        && JavaFile.isSame(assignment.getTarget(), other.node())))
                        .isEmpty());
    }

    private List<Fix> localFixes(Node closure, List<Use> all, Use use, Variable variable, Sent sent) {
        Optional<Expression> lambda = plainLambda(variable);
        return lambda.isPresent() ? castFixes(lambda.get(), sent) : edits.valueCopies(closure, all, use);
    }

    /** Returns fixes that make a closure Serializable, if all that it takes along is. */
    private List<Fix> castFixes(Expression closure, Sent sent) {
        boolean isBound = closure instanceof MethodReferenceExpr reference
                && !(reference.getScope() instanceof TypeExpr)
                && !(reference.getScope() instanceof ThisExpr);
        boolean takesMore = isBound
                || uses.of(closure).stream()
                        .anyMatch(use -> (use.takesObject() && isNeverWritten(use.body()))
                                || (use.kind() == Kind.LOCAL
                                        && use.variable() != null
                                        && isNeverWritten(use.variable())));
        return takesMore ? List.of() : edits.serializableCast(closure, sent);
    }

    /** Returns the lambda that a local variable holds, if its type is none that can be written. */
    private Optional<Expression> plainLambda(Variable variable) {
        return variable.declaration() instanceof VariableDeclarator declarator
                        && declarator
                                .getInitializer()
                                .filter(value -> value instanceof LambdaExpr || value instanceof MethodReferenceExpr)
                                .isPresent()
                        && variable.type() != null
                        && types.classes().find(variable.type()).isPresent()
                        && types.classes().isA(variable.type(), "java.io.Serializable") == Classes.Answer.NO
                ? declarator.getInitializer()
                : Optional.empty();
    }

    private static boolean isNull(Variable variable) {
        return variable.declaration() instanceof VariableDeclarator declarator
                && declarator
                        .getInitializer()
                        .filter(Expression::isNullLiteralExpr)
                        .isPresent();
    }

    private boolean isHandle(Use use) {
        return use.variable() != null
                && use.variable().type() != null
                && types.classes().withSupertypes(use.variable().type()).stream()
                        .anyMatch(shipping::isHandle);
    }

    private boolean isNeverWritten(Variable variable) {
        String type = variable.type();
        if (type == null || types.classes().withSupertypes(type).stream().anyMatch(shipping::mayCross)) {
            return false;
        }
        if (plainLambda(variable).isPresent()) {
            return true;
        }
        return !isNull(variable) && creations.refused(variable) && !mayBeSubclass(variable);
    }

    /** Tells whether the program gives a static field another value than every process does by itself. */
    private boolean isAssignedLater(Variable variable, Node closure) {
        Set<String> called = calledFrom(closure);
        return file
                .unit()
                .findAll(
                        Expression.class,
                        expression -> assigns(expression, variable)
                                && !JavaFile.isWithin(expression, closure)
                                && !isInStaticInitializer(expression)
                                && !JavaFile.ancestor(expression, MethodDeclaration.class)
                                        .filter(method -> called.contains(method.getNameAsString()))
                                        .isPresent()
                                && !isInSentCode(expression))
                .stream()
                .findAny()
                .isPresent();
    }

    /** Returns the names of the methods that a closure calls, and those of the file that these call. */
    private Set<String> calledFrom(Node closure) {
        Set<String> called = new HashSet<>();
        List<Node> left = new ArrayList<>(List.of(closure));
        while (!left.isEmpty()) {
            Node code = left.remove(left.size() - 1);
            List<String> names = new ArrayList<>();
            code.findAll(MethodCallExpr.class).forEach(call -> names.add(call.getNameAsString()));
            code.findAll(MethodReferenceExpr.class).forEach(reference -> names.add(reference.getIdentifier()));
            for (String name : names) {
                if (called.add(name)) {
                    left.addAll(file.unit()
                            .findAll(
                                    MethodDeclaration.class,
                                    method -> method.getNameAsString().equals(name)));
                }
            }
        }
        return called;
    }

    private boolean assigns(Expression expression, Variable variable) {
        Expression target = null;
        if (expression instanceof AssignExpr assignment) {
            target = assignment.getTarget();
        } else if (expression instanceof UnaryExpr unary
                && (unary.getOperator().asString().equals("++")
                        || unary.getOperator().asString().equals("--"))) {
            target = unary.getExpression();
        }
        if (target instanceof NameExpr name) {
            return name.getNameAsString().equals(variable.name())
                    && types.variable(variable.name(), name)
                            .filter(found -> JavaFile.isSame(found.declaration(), variable.declaration()))
                            .isPresent();
        }
        return target instanceof FieldAccessExpr access
                && access.getNameAsString().equals(variable.name())
                && variable.body() != null
                && Objects.equals(types.namedType(access.getScope()), types.typeOf(variable.body()));
    }

    private static boolean isInStaticInitializer(Node node) {
        return JavaFile.ancestor(node, InitializerDeclaration.class)
                .filter(InitializerDeclaration::isStatic)
                .isPresent();
    }

    /** Tells whether code runs in another process: that is where a cache of its own is filled. */
    private boolean isInSentCode(Node node) {
        for (Node at = node.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            boolean isClosure = at instanceof LambdaExpr || at instanceof ObjectCreationExpr;
            if (isClosure && sites.of((Expression) at).isPresent()) {
                return true;
            } else if (at instanceof TypeDeclaration<?> type
                    && (sites.isFunction(file.nameOf(type)) || sites.isOwnSerializable(file.nameOf(type)))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether Java serialisation refuses the objects that a class describes. */
    private boolean isNeverWritten(@Nullable Node body) {
        String type = body == null ? null : types.typeOf(body);
        if (type == null) {
            return false;
        }
        boolean exact = body instanceof ObjectCreationExpr;
        return types.classes().serializable(type, exact) == Classes.Answer.NO && (exact || !hasWrittenSubclass(type));
    }

    private boolean mayBeSubclass(Variable variable) {
        boolean isMadeHere = variable.declaration() instanceof VariableDeclarator declarator
                && declarator
                        .getInitializer()
                        .filter(ObjectCreationExpr.class::isInstance)
                        .isPresent();
        return !isMadeHere && variable.type() != null && hasWrittenSubclass(variable.type());
    }

    /** Tells whether a class of the file is below another, and Serializable where that is not. */
    private boolean hasWrittenSubclass(String type) {
        return file.unit().findAll(ClassOrInterfaceDeclaration.class).stream()
                .map(file::nameOf)
                .anyMatch(other -> !other.equals(type)
                        && types.classes().withSupertypes(other).contains(type)
                        && types.classes().saysSerializable(other));
    }

    private Hazard hazard(Hazard.Kind kind, Sent sent, TextRange range, String name, String type, List<Fix> fixes) {
        Consequence consequence =
                sent.isSeen() || kind == Hazard.Kind.PLAIN_TARGET ? Consequence.FAILS : Consequence.MISBEHAVES;
        return new Hazard(kind, consequence, range, name, type, sent.api(), related(sent), fixes);
    }

    private List<Related> related(Sent sent) {
        return sent.place() == null
                ? List.of()
                : List.of(new Related(firstLine(sent.place()), "Sent by `%s`".formatted(sent.api())));
    }

    private TextRange range(Use use) {
        return firstLine(use.node());
    }

    /** Returns the part of a node that is on its first line. */
    private TextRange firstLine(Node node) {
        TextRange range = file.range(node);
        int end = Math.min(range.end(), file.source().lineEnd(range.start()));
        while (end > range.start()
                && Character.isWhitespace(file.source().text().charAt(end - 1))) {
            end--;
        }
        return new TextRange(range.start(), end);
    }

    private String className(@Nullable Node body) {
        String type = body == null ? null : types.typeOf(body);
        return type == null ? "" : Types.simple(type);
    }

    private static String simple(@Nullable String type) {
        return type == null ? "" : Types.simple(type);
    }
}
