package io.github.spawnproof.java;

import com.github.javaparser.ast.Modifier;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.AnnotationDeclaration;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.FieldOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the outlines of the classes of a file. */
final class Outlines {

    /** In place of a type that does not matter, or is not known. */
    static final String UNKNOWN = "?";

    private final JavaFile file;
    private final TypeNames names;

    Outlines(JavaFile file, TypeNames names) {
        this.file = file;
        this.names = names;
    }

    ClassOutline of(TypeDeclaration<?> type) {
        return new ClassOutline(
                file.nameOf(type),
                kind(type),
                traits(type),
                supertypes(type),
                methods(type, type.getMembers(), isInterface(type)),
                fields(type, isInterface(type)));
    }

    /** Returns the names of what a class extends and implements; those that mean nothing known as they are written. */
    List<String> supertypes(Node body) {
        List<ClassOrInterfaceType> written = new ArrayList<>();
        if (body instanceof ClassOrInterfaceDeclaration type) {
            written.addAll(type.getExtendedTypes());
            written.addAll(type.getImplementedTypes());
        } else if (body instanceof EnumDeclaration type) {
            written.addAll(type.getImplementedTypes());
        } else if (body instanceof RecordDeclaration type) {
            written.addAll(type.getImplementedTypes());
        } else if (body instanceof ObjectCreationExpr creation) {
            written.add(creation.getType());
        }
        List<String> supertypes = new ArrayList<>();
        if (body instanceof EnumDeclaration) {
            supertypes.add("java.lang.Enum");
        } else if (body instanceof RecordDeclaration) {
            supertypes.add("java.lang.Record");
        }
        for (ClassOrInterfaceType type : written) {
            // Asked around the class, not in it: what it inherits depends on the answer.
            String name =
                    names.resolve(type.getNameWithScope(), body.getParentNode().orElse(body));
            supertypes.add(name == null ? UNKNOWN + type.getNameWithScope() : name);
        }
        return supertypes;
    }

    private static boolean isInterface(TypeDeclaration<?> type) {
        return type instanceof AnnotationDeclaration
                || (type instanceof ClassOrInterfaceDeclaration declaration && declaration.isInterface());
    }

    private static Kind kind(TypeDeclaration<?> type) {
        if (type instanceof EnumDeclaration) {
            return Kind.ENUM;
        } else if (type instanceof RecordDeclaration) {
            return Kind.RECORD;
        } else if (type instanceof AnnotationDeclaration) {
            return Kind.ANNOTATION;
        }
        return isInterface(type) ? Kind.INTERFACE : Kind.CLASS;
    }

