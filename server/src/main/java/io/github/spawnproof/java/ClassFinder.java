package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.SynchronizedStmt;
import com.github.javaparser.ast.type.PrimitiveType;
import io.github.spawnproof.java.Hazard.Effect;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds classes whose objects are sent, and whose parts can't be written, or are missing on the other side. */
final class ClassFinder {

    private static final String EXTERNALIZABLE = "java.io.Externalizable";
    private static final Set<String> READING = Set.of("readObject", "readResolve", "readExternal", "readObjectNoData");

    /** Annotations of Beam's methods that run on workers. */
    private static final Set<String> BEHIND =
            Set.of("ProcessElement", "StartBundle", "FinishBundle", "OnTimer", "OnWindowExpiration", "Teardown");
    /** Methods of Storm's components that run where the topology is built. */
    private static final Set<String> BEFORE = Set.of("declareOutputFields", "getComponentConfiguration");

    private final JavaFile file;
    private final Types types;
    private final Classes classes;
    private final Shipping shipping;
    private final Sites sites;
    private final Set<String> sentTypes;
    private final Creations creations;
    private final ClassEdits edits;
    private final List<Hazard> hazards = new ArrayList<>();

    ClassFinder(Types types, Shipping shipping, Sites sites, Set<String> sentTypes) {
        this.file = types.file();
        this.types = types;
        this.classes = types.classes();
        this.shipping = shipping;
        this.sites = sites;
        this.sentTypes = sentTypes;
        this.creations = new Creations(types);
        this.edits = new ClassEdits(types, shipping);
    }

    List<Hazard> find() {
        for (Node node : file.unit().findAll(Node.class)) {
            if (node instanceof TypeDeclaration<?> type) {
                declared(type);
            } else if (node instanceof ObjectCreationExpr creation
                    && creation.getAnonymousClassBody().isPresent()) {
                String supertype = types.of(creation);
                if (sites.isFunction(supertype)
                        && classes.serializable(supertype) == Classes.Answer.YES
                        && sites.of(creation).isPresent()) {
                    fields(creation, Effect.FAILS);
                }
            }
        }
        return hazards;
    }

    private void declared(TypeDeclaration<?> type) {
        String name = file.nameOf(type);
        ClassOutline outline = classes.find(name).orElse(null);
        if (outline == null || outline.kind() == Kind.INTERFACE || outline.kind() == Kind.ENUM) {
            return;
        }
        boolean isFunction = sites.isFunction(name);
        if (mayCross(name)
                || (!isFunction && !saysSo(type))
                || classes.serializable(name, true) != Classes.Answer.YES) {
            return;
        }
        Effect effect = isFunction || sentTypes.contains(name) ? Effect.FAILS : Effect.MISBEHAVES;
        if (classes.isA(name, EXTERNALIZABLE) == Classes.Answer.YES) {
            externalizable(type, outline, effect);
            return;
        }
        superConstructor(type, outline, effect);
        if (!hasOwnForm(name) && !declaresFields(type)) {
            fields(type, effect);
        }
    }

    /** Tells whether the class itself says that it is Serializable, or a class of the project above it does. */
    private boolean saysSo(TypeDeclaration<?> type) {
        return sites.isOwnSerializable(file.nameOf(type));
    }

    private boolean hasOwnForm(String type) {
        return classes.withSupertypes(type).stream()
                .flatMap(above -> classes.find(above).stream())
                .anyMatch(outline -> outline.traits().contains(Trait.CUSTOM_SERIALIZATION));
    }

    /** Tells whether a class lists the fields that are written. */
    private static boolean declaresFields(TypeDeclaration<?> type) {
        return type.getFieldByName("serialPersistentFields").isPresent();
    }

