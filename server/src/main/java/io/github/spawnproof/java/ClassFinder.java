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
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.SynchronizedStmt;
import com.github.javaparser.ast.type.PrimitiveType;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.finding.Fix;
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
    /** Annotations of what a container calls: JSR 330, and Spring. */
    private static final Set<String> INJECTED = Set.of("Inject", "Autowired");

    private final JavaFile file;
    private final Types types;
    private final Classes classes;
    private final Sites sites;
    private final Set<String> sentTypes;
    private final Creations creations;
    private final Fields fields;
    private final Constructors constructors;
    private final ClassEdits edits;
    private final SerializableEdits serializable;
    private final List<Hazard> hazards = new ArrayList<>();

    ClassFinder(Types types, Shipping shipping, Sites sites, Set<String> sentTypes) {
        this.file = types.file();
        this.types = types;
        this.classes = types.classes();
        this.sites = sites;
        this.sentTypes = sentTypes;
        this.creations = new Creations(types);
        this.fields = new Fields(types, shipping);
        this.constructors = new Constructors(types);
        this.edits = new ClassEdits(types, shipping);
        this.serializable = new SerializableEdits(types, shipping);
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
                    fields(creation, Consequence.FAILS);
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
        if (fields.mayCross(name)
                || (!isFunction && !saysSo(type))
                || classes.serializable(name, true) != Classes.Answer.YES) {
            return;
        }
        Consequence consequence = isFunction || sentTypes.contains(name) ? Consequence.FAILS : Consequence.MISBEHAVES;
        if (classes.isA(name, EXTERNALIZABLE) == Classes.Answer.YES) {
            externalizable(type, outline, consequence);
            return;
        }
        superConstructor(type, outline, consequence);
        if (!hasOwnForm(name) && !declaresFields(type)) {
            fields(type, consequence);
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

    private void fields(Node body, Consequence consequence) {
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (member instanceof FieldDeclaration field && !field.isStatic()) {
                for (VariableDeclarator variable : field.getVariables()) {
                    if (field.isTransient()) {
                        transientField(body, variable, consequence);
                    } else {
                        field(body, variable, consequence);
                    }
                }
            }
        }
        if (body instanceof RecordDeclaration recordType) {
            for (Parameter component : recordType.getParameters()) {
                String type = types.declared(component);
                if (creations.isRefused(type) && !fields.mayCross(type)) {
                    add(
                            Hazard.Kind.FIELD,
                            consequence,
                            component.getName(),
                            component.getNameAsString(),
                            type,
                            serializable.of(type));
                }
            }
        }
    }

    private void field(Node body, VariableDeclarator variable, Consequence consequence) {
        String refused = fields.refused(body, variable);
        if (refused == null) {
            return;
        }
        List<AssignExpr> assignments = fields.assignments(body, variable);
        boolean atOnce = variable.getInitializer()
                        .filter(value -> !(value instanceof NullLiteralExpr))
                        .isPresent()
                || assignments.stream().anyMatch(assignment -> isMaking(assignment, body));
        // What a method puts there may not be there yet when the object is written.
        if (atOnce) {
            List<Fix> fixes = new ArrayList<>(serializable.of(refused));
            fixes.addAll(edits.restored(body, variable));
            add(Hazard.Kind.FIELD, consequence, variable.getName(), variable.getNameAsString(), refused, fixes);
        }
    }

    /** Tells whether code runs when an object is made, by whoever sends it: what a container puts there it can write. */
    private static boolean isMaking(Node code, Node body) {
        BodyDeclaration<?> member = memberOf(code, body).orElse(null);
        return (member instanceof ConstructorDeclaration && !isInjected(member))
                || member instanceof InitializerDeclaration;
    }

    private static boolean isInjected(BodyDeclaration<?> member) {
        return member.getAnnotations().stream()
                .anyMatch(annotation -> INJECTED.contains(annotation.getName().getIdentifier()));
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

    private void transientField(Node body, VariableDeclarator variable, Consequence consequence) {
        String name = variable.getNameAsString();
        // Of a class that nobody sends here, all may be used where it was made.
        if (consequence != Consequence.FAILS
                || variable.getType() instanceof PrimitiveType
                || isConstant(variable)
                || isRestored(body)) {
            return;
        }
        List<AssignExpr> assignments = fields.assignments(body, variable);
        boolean assignedBefore = variable.getInitializer()
                        .filter(value -> !(value instanceof NullLiteralExpr))
                        .isPresent()
                || !assignments.isEmpty();
        boolean onlyBefore = assignments.stream().allMatch(assignment -> isMaking(assignment, body));
        if (assignedBefore && onlyBefore && isUsedBehind(body, variable)) {
            add(
                    Hazard.Kind.TRANSIENT_FIELD,
                    consequence,
                    variable.getName(),
                    name,
                    types.declared(variable),
                    edits.restored(body, variable));
        }
    }

    /** Tells whether the compiler puts the value of a field wherever it is read: Java language specification, 4.12.4. */
    private static boolean isConstant(VariableDeclarator variable) {
        return variable.getParentNode().orElse(null) instanceof FieldDeclaration field
                && field.isFinal()
                && variable.getTypeAsString().endsWith("String")
                && variable.getInitializer()
                        .filter(value -> value.findFirst(MethodCallExpr.class).isEmpty()
                                && value.findFirst(ObjectCreationExpr.class).isEmpty())
                        .isPresent();
    }

    private static boolean isRestored(Node body) {
        return JavaFile.members(body).stream()
                .anyMatch(member ->
                        member instanceof MethodDeclaration method && READING.contains(method.getNameAsString()));
    }

    /** Tells whether a method that runs on the other side takes the field to be there. */
    private boolean isUsedBehind(Node body, VariableDeclarator variable) {
        String type = types.typeOf(body);
        boolean isFunction = sites.isFunction(type);
        boolean used = false;
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (!(member instanceof MethodDeclaration method) || method.isStatic() || isOfMaking(method, body)) {
                continue;
            }
            for (Expression expression :
                    method.findAll(Expression.class, found -> fields.isField(found, body, variable))) {
                Node parent = expression.getParentNode().orElse(null);
                if (asksForNull(parent)) {
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

    /** Tells whether a method is called while an object is made, and at no other time. */
    private static boolean isOfMaking(MethodDeclaration method, Node body) {
        List<MethodCallExpr> calls =
                method.isPrivate()
                        ? JavaFile.members(body).stream()
                                .flatMap(member -> member
                                        .findAll(
                                                MethodCallExpr.class,
                                                call -> call.getName().equals(method.getName()))
                                        .stream())
                                .toList()
                        : List.of();
        return !calls.isEmpty() && calls.stream().allMatch(call -> isMaking(call, body));
    }

    private static boolean asksForNull(@Nullable Node parent) {
        boolean compared = parent instanceof BinaryExpr comparison
                && comparison.findFirst(NullLiteralExpr.class).isPresent();
        boolean handed = parent instanceof MethodCallExpr call
                && call.getScope()
                        .filter(scope -> Set.of("Objects", "Optional").contains(scope.toString()))
                        .isPresent();
        return compared || handed;
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

    private void superConstructor(TypeDeclaration<?> type, ClassOutline outline, Consequence consequence) {
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
        if (!constructors.canBeCalled(above) && !constructors.areGenerated(parent)) {
            add(
                    Hazard.Kind.SUPER_CONSTRUCTOR,
                    consequence,
                    type.getName(),
                    type.getNameAsString(),
                    parent,
                    edits.defaultConstructor(parent));
        }
    }

    /** Tells whether what is written, and read, is another object: the class or one above it says which. */
    private boolean replacesItself(TypeDeclaration<?> type) {
        return !classes.methods(file.nameOf(type), "writeReplace").isEmpty();
    }

    private void externalizable(TypeDeclaration<?> type, ClassOutline outline, Consequence consequence) {
        boolean isMade = type instanceof ClassOrInterfaceDeclaration declaration && !declaration.isAbstract();
        if (isMade
                && !replacesItself(type)
                && !constructors.areGenerated(outline.name())
                && (!outline.traits().contains(Trait.PUBLIC_DEFAULT_CONSTRUCTOR)
                        || !outline.traits().contains(Trait.STATIC))) {
            add(
                    Hazard.Kind.EXTERNALIZABLE_CONSTRUCTOR,
                    consequence,
                    type.getName(),
                    type.getNameAsString(),
                    null,
                    edits.publicConstructor(type));
        }
    }

    private void add(
            Hazard.Kind kind,
            Consequence consequence,
            Node place,
            String name,
            @Nullable String type,
            List<Fix> fixes) {
        hazards.add(new Hazard(
                kind,
                consequence,
                file.range(place),
                name,
                type == null ? "" : Types.simple(type),
                "",
                List.of(),
                fixes));
    }
}