    private static Set<Trait> traits(TypeDeclaration<?> type) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (type.hasModifier(Modifier.Keyword.ABSTRACT) || isInterface(type)) {
            traits.add(Trait.ABSTRACT);
        }
        if (type.hasModifier(Modifier.Keyword.FINAL)
                || type instanceof RecordDeclaration
                || type instanceof EnumDeclaration) {
            traits.add(Trait.FINAL);
        }
        if (isStatic(type)) {
            traits.add(Trait.STATIC);
        }
        List<ConstructorDeclaration> constructors = new ArrayList<>();
        for (BodyDeclaration<?> member : type.getMembers()) {
            if (member instanceof ConstructorDeclaration constructor) {
                constructors.add(constructor);
            } else if (member instanceof MethodDeclaration method && writesItself(method)) {
                traits.add(Trait.CUSTOM_SERIALIZATION);
            }
        }
        if (constructors.isEmpty() && kind(type) == Kind.CLASS) {
            traits.add(Trait.DEFAULT_CONSTRUCTOR);
            traits.add(Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
            // A member of an interface is public without saying so: Java language specification, 9.5 and 8.8.9.
            if (type.isPublic() || isMemberOfInterface(type)) {
                traits.add(Trait.PUBLIC_DEFAULT_CONSTRUCTOR);
            }
        }
        for (ConstructorDeclaration constructor : constructors) {
            if (constructor.getParameters().isEmpty()) {
                if (!constructor.isPrivate()) {
                    traits.add(Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
                }
                if (constructor.isPublic() || constructor.isProtected()) {
                    traits.add(Trait.DEFAULT_CONSTRUCTOR);
                }
                if (constructor.isPublic()) {
                    traits.add(Trait.PUBLIC_DEFAULT_CONSTRUCTOR);
                }
            }
        }
        return traits;
    }

    /** Tells whether one of the members of a class says how its objects are written. */
    static boolean writesItself(List<BodyDeclaration<?>> members) {
        return members.stream().anyMatch(member -> member instanceof MethodDeclaration method && writesItself(method));
    }

    private static boolean writesItself(MethodDeclaration method) {
        return switch (method.getNameAsString()) {
            case "writeReplace" -> method.getParameters().isEmpty();
            case "writeObject", "writeExternal" -> method.getParameters().size() == 1;
            default -> false;
        };
    }

    /** Tells whether objects of a class have no enclosing object. */
    static boolean isStatic(TypeDeclaration<?> type) {
        return !(type instanceof ClassOrInterfaceDeclaration declaration)
                || declaration.isInterface()
                || declaration.isStatic()
                || isMemberOfInterface(type)
                || JavaFile.enclosingBody(type).isEmpty();
    }

    private static boolean isMemberOfInterface(TypeDeclaration<?> type) {
        return type.getParentNode()
                .filter(parent -> parent instanceof TypeDeclaration<?> outer && isInterface(outer))
                .isPresent();
    }

    private List<MethodOutline> methods(Node body, List<BodyDeclaration<?>> members, boolean ofInterface) {
        List<MethodOutline> methods = new ArrayList<>();
        for (BodyDeclaration<?> member : members) {
            if (member instanceof MethodDeclaration method) {
                methods.add(new MethodOutline(
                        method.getNameAsString(),
                        parameters(method),
                        orUnknown(names.erasure(method.getType())),
                        method.isStatic(),
                        method.isAbstract() || (ofInterface && method.getBody().isEmpty())));
            }
        }
        if (body instanceof RecordDeclaration recordType) {
            for (Parameter component : recordType.getParameters()) {
                methods.add(new MethodOutline(
                        component.getNameAsString(),
                        List.of(),
                        orUnknown(names.erasure(component.getType())),
                        false,
                        false));
            }
        }
        return methods;
    }

    private List<String> parameters(CallableDeclaration<?> callable) {
        return callable.getParameters().stream()
                .map(parameter -> orUnknown(names.erasure(parameter.getType())) + (parameter.isVarArgs() ? "..." : ""))
                .toList();
    }

    private List<FieldOutline> fields(TypeDeclaration<?> type, boolean ofInterface) {
        List<FieldOutline> fields = new ArrayList<>();
        if (type instanceof EnumDeclaration enumeration) {
            enumeration
                    .getEntries()
                    .forEach(entry ->
                            fields.add(new FieldOutline(entry.getNameAsString(), file.nameOf(type), true, false)));
        }
        if (type instanceof RecordDeclaration recordType) {
            for (Parameter component : recordType.getParameters()) {
                fields.add(new FieldOutline(
                        component.getNameAsString(), orUnknown(names.erasure(component.getType())), false, false));
            }
        }
        for (BodyDeclaration<?> member : type.getMembers()) {
            if (member instanceof FieldDeclaration field) {
                for (VariableDeclarator variable : field.getVariables()) {
                    fields.add(new FieldOutline(
                            variable.getNameAsString(),
                            orUnknown(names.erasure(variable.getType())),
                            field.isStatic() || ofInterface,
                            field.isTransient()));
                }
            }
        }
        return fields;
    }

    private static String orUnknown(@org.jspecify.annotations.Nullable String type) {
        return type == null ? UNKNOWN : type;
    }
}
