package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.AnnotationDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.ClassExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.type.Type;
import io.github.spawnproof.project.ClassOutline.FieldOutline;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of the expressions of a file, by erasure; null where it takes more than a few steps to know. */
final class Types {

    private static final int MAX_DEPTH = 200;
    private static final String STRING = "java.lang.String";

    private final JavaFile file;
    private final Classes classes;
    private final TypeNames names;
    private final Scope scope;
    private final IdentityHashMap<Expression, Optional<String>> known = new IdentityHashMap<>();
    private int depth;

    Types(JavaFile file, Classes classes) {
        this.file = file;
        this.classes = classes;
        this.names = classes.names(file);
        this.scope = new Scope(file, classes, this);
    }

    TypeNames names() {
        return names;
    }

    Classes classes() {
        return classes;
    }

    JavaFile file() {
        return file;
    }

    Optional<Variable> variable(String name, Node place) {
        return scope.find(name, place);
    }

    @Nullable
    String erasure(Type type) {
        return names.erasure(type);
    }

    static boolean isVar(Type type) {
        return type.isVarType() || type.asString().equals("var");
    }

    /** Returns the type that a variable is declared to be of, or that {@code var} makes it be of. */
    @Nullable
    String declared(VariableDeclarator variable) {
        if (isVar(variable.getType())) {
            return variable.getInitializer().map(this::of).orElse(null);
        }
        return erasure(variable.getType());
    }

    @Nullable
    String declared(Parameter parameter) {
        // That of a lambda may go without saying.
        if (parameter.getType().isUnknownType() || isVar(parameter.getType())) {
            return null;
        }
        String type = erasure(parameter.getType());
        return type != null && parameter.isVarArgs() ? type + "[]" : type;
    }

    /** Returns the type of an expression; null if it is not known. */
    @Nullable
    String of(Expression expression) {
        Optional<String> found = known.get(expression);
        if (found == null) {
            if (depth >= MAX_DEPTH) {
                return null;
            }
            known.put(expression, Optional.empty()); // While it is worked out: what depends on itself is unknown.
            depth++;
            try {
                found = Optional.ofNullable(compute(expression)).filter(type -> !type.startsWith(Outlines.UNKNOWN));
            } finally {
                depth--;
            }
            known.put(expression, found);
        }
        return found.orElse(null);
    }

    private @Nullable String compute(Expression expression) {
        if (expression instanceof NameExpr name) {
            return variable(name.getNameAsString(), name).map(Variable::type).orElse(null);
        } else if (expression instanceof MethodCallExpr call) {
            return result(call);
        } else if (expression instanceof FieldAccessExpr access) {
            return field(access);
        } else if (expression instanceof ObjectCreationExpr creation) {
            return created(creation);
        } else if (expression instanceof EnclosedExpr enclosed) {
            return of(enclosed.getInner());
        } else if (expression instanceof CastExpr cast) {
            return erasure(cast.getType());
        } else if (expression instanceof ThisExpr self) {
            return self.getTypeName()
                    .map(name -> names.resolve(name.asString(), self))
                    .orElseGet(
                            () -> JavaFile.enclosingBody(self).map(this::typeOf).orElse(null));
        } else if (expression instanceof StringLiteralExpr || expression instanceof TextBlockLiteralExpr) {
            return STRING;
        } else if (expression instanceof IntegerLiteralExpr) {
            return "int";
        } else if (expression instanceof BooleanLiteralExpr) {
            return "boolean";
        } else if (expression instanceof ClassExpr) {
            return "java.lang.Class";
        } else if (expression instanceof AssignExpr assignment) {
            return of(assignment.getTarget());
        } else if (expression instanceof ConditionalExpr conditional) {
            String then = of(conditional.getThenExpr());
            return then != null && then.equals(of(conditional.getElseExpr())) ? then : null;
        } else if (expression instanceof ArrayCreationExpr creation) {
            String element = erasure(creation.getElementType());
            return element == null
                    ? null
                    : element + "[]".repeat(creation.getLevels().size());
        } else if (expression instanceof ArrayAccessExpr access) {
            String array = of(access.getName());
            return array != null && array.endsWith("[]") ? array.substring(0, array.length() - 2) : null;
        } else if (expression instanceof BinaryExpr binary) {
            boolean isText = binary.getOperator() == BinaryExpr.Operator.PLUS
                    && (STRING.equals(of(binary.getLeft())) || STRING.equals(of(binary.getRight())));
            return isText ? STRING : null;
        }
        return null;
    }

    /** Returns the class of the objects that a class body describes: for an anonymous class the one that it extends. */
    @Nullable
    String typeOf(Node body) {
        if (body instanceof TypeDeclaration<?> type) {
            return file.nameOf(type);
        }
        return body instanceof ObjectCreationExpr creation ? created(creation) : null;
    }

