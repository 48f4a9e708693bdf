package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.type.Type;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where objects and code leave the process: which arguments of which calls, and what reaches them. */
final class Sites {

    /** A helper that calls a helper that calls a helper. */
    private static final int MAX_HELPERS = 4;

    private final Shipping shipping;
    private final Types types;
    private final Set<String> helpers = new HashSet<>();

    Sites(Shipping shipping, Types types) {
        this.shipping = shipping;
        this.types = types;
    }

    /** Returns the types of the objects that leave the process somewhere in the file. */
    Set<String> sentTypes() {
        Set<String> sent = new HashSet<>();
        for (MethodCallExpr call : types.file().unit().findAll(MethodCallExpr.class)) {
            for (int i = 0; i < call.getArguments().size(); i++) {
                String type = types.of(call.getArgument(i));
                if (type != null
                        && types.classes().declaration(type) != null
                        && ofArgument(call, i, type, 0).isPresent()) {
                    sent.add(type);
                }
            }
        }
        return sent;
    }

    /** Tells whether an object of a type is sent by whoever takes it. */
    boolean isFunction(@Nullable String type) {
        return type != null && types.classes().withSupertypes(type).stream().anyMatch(shipping::isFunction);
    }

    /** Tells whether a type is of the project, and it or one above it in the project says that it is Serializable. */
    boolean isOwnSerializable(@Nullable String type) {
        return type != null && types.classes().saysSerializable(type);
    }

    /** Returns how a closure or an object leaves the process; empty if nothing says that it does. */
    Optional<Sent> of(Expression expression) {
        return of(expression, null);
    }

    private Optional<Sent> of(Expression expression, @Nullable String cast) {
        Node parent = expression.getParentNode().orElse(null);
        if (parent instanceof EnclosedExpr enclosed) {
            return of(enclosed, cast);
        } else if (parent instanceof CastExpr outer) {
            return of(outer, serializablePart(outer.getType()));
        } else if (parent instanceof ConditionalExpr conditional
                && !JavaFile.isSame(conditional.getCondition(), expression)) {
            return of(conditional, cast);
        } else if (parent instanceof MethodCallExpr call && !isScope(call, expression)) {
            return ofArgument(call, index(call.getArguments(), expression), cast, 0);
        } else if (parent instanceof VariableDeclarator variable) {
            return ofVariable(variable, types.declared(variable), cast);
        } else if (parent instanceof AssignExpr assignment && JavaFile.isSame(assignment.getValue(), expression)) {
            return ofVariable(assignment, types.of(assignment.getTarget()), cast);
        } else if (parent instanceof ReturnStmt) {
            return byType(returned(parent), cast);
        } else if (parent instanceof LambdaExpr) {
            return Optional.empty();
        }
        return cast == null ? Optional.empty() : byType(cast, cast);
    }

    private static boolean isScope(MethodCallExpr call, Expression expression) {
        return call.getScope()
                .filter(scope -> JavaFile.isSame(scope, expression))
                .isPresent();
    }

