package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a class puts into its fields, and whether that can be written. */
final class Fields {

    private final Types types;
    private final Shipping shipping;
    private final Creations creations;

    Fields(Types types, Shipping shipping) {
        this.types = types;
        this.shipping = shipping;
        this.creations = new Creations(types);
    }

    /** Returns the type by which a field cannot be written; null if it can, or that is not sure. */
    @Nullable
    String refused(Node body, VariableDeclarator variable) {
        String declared = types.declared(variable);
        if (mayCross(declared)) {
            return null;
        }
        List<Expression> values = values(body, variable);
        if (creations.isRefused(declared)) {
            boolean others = !values.isEmpty() && values.stream().allMatch(this::isSerializable);
            return others ? null : declared;
        }
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

    private boolean isSerializable(Expression value) {
        return types.classes().serializable(creations.exactType(value), true) == Classes.Answer.YES;
    }

    /** Tells whether some objects of a type can be written, whatever the type says. */
    boolean mayCross(@Nullable String type) {
        return type != null && types.classes().withSupertypes(type).stream().anyMatch(shipping::mayCross);
    }

    /** Returns what a class puts into a field itself, but for null. */
    private List<Expression> values(Node body, VariableDeclarator variable) {
        List<Expression> values =
                new ArrayList<>(variable.getInitializer().stream().toList());
        assignments(body, variable).forEach(assignment -> values.add(assignment.getValue()));
        values.removeIf(NullLiteralExpr.class::isInstance);
        return values;
    }

    /** Returns the assignments to a field in its own class, but for those of null. */
    List<AssignExpr> assignments(Node body, VariableDeclarator variable) {
        List<AssignExpr> found = new ArrayList<>();
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            found.addAll(member.findAll(
                    AssignExpr.class,
                    assignment -> isField(assignment.getTarget(), body, variable)
                            && !(assignment.getValue() instanceof NullLiteralExpr)));
        }
        return found;
    }

    /** Tells whether an expression names a field of the object whose class it is in. */
    boolean isField(Expression expression, Node body, VariableDeclarator variable) {
        String name = variable.getNameAsString();
        if (expression instanceof NameExpr own && own.getNameAsString().equals(name)) {
            return types.variable(name, own)
                    .filter(found -> JavaFile.isSame(found.declaration(), variable))
                    .isPresent();
        }
        return expression instanceof FieldAccessExpr access
                && access.getNameAsString().equals(name)
                && access.getScope() instanceof ThisExpr self
                && isObjectOf(self, body);
    }

    private boolean isObjectOf(ThisExpr self, Node body) {
        return self.getTypeName().isPresent()
                ? Objects.equals(types.of(self), types.typeOf(body))
                : JavaFile.enclosingBody(self)
                        .filter(around -> JavaFile.isSame(around, body))
                        .isPresent();
    }
}