    private @Nullable String created(ObjectCreationExpr creation) {
        Optional<Expression> outer = creation.getScope();
        if (outer.isPresent()) {
            String owner = of(outer.get());
            return owner == null ? null : owner + "." + creation.getType().getNameAsString();
        }
        return names.resolve(
                creation.getType().getNameWithScope(), creation.getParentNode().orElse(creation));
    }

    private @Nullable String field(FieldAccessExpr access) {
        String owner = owner(access.getScope());
        if (owner == null) {
            return null;
        }
        if (owner.endsWith("[]")) {
            return access.getNameAsString().equals("length") ? "int" : null;
        }
        for (String type : classes.withSupertypes(owner)) {
            Optional<FieldOutline> found = classes.find(type).stream()
                    .flatMap(outline -> outline.fields().stream())
                    .filter(field -> field.name().equals(access.getNameAsString()))
                    .findFirst();
            if (found.isPresent()) {
                return found.get().type();
            }
        }
        return null;
    }

    /** Returns the type whose member an expression in front of a dot selects: that of its value, or the type that it names. */
    @Nullable
    String owner(Expression expression) {
        if (expression instanceof SuperExpr) {
            return JavaFile.enclosingBody(expression)
                    .map(body -> classes.supertypesOf(file, body))
                    .filter(supertypes -> !supertypes.isEmpty())
                    .map(supertypes -> supertypes.get(0))
                    .orElse(null);
        }
        String type = of(expression);
        return type != null ? type : namedType(expression);
    }

    /** Returns the type that an expression is the name of; null if it is a value, or unknown. */
    @Nullable
    String namedType(Expression expression) {
        if (expression instanceof NameExpr name
                && variable(name.getNameAsString(), name).isEmpty()) {
            return names.resolve(name.getNameAsString(), name);
        }
        if (expression instanceof FieldAccessExpr access && isDotted(access)) {
            return names.resolve(access.toString(), access);
        }
        return expression instanceof TypeExpr type ? erasure(type.getType()) : null;
    }

    private boolean isDotted(FieldAccessExpr access) {
        Expression first = access;
        while (first instanceof FieldAccessExpr inner) {
            first = inner.getScope();
        }
        return first instanceof NameExpr name
                && variable(name.getNameAsString(), name).isEmpty();
    }

    private @Nullable String result(MethodCallExpr call) {
        String result = null;
        for (MethodOutline method : candidates(call)) {
            if (result != null && !result.equals(method.result())) {
                return covariant(result, method.result());
            }
            result = method.result();
        }
        return result;
    }

    /** Returns the first of two results if it is below the second: an overriding method returns what is nearer. */
    private @Nullable String covariant(String nearer, String other) {
        return classes.isA(nearer, other) == Classes.Answer.YES ? nearer : null;
    }

    /** Returns the methods that a call may mean, by name and number of arguments, nearest first; none if that is not known. */
    List<MethodOutline> candidates(MethodCallExpr call) {
        String owner = receiver(call);
        return owner == null
                ? List.of()
                : candidates(owner, call.getNameAsString(), call.getArguments().size());
    }

    List<MethodOutline> candidates(String owner, String name, int arguments) {
        return classes.methods(owner, name).stream()
                .filter(method -> fits(method, arguments))
                .toList();
    }

    private static boolean fits(MethodOutline method, int arguments) {
        int parameters = method.parameters().size();
        boolean variable =
                parameters > 0 && method.parameters().get(parameters - 1).endsWith("...");
        return parameters == arguments || (variable && arguments >= parameters - 1);
    }

    /** Returns the type whose method is called; null if it is not known. */
    @Nullable
    String receiver(MethodCallExpr call) {
        if (call.getScope().isPresent()) {
            return owner(call.getScope().get());
        }
        for (Node body = JavaFile.enclosingBody(call).orElse(null);
                body != null;
                body = JavaFile.enclosingBody(body).orElse(null)) {
            if (declares(body, call.getNameAsString())) {
                return typeOf(body);
            }
            String type = typeOf(body);
            if (type != null && !classes.methods(type, call.getNameAsString()).isEmpty()) {
                return type;
            }
        }
        return names.staticOwner(call.getNameAsString());
    }

    private static boolean declares(Node body, String method) {
        return !(body instanceof AnnotationDeclaration)
                && body instanceof TypeDeclaration<?>
                && JavaFile.members(body).stream()
                        .anyMatch(member -> member instanceof MethodDeclaration own
                                && own.getNameAsString().equals(method));
    }

    /** Returns the simple form of a canonical name, as it is spoken of. */
    static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replaceFirst("@\\d+$", "");
    }
}
