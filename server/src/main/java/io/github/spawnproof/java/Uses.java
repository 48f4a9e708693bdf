package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.type.Type;
import io.github.spawnproof.java.Use.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What closures need from outside of them: section 15.27.2 of the Java Language Specification, and what javac makes of it.
 * A lambda takes {@code this} along only if something in it needs it, a constant field included; an anonymous, local or
 * inner class that is Serializable always does.
 */
final class Uses {

    private final Types types;

    Uses(Types types) {
        this.types = types;
    }

    /** Returns what the code of a closure needs, in the order of the text. */
    List<Use> of(Node closure) {
        List<Use> uses = new ArrayList<>();
        if (closure instanceof MethodReferenceExpr reference) {
            ofReference(reference, closure, uses);
        } else if (closure instanceof LambdaExpr lambda) {
            collect(lambda.getBody(), closure, uses);
        } else {
            JavaFile.members(closure).forEach(member -> collect(member, closure, uses));
        }
        return uses;
    }

    /** Returns what a method needs from outside of it. */
    List<Use> ofMethod(MethodDeclaration method) {
        List<Use> uses = new ArrayList<>();
        method.getBody().ifPresent(body -> collect(body, method, uses));
        return uses;
    }

    private void collect(Node node, Node closure, List<Use> uses) {
        if (node instanceof Type) {
            return;
        } else if (node instanceof NameExpr name) {
            ofName(name, closure, uses);
        } else if (node instanceof ThisExpr || node instanceof SuperExpr) {
            ofObject(node, closure, uses);
        } else if (node instanceof FieldAccessExpr access && access.getScope() instanceof ThisExpr self) {
            ofOwnField(access, self, closure, uses);
        } else if (node instanceof MethodReferenceExpr reference) {
            ofReference(reference, closure, uses);
        } else {
            if (node instanceof MethodCallExpr call && call.getScope().isEmpty()) {
                ofOwnMethod(call, closure, uses);
            } else if (node instanceof ObjectCreationExpr creation
                    && creation.getScope().isEmpty()) {
                ofCreation(creation, closure, uses);
            } else if (node instanceof FieldAccessExpr access) {
                ofStaticField(access, closure, uses);
            }
            node.getChildNodes().forEach(child -> collect(child, closure, uses));
        }
    }

    private void ofName(NameExpr name, Node closure, List<Use> uses) {
        Optional<Variable> found = types.variable(name.getNameAsString(), name);
        if (found.isPresent()) {
            ofVariable(name, found.get(), closure, uses);
        }
    }

    private void ofVariable(Node node, Variable variable, Node closure, List<Use> uses) {
        if (variable.isField()) {
            if (variable.body() != null && isOutside(variable.body(), closure)) {
                if (!variable.isStatic()) {
                    uses.add(new Use(Kind.FIELD, node, variable.name(), variable, variable.body()));
                } else if (!isFinal(variable)) {
                    uses.add(new Use(Kind.STATIC, node, variable.name(), variable, null));
                }
            }
        } else if (variable.declaration() != null && isOutside(variable.declaration(), closure)) {
            uses.add(new Use(Kind.LOCAL, node, variable.name(), variable, null));
        }
    }

    private static boolean isFinal(Variable variable) {
        return !(variable.declaration() instanceof VariableDeclarator declarator)
                || declarator
                        .getParentNode()
                        .filter(field -> field instanceof FieldDeclaration declaration && !declaration.isFinal())
                        .isEmpty();
    }

    /** Tells whether a class or declaration is around the closure, and not in it. */
    private static boolean isOutside(Node declared, Node closure) {
        return !JavaFile.isWithin(declared, closure);
    }

    private void ofObject(Node node, Node closure, List<Use> uses) {
        Node body = meant(node);
        if (body != null && isOutside(body, closure)) {
            uses.add(new Use(Kind.OBJECT, node, "this", null, body));
        }
    }

    private void ofOwnField(FieldAccessExpr access, ThisExpr self, Node closure, List<Use> uses) {
        Node body = meant(self);
        if (body != null && isOutside(body, closure)) {
            String name = access.getNameAsString();
            Variable variable = types.variable(
                            name,
                            JavaFile.members(body).isEmpty()
                                    ? body
                                    : JavaFile.members(body).get(0))
                    .filter(found -> JavaFile.isSame(found.body(), body))
                    .orElse(null);
            uses.add(new Use(Kind.FIELD, access, name, variable, body));
        }
    }

    /** Adds a static field that is not final and is selected by the name of a class of this file. */
    private void ofStaticField(FieldAccessExpr access, Node closure, List<Use> uses) {
        String owner = types.namedType(access.getScope());
        TypeDeclaration<?> type = owner == null ? null : types.classes().declaration(owner);
        if (type == null
                || type.getMembers().isEmpty()
                || !JavaFile.isWithin(type, types.file().unit())) {
            return;
        }
        types.variable(access.getNameAsString(), type.getMember(0))
                .filter(variable -> JavaFile.isSame(variable.body(), type) && variable.isStatic())
                .ifPresent(variable -> ofVariable(access, variable, closure, uses));
    }

