package io.github.spawnproof.java;

import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.nodeTypes.NodeWithTypeParameters;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.LocalRecordDeclarationStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.ArrayType;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.PrimitiveType;
import com.github.javaparser.ast.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names of types mean in a file: section 6.4.1 and 6.5.5 of the Java Language Specification, by erasure. The
 * answer is a canonical name, or null if it is not known.
 */
final class TypeNames {

    private final JavaFile file;
    private final Classes classes;
    private final Map<String, String> imported = new HashMap<>();
    private final List<String> onDemand = new ArrayList<>();

    TypeNames(JavaFile file, Classes classes) {
        this.file = file;
        this.classes = classes;
        for (ImportDeclaration declaration : file.unit().getImports()) {
            String name = declaration.getNameAsString();
            if (declaration.isAsterisk() && !declaration.isStatic()) {
                onDemand.add(name);
            } else if (!declaration.isAsterisk()) {
                // A static import may be of a member class; a name of a type that is only a method's is never asked
                // for.
                imported.putIfAbsent(name.substring(name.lastIndexOf('.') + 1), name);
            }
        }
    }

    /** Returns the erasure of a type as it is written at its place. */
    @Nullable
    String erasure(Type type) {
        if (type instanceof PrimitiveType || type.isVoidType()) {
            return type.asString();
        }
        if (type instanceof ArrayType array) {
            String element = erasure(array.getComponentType());
            return element == null ? null : element + "[]";
        }
        if (type instanceof ClassOrInterfaceType named) {
            return resolve(named.getNameWithScope(), type);
        }
        // Of several types of an intersection, the one that says what it is for.
        return type.isIntersectionType()
                ? erasure(type.asIntersectionType().getElements().get(0))
                : null;
    }

    /** Returns the canonical name of a type that is written with dots, or without. */
    @Nullable
    String resolve(String written, Node place) {
        int dot = written.indexOf('.');
        String first = dot < 0 ? written : written.substring(0, dot);
        String head = simple(first, place);
        if (head == null) {
            return dot < 0 || !Character.isLowerCase(first.charAt(0)) || isTypeParameter(first, place)
                    ? null
                    : classes.exists(written) ? written : null;
        }
        return dot < 0 ? head : member(head, written.substring(dot + 1));
    }

    private String member(String owner, String rest) {
        int dot = rest.indexOf('.');
        String first = dot < 0 ? rest : rest.substring(0, dot);
        String found = inheritedMember(owner, first, 0);
        String name = found == null ? owner + "." + first : found;
        return dot < 0 ? name : member(name, rest.substring(dot + 1));
    }

    private @Nullable String simple(String name, Node place) {
        for (Node at = place; at != null; at = at.getParentNode().orElse(null)) {
            if (at instanceof NodeWithTypeParameters<?> generic && hasParameter(generic, name)) {
                return null;
            }
            String found = declaredIn(at, name);
            if (found != null) {
                return found;
            }
        }
        return ofFile(name);
    }

    private boolean isTypeParameter(String name, Node place) {
        for (Node at = place; at != null; at = at.getParentNode().orElse(null)) {
            if (at instanceof NodeWithTypeParameters<?> generic && hasParameter(generic, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasParameter(NodeWithTypeParameters<?> generic, String name) {
        return generic.getTypeParameters().stream()
                .anyMatch(parameter -> parameter.getNameAsString().equals(name));
    }

    private @Nullable String declaredIn(Node scope, String name) {
        if (scope instanceof BlockStmt block) {
            for (Statement statement : block.getStatements()) {
                TypeDeclaration<?> local = localType(statement);
                if (local != null && local.getNameAsString().equals(name)) {
                    return file.nameOf(local);
                }
            }
        }
        if (!(scope instanceof TypeDeclaration<?>) && !(scope instanceof ObjectCreationExpr)) {
            return null;
        }
        if (scope instanceof TypeDeclaration<?> type && type.getNameAsString().equals(name)) {
            return file.nameOf(type);
        }
        for (BodyDeclaration<?> member : JavaFile.members(scope)) {
            if (member instanceof TypeDeclaration<?> type
                    && type.getNameAsString().equals(name)) {
                return file.nameOf(type);
            }
        }
        for (String supertype : classes.supertypesOf(file, scope)) {
            String inherited = inheritedMember(supertype, name, 0);
            if (inherited != null) {
                return inherited;
            }
        }
        return null;
    }

    static @Nullable TypeDeclaration<?> localType(Statement statement) {
        if (statement instanceof LocalClassDeclarationStmt local) {
            return local.getClassDeclaration();
        }
        return statement instanceof LocalRecordDeclarationStmt local ? local.getRecordDeclaration() : null;
    }

    /** Returns the member class that a class has or inherits; null if it is not known to. */
    private @Nullable String inheritedMember(String owner, String name, int depth) {
        if (classes.exists(owner + "." + name)) {
            return owner + "." + name;
        }
        if (depth <= Classes.MAX_DEPTH) {
            for (String supertype : classes.supertypes(owner).orElse(List.of())) {
                String found = inheritedMember(supertype, name, depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable String ofFile(String name) {
        String single = imported.get(name);
        if (single != null) {
            return single;
        }
        for (String prefix : List.of(file.packageName(), "java.lang")) {
            String candidate = prefix.isEmpty() ? name : prefix + "." + name;
            if (classes.exists(candidate)) {
                return candidate;
            }
        }
        for (String prefix : onDemand) {
            if (classes.exists(prefix + "." + name)) {
                return prefix + "." + name;
            }
        }
        return null;
    }

    /** Returns the class that a static import takes a member from; null if none names it. */
    @Nullable
    String staticOwner(String member) {
        for (ImportDeclaration declaration : file.unit().getImports()) {
            String name = declaration.getNameAsString();
            if (declaration.isStatic() && !declaration.isAsterisk() && name.endsWith("." + member)) {
                return name.substring(0, name.length() - member.length() - 1);
            }
        }
        return null;
    }

    /** Tells whether some static import may bring any name. */
    boolean importsStaticOnDemand() {
        return file.unit().getImports().stream()
                .anyMatch(declaration -> declaration.isStatic() && declaration.isAsterisk());
    }
}