    private void fields(Node body, Effect effect) {
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (member instanceof FieldDeclaration field && !field.isStatic()) {
                for (VariableDeclarator variable : field.getVariables()) {
                    if (field.isTransient()) {
                        transientField(body, variable, effect);
                    } else {
                        field(body, variable, effect);
                    }
                }
            }
        }
        if (body instanceof RecordDeclaration recordType) {
            for (Parameter component : recordType.getParameters()) {
                String type = types.declared(component);
                if (classes.serializable(type) == Classes.Answer.NO && !mayCross(type)) {
                    add(Hazard.Kind.FIELD, effect, component.getName(), component.getNameAsString(), type, List.of());
                }
            }
        }
    }

    private void field(Node body, VariableDeclarator variable, Effect effect) {
        String refused = refused(body, variable);
        if (refused == null || mayCross(types.declared(variable))) {
            return;
        }
        boolean filled = variable.getInitializer()
                        .filter(value -> !(value instanceof NullLiteralExpr))
                        .isPresent()
                || assignments(body, variable).stream().anyMatch(assignment -> isMaking(assignment, body));
        if (filled) {
            add(
                    Hazard.Kind.FIELD,
                    effect,
                    variable.getName(),
                    variable.getNameAsString(),
                    refused,
                    edits.restored(body, variable));
        }
    }

    /** Returns the type by which a field cannot be written; null if it can, or that is not sure. */
    private @Nullable String refused(Node body, VariableDeclarator variable) {
        String declared = types.declared(variable);
        if (classes.serializable(declared) == Classes.Answer.NO) {
            return declared;
        }
        List<Expression> values =
                new ArrayList<>(variable.getInitializer().stream().toList());
        assignments(body, variable).forEach(assignment -> values.add(assignment.getValue()));
        values.removeIf(NullLiteralExpr.class::isInstance);
        // An interface, or Object: all that the class puts there has to be of a class that can't.
        String refused = null;
        for (Expression value : values) {
            refused = creations.refused(value);
            if (refused == null) {
                return null;
            }
        }
        return refused;
    }

    private boolean mayCross(@Nullable String type) {
        return type != null && classes.withSupertypes(type).stream().anyMatch(shipping::mayCross);
    }

    /** Returns the assignments to a field in its own class. */
    private static List<AssignExpr> assignments(Node body, VariableDeclarator variable) {
        List<AssignExpr> found = new ArrayList<>();
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            found.addAll(member.findAll(
                    AssignExpr.class, assignment -> isField(assignment.getTarget(), variable.getNameAsString())));
        }
        return found;
    }

    private static boolean isField(Expression expression, String name) {
        return (expression instanceof NameExpr own && own.getNameAsString().equals(name))
                || (expression instanceof FieldAccessExpr access
                        && access.getScope() instanceof ThisExpr
                        && access.getNameAsString().equals(name));
    }

    /** Tells whether code runs when the object is made, and so before it is sent. */
    private static boolean isMaking(Node code, Node body) {
        return memberOf(code, body)
                .filter(member -> member instanceof ConstructorDeclaration || member instanceof InitializerDeclaration)
                .isPresent();
    }

    private static Optional<BodyDeclaration<?>> memberOf(Node code, Node body) {
        for (Node at = code; at != null; at = at.getParentNode().orElse(null)) {
            if (at instanceof BodyDeclaration<?> member
                    && JavaFile.isSame(at.getParentNode().orElse(null), body)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private void transientField(Node body, VariableDeclarator variable, Effect effect) {
        String name = variable.getNameAsString();
        // Of a class that nobody sends here, all may be used where it was made.
        if (effect != Effect.FAILS || variable.getType() instanceof PrimitiveType || isRestored(body)) {
            return;
        }
        Optional<Expression> initial = variable.getInitializer();
        List<AssignExpr> assignments = assignments(body, variable);
        boolean assignedBefore =
                initial.filter(value -> !(value instanceof NullLiteralExpr)).isPresent() || !assignments.isEmpty();
        boolean onlyBefore = assignments.stream().allMatch(assignment -> isMaking(assignment, body));
        if (assignedBefore && onlyBefore && isUsedBehind(body, name)) {
            add(
                    Hazard.Kind.TRANSIENT_FIELD,
                    effect,
                    variable.getName(),
                    name,
                    types.declared(variable),
                    edits.restored(body, variable));
        }
    }

    private static boolean isRestored(Node body) {
        return JavaFile.members(body).stream()
                .anyMatch(member ->
                        member instanceof MethodDeclaration method && READING.contains(method.getNameAsString()));
    }

    /** Tells whether a method that runs on the other side takes the field to be there. */
    private boolean isUsedBehind(Node body, String name) {
        String type = types.typeOf(body);
        boolean isFunction = sites.isFunction(type);
        boolean used = false;
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (!(member instanceof MethodDeclaration method) || method.isStatic()) {
                continue;
            }
            for (Expression expression : method.findAll(Expression.class, found -> isField(found, name))) {
                Node parent = expression.getParentNode().orElse(null);
                if (parent instanceof BinaryExpr comparison
                        && comparison.findFirst(NullLiteralExpr.class).isPresent()) {
                    return false; // It reckons with it being null.
                }
                used |= isDereferenced(expression, parent)
                        && !method.getNameAsString().startsWith("write")
                        && (!isFunction || runsBehind(method, type));
            }
        }
        return used;
    }

    /** Tells whether a framework calls a method of a function where it was sent to. */
    private boolean runsBehind(MethodDeclaration method, @Nullable String type) {
        boolean announced =
                method.getAnnotations().stream().anyMatch(annotation -> BEHIND.contains(annotation.getNameAsString()));
        return announced
                || (type != null
                        && !BEFORE.contains(method.getNameAsString())
                        && classes.supertypes(type).orElse(List.of()).stream()
                                .flatMap(above -> classes.methods(above, method.getNameAsString()).stream())
                                .anyMatch(above -> above.isAbstract()
                                        && above.parameters().size()
                                                == method.getParameters().size()));
    }

    /** Tells whether an expression that is null raises where it stands. */
    private static boolean isDereferenced(Expression expression, @Nullable Node parent) {
        boolean called = parent instanceof MethodCallExpr call
                && call.getScope()
                        .filter(scope -> JavaFile.isSame(scope, expression))
                        .isPresent();
        boolean selected = (parent instanceof FieldAccessExpr access && JavaFile.isSame(access.getScope(), expression))
                || (parent instanceof ArrayAccessExpr array && JavaFile.isSame(array.getName(), expression));
        return called || selected || parent instanceof ForEachStmt || parent instanceof SynchronizedStmt;
    }

    private void superConstructor(TypeDeclaration<?> type, ClassOutline outline, Effect effect) {
        if (!(type instanceof ClassOrInterfaceDeclaration)
                || replacesItself(type)
                || outline.supertypes().isEmpty()) {
            return;
        }
        String parent = outline.supertypes().get(0);
        ClassOutline above = classes.find(parent).orElse(null);
        if (above == null
                || above.kind() != Kind.CLASS
                || parent.equals("java.lang.Object")
                || classes.isA(parent, "java.io.Serializable") != Classes.Answer.NO) {
            return;
        }
        boolean samePackage = packageOf(parent).equals(file.packageName());
        boolean accessible = above.traits().contains(Trait.DEFAULT_CONSTRUCTOR)
                || (samePackage && above.traits().contains(Trait.PACKAGE_DEFAULT_CONSTRUCTOR));
        if (!accessible) {
            add(
                    Hazard.Kind.SUPER_CONSTRUCTOR,
                    effect,
                    type.getName(),
                    type.getNameAsString(),
                    parent,
                    edits.defaultConstructor(parent));
        }
    }

    /** Returns the package of a class, by the custom that only classes start with a capital letter. */
    private static String packageOf(String type) {
        StringBuilder name = new StringBuilder();
        for (String part : type.split("\\.", -1)) {
            if (!part.isEmpty() && Character.isUpperCase(part.charAt(0))) {
                break;
            }
            name.append(name.length() == 0 ? "" : ".").append(part);
        }
        return name.toString();
    }

    private static boolean replacesItself(TypeDeclaration<?> type) {
        return !type.getMethodsByName("writeReplace").isEmpty();
    }

    private void externalizable(TypeDeclaration<?> type, ClassOutline outline, Effect effect) {
        boolean isMade = type instanceof ClassOrInterfaceDeclaration declaration && !declaration.isAbstract();
        if (isMade
                && !replacesItself(type)
                && (!outline.traits().contains(Trait.PUBLIC_DEFAULT_CONSTRUCTOR)
                        || !outline.traits().contains(Trait.STATIC))) {
            add(
                    Hazard.Kind.EXTERNALIZABLE_CONSTRUCTOR,
                    effect,
                    type.getName(),
                    type.getNameAsString(),
                    null,
                    edits.publicConstructor(type));
        }
    }

    private void add(
            Hazard.Kind kind,
            Effect effect,
            Node place,
            String name,
            @Nullable String type,
            List<io.github.spawnproof.finding.Fix> fixes) {
        hazards.add(new Hazard(
                kind, effect, file.range(place), name, type == null ? "" : Types.simple(type), "", List.of(), fixes));
    }
}