    /** Returns the class of the object that {@code this}, {@code Outer.this} or {@code super} means; null if it is not here. */
    private @Nullable Node meant(Node self) {
        String outer = self instanceof ThisExpr named
                ? named.getTypeName().map(name -> name.getIdentifier()).orElse(null)
                : null;
        for (Node body = JavaFile.enclosingBody(self).orElse(null);
                body != null;
                body = JavaFile.enclosingBody(body).orElse(null)) {
            if (outer == null
                    || (body instanceof TypeDeclaration<?> type
                            && type.getNameAsString().equals(outer))) {
                return body;
            }
        }
        return null;
    }

    private void ofOwnMethod(MethodCallExpr call, Node closure, List<Use> uses) {
        for (Node body = JavaFile.enclosingBody(call).orElse(null);
                body != null;
                body = JavaFile.enclosingBody(body).orElse(null)) {
            List<Boolean> own = staticness(body, call.getNameAsString());
            if (!own.isEmpty()) {
                // Of overloads, some static and some not, it may be either.
                if (!own.contains(true) && isOutside(body, closure)) {
                    uses.add(new Use(Kind.METHOD, call.getName(), call.getNameAsString(), null, body));
                }
                return;
            }
            String type = types.typeOf(body);
            if (type == null || !types.classes().isComplete(type)) {
                return; // It may be inherited from what is not known.
            }
        }
    }

    /** Returns for each method of a name that a class has or inherits whether it is static. */
    private List<Boolean> staticness(Node body, String name) {
        List<Boolean> found = new ArrayList<>();
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (member instanceof MethodDeclaration method
                    && method.getNameAsString().equals(name)) {
                found.add(method.isStatic());
            }
        }
        String type = types.typeOf(body);
        if (type != null) {
            types.classes().methods(type, name).stream()
                    .map(MethodOutline::isStatic)
                    .forEach(found::add);
        }
        return found;
    }

    private void ofCreation(ObjectCreationExpr creation, Node closure, List<Use> uses) {
        Node body = JavaFile.enclosingBody(creation).orElse(null);
        if (creation.getAnonymousClassBody().isPresent()) {
            if (body != null && isOutside(body, closure) && !isInStaticContext(creation)) {
                uses.add(new Use(Kind.OBJECT, creation.getType().getName(), "this", null, body));
            }
        } else {
            ofInner(creation.getType().getName(), types.of(creation), closure, uses);
        }
    }

    /** Adds the object in which an object of an inner class is made. */
    private void ofInner(Node node, @Nullable String type, Node closure, List<Use> uses) {
        TypeDeclaration<?> declaration = type == null ? null : types.classes().declaration(type);
        if (declaration == null || Outlines.isStatic(declaration) || isInStaticContext(node)) {
            return;
        }
        Node outer = JavaFile.enclosingBody(declaration).orElse(null);
        for (Node body = JavaFile.enclosingBody(node).orElse(null);
                body != null;
                body = JavaFile.enclosingBody(body).orElse(null)) {
            if (JavaFile.isSame(body, outer)) {
                if (isOutside(body, closure) && !isInStaticContext(declaration)) {
                    uses.add(new Use(Kind.OBJECT, node, "this", null, body));
                }
                return;
            }
        }
    }

    private void ofReference(MethodReferenceExpr reference, Node closure, List<Use> uses) {
        if (reference.getScope() instanceof ThisExpr || reference.getScope() instanceof SuperExpr) {
            Node body = meant(reference.getScope());
            if (body != null && isOutside(body, closure)) {
                uses.add(new Use(Kind.METHOD, reference, reference.getIdentifier(), null, body));
            }
        } else if (reference.getScope() instanceof TypeExpr type) {
            // JavaParser takes the name of a variable for that of a type.
            String written = type.getTypeAsString();
            Optional<Variable> variable = types.variable(written, reference);
            if (variable.isPresent()) {
                ofVariable(type, variable.get(), closure, uses);
            } else if (reference.getIdentifier().equals("new")) {
                ofInner(type, types.erasure(type.getType()), closure, uses);
            }
        } else {
            collect(reference.getScope(), closure, uses);
        }
    }

    /** Tells whether there is no {@code this} at a place. */
    static boolean isInStaticContext(Node place) {
        Node child = place;
        for (Node at = place.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            if (at instanceof MethodDeclaration method) {
                return method.isStatic();
            } else if (at instanceof CallableDeclaration<?>) {
                return false;
            } else if (at instanceof InitializerDeclaration initializer) {
                return initializer.isStatic();
            } else if (at instanceof FieldDeclaration field) {
                return field.isStatic() || isOfInterface(field);
            } else if (at instanceof TypeDeclaration<?>
                    || (at instanceof ObjectCreationExpr && child instanceof BodyDeclaration<?>)) {
                return child instanceof TypeDeclaration<?> type && Outlines.isStatic(type);
            }
            child = at;
        }
        return true;
    }

    private static boolean isOfInterface(Node member) {
        return member.getParentNode()
                .filter(parent -> parent instanceof ClassOrInterfaceDeclaration type && type.isInterface())
                .isPresent();
    }
}