    private static int index(NodeList<Expression> arguments, Expression argument) {
        for (int i = 0; i < arguments.size(); i++) {
            if (JavaFile.isSame(arguments.get(i), argument)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the part of a cast that says that its value can be written; else its first part. */
    private @Nullable String serializablePart(Type cast) {
        List<Type> parts = cast.isIntersectionType()
                ? List.copyOf(cast.asIntersectionType().getElements())
                : List.of(cast);
        for (Type part : parts) {
            String type = types.erasure(part);
            if (types.classes().serializable(type) == Classes.Answer.YES) {
                return type;
            }
        }
        return types.erasure(parts.get(0));
    }

    private @Nullable String returned(Node statement) {
        for (Node at = statement; at != null; at = at.getParentNode().orElse(null)) {
            if (at instanceof MethodDeclaration method) {
                return types.erasure(method.getType());
            } else if (at instanceof LambdaExpr || at instanceof BodyDeclaration<?>) {
                return null;
            }
        }
        return null;
    }

    /** A type of the project that says that its objects are written means it; one of a library may be used anywhere. */
    private Optional<Sent> byType(@Nullable String type, @Nullable String cast) {
        String target = cast == null ? type : cast;
        return isOwnSerializable(target) ? Optional.of(new Sent("", null, target, false)) : Optional.empty();
    }

    private Optional<Sent> ofVariable(Node declaration, @Nullable String type, @Nullable String cast) {
        String name = declaration instanceof VariableDeclarator variable
                ? variable.getNameAsString()
                : declaration instanceof AssignExpr assignment && assignment.getTarget() instanceof NameExpr target
                        ? target.getNameAsString()
                        : "";
        Optional<CallableDeclaration<?>> around = callable(declaration);
        Node declared = declaration instanceof AssignExpr assignment
                ? types.variable(name, assignment.getTarget())
                        .map(Variable::declaration)
                        .orElse(null)
                : declaration;
        if (declared != null && !name.isEmpty() && around.isPresent()) {
            List<NameExpr> uses = uses(around.get(), name, declared);
            Optional<Sent> used = ofUses(uses, cast == null ? type : cast, 0);
            if (used.isPresent()) {
                return used;
            } else if (declaration instanceof VariableDeclarator && staysHere(uses)) {
                return Optional.empty();
            }
        }
        return byType(type, cast);
    }

    /** Returns where code names a variable. */
    private List<NameExpr> uses(Node code, String name, Node declaration) {
        return code.findAll(
                NameExpr.class,
                found -> found.getNameAsString().equals(name)
                        && types.variable(name, found)
                                .filter(variable -> JavaFile.isSame(variable.declaration(), declaration))
                                .isPresent());
    }

    /** Tells whether code does nothing with a local variable but call its methods, or hand it to what runs it here. */
    private boolean staysHere(List<NameExpr> uses) {
        return !uses.isEmpty()
                && uses.stream()
                        .allMatch(use -> use.getParentNode().orElse(null) instanceof MethodCallExpr call
                                && (isScope(call, use) || runsHere(call)));
    }

    private boolean runsHere(MethodCallExpr call) {
        String receiver = types.receiver(call);
        return receiver != null
                && types.classes().withSupertypes(receiver).stream()
                        .anyMatch(owner -> shipping.staysOnDriver(owner, call.getNameAsString()));
    }

    private static Optional<CallableDeclaration<?>> callable(Node node) {
        for (Node at = node.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            if (at instanceof CallableDeclaration<?> found) {
                return Optional.of(found);
            } else if (at instanceof BodyDeclaration<?>) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns how a variable leaves the process, as an argument of some call. */
    private Optional<Sent> ofUses(List<NameExpr> uses, @Nullable String type, int depth) {
        for (NameExpr use : uses) {
            if (use.getParentNode().orElse(null) instanceof MethodCallExpr call && !isScope(call, use)) {
                Optional<Sent> sent = ofArgument(call, index(call.getArguments(), use), type, depth);
                if (sent.isPresent()) {
                    return sent;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns how an argument leaves the process.
     *
     * @param as what its value is known to be of; null if only the call says so
     */
    Optional<Sent> ofArgument(MethodCallExpr call, int index, @Nullable String as, int depth) {
        String receiver = types.receiver(call);
        if (receiver == null || index < 0) {
            return Optional.empty();
        }
        String name = call.getNameAsString();
        String api = Types.simple(receiver) + "." + name;
        Node place = call.getArgument(index);
        Set<String> owners = types.classes().withSupertypes(receiver);
        if (owners.stream().anyMatch(owner -> shipping.staysOnDriver(owner, name))) {
            return Optional.empty();
        }
        boolean written =
                owners.stream().anyMatch(owner -> shipping.written(owner, name).orElse(-1) == index);
        if (written
                || owners.stream()
                        .anyMatch(owner -> shipping.shipped(owner, name).orElse(-1) == index)) {
            return Optional.of(new Sent(api, place, as, true));
        }
        if (types.classes().declaration(receiver) != null) {
            return throughHelper(receiver, call, index, as, depth);
        }
        for (String parameter : parameters(receiver, call, index)) {
            if (isFunction(parameter)) {
                return Optional.of(new Sent(api, place, as == null ? parameter : as, false));
            }
        }
        return Optional.empty();
    }

    private List<String> parameters(String receiver, MethodCallExpr call, int index) {
        List<String> parameters = new ArrayList<>();
        for (MethodOutline method : types.candidates(
                receiver, call.getNameAsString(), call.getArguments().size())) {
            if (!method.parameters().isEmpty()) {
                String type = method.parameters()
                        .get(Math.min(index, method.parameters().size() - 1));
                parameters.add(type.endsWith("...") ? type.substring(0, type.length() - 3) : type);
            }
        }
        return parameters;
    }

    /** Returns what makes a parameter Serializable whose type is a type parameter; null if nothing does. */
    private static @Nullable String serializableBound(MethodDeclaration method, Parameter parameter, Types inside) {
        return method.getTypeParameters().stream()
                .filter(type -> type.getNameAsString().equals(parameter.getTypeAsString()))
                .flatMap(type -> type.getTypeBound().stream())
                .map(inside::erasure)
                .filter(type -> type != null && inside.classes().serializable(type) == Classes.Answer.YES)
                .findFirst()
                .orElse(null);
    }

    /** Follows an argument into a method of the project that sends its parameter. */
    private Optional<Sent> throughHelper(
            String receiver, MethodCallExpr call, int index, @Nullable String as, int depth) {
        TypeDeclaration<?> owner = types.classes().declaration(receiver);
        JavaFile file = types.classes().fileOf(receiver);
        if (owner == null || file == null || depth >= MAX_HELPERS) {
            return Optional.empty();
        }
        List<MethodDeclaration> meant = owner.getMethodsByName(call.getNameAsString()).stream()
                .filter(method ->
                        method.getParameters().size() == call.getArguments().size())
                .toList();
        if (meant.size() > 1) {
            return Optional.empty(); // Which of them it is depends on types that are not known here.
        }
        for (MethodDeclaration method : meant) {
            if (method.getBody().isPresent()) {
                Parameter parameter = method.getParameter(index);
                Types inside =
                        JavaFile.isSame(file.unit(), types.file().unit()) ? types : new Types(file, types.classes());
                String bound = serializableBound(method, parameter, inside);
                String declared = bound == null ? inside.declared(parameter) : bound;
                String key = receiver + "." + call.getNameAsString() + "/" + index + "/" + method.getParameters();
                if (helpers.add(key)) {
                    try {
                        Sites within = new Sites(shipping, inside);
                        List<NameExpr> uses =
                                within.uses(method.getBody().get(), parameter.getNameAsString(), parameter);
                        Optional<Sent> sent = within.ofUses(uses, declared, depth + 1);
                        if (sent.isPresent()) {
                            return Optional.of(new Sent(
                                    sent.get().api(),
                                    call.getArgument(index),
                                    as == null ? sent.get().type() : as,
                                    sent.get().byJava()));
                        }
                    } finally {
                        helpers.remove(key);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
