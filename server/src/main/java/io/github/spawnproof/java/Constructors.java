package io.github.spawnproof.java;

import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.util.List;
import java.util.Optional;

/** Which classes have a constructor without parameters, and who can call it. */
final class Constructors {

    private final Classes classes;
    private final JavaFile file;

    Constructors(Types types) {
        this.classes = types.classes();
        this.file = types.file();
    }

    /** Tells whether subclasses in this file can call a constructor of a class that takes nothing. */
    boolean canBeCalled(ClassOutline type) {
        return type.traits().contains(Trait.DEFAULT_CONSTRUCTOR)
                || (packageOf(type.name()).equals(file.packageName())
                        && type.traits().contains(Trait.PACKAGE_DEFAULT_CONSTRUCTOR));
    }

    /** Tells whether a constructor of a subclass in this file need not say how its superclass is made. */
    boolean goWithoutSaying(String superclass) {
        TypeDeclaration<?> declaration = classes.declaration(superclass);
        boolean quiet = declaration == null
                || noArguments(declaration)
                        .filter(constructor ->
                                !constructor.getThrownExceptions().isEmpty())
                        .isEmpty();
        return quiet && classes.find(superclass).filter(this::canBeCalled).isPresent();
    }

    /** Tells whether a tool adds a constructor without parameters to a class: {@code @NoArgsConstructor} of Lombok. */
    boolean areGenerated(String type) {
        TypeDeclaration<?> declaration = classes.declaration(type);
        return declaration != null
                && declaration.getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getName().getIdentifier().equals("NoArgsConstructor"));
    }

    static List<ConstructorDeclaration> all(TypeDeclaration<?> type) {
        return type.getMembers().stream()
                .filter(ConstructorDeclaration.class::isInstance)
                .map(ConstructorDeclaration.class::cast)
                .toList();
    }

    /** Returns the constructor of a class that takes nothing, if it is written down. */
    static Optional<ConstructorDeclaration> noArguments(TypeDeclaration<?> type) {
        return all(type).stream()
                .filter(constructor -> constructor.getParameters().isEmpty())
                .findFirst();
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
}
