package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.TypeParameter;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes classes of the file Serializable. */
final class SerializableEdits {

    private final Types types;
    private final JavaFile file;
    private final Fields fields;
    private final Creations creations;

    SerializableEdits(Types types, Shipping shipping) {
        this.types = types;
        this.file = types.file();
        this.fields = new Fields(types, shipping);
        this.creations = new Creations(types);
    }

    /** Returns the fix that makes a class Serializable; none if it is of another file, or its objects hold what is not. */
    List<Fix> of(@Nullable String name) {
        TypeDeclaration<?> type = name == null ? null : types.classes().declaration(name);
        if (type == null || !JavaFile.isWithin(type, file.unit()) || !canBe(type)) {
            return List.of();
        }
        NodeList<ClassOrInterfaceType> implemented = type instanceof RecordDeclaration recordType
                ? recordType.getImplementedTypes()
                : ((ClassOrInterfaceDeclaration) type).getImplementedTypes();
        List<TextEdit> edits = new ArrayList<>(new JavaLayout(file).importOf("java.io.Serializable"));
        edits.add(
                implemented.isEmpty()
                        ? TextEdit.insert(headerEnd(type), " implements Serializable")
                        : TextEdit.insert(
                                file.range(implemented.get(implemented.size() - 1))
                                        .end(),
                                ", Serializable"));
        // Unsafe: whether copies of its objects do as well as the objects, only a person knows.
        return Fix.ifAny("Make `%s` Serializable".formatted(type.getNameAsString()), Applicability.UNSAFE, edits);
    }

    /** Tells whether the objects of a class can be written, and read, once it says so. */
    private boolean canBe(TypeDeclaration<?> type) {
        if (type instanceof RecordDeclaration recordType) {
            return recordType.getParameters().stream()
                    .map(Parameter::getType)
                    .map(types::erasure)
                    .noneMatch(creations::isRefused);
        }
        return type instanceof ClassOrInterfaceDeclaration declaration
                && !declaration.isInterface()
                && declaration.getExtendedTypes().isEmpty()
                && Outlines.isStatic(declaration)
                && declaration.getFields().stream()
                        .filter(field -> !field.isStatic())
                        .allMatch(field -> !field.isTransient()
                                && field.getVariables().stream()
                                        .allMatch(variable -> fields.refused(declaration, variable) == null));
    }

    /** Returns where {@code implements} goes: behind the name, its type parameters and the components of a record. */
    private int headerEnd(TypeDeclaration<?> type) {
        NodeList<TypeParameter> parameters = type instanceof RecordDeclaration recordType
                ? recordType.getTypeParameters()
                : ((ClassOrInterfaceDeclaration) type).getTypeParameters();
        int end = behind('>', file.range(type.getName()).end(), parameters);
        return type instanceof RecordDeclaration recordType
                ? file.source().text().indexOf(')', behindLast(end, recordType.getParameters())) + 1
                : end;
    }

    private int behind(char bracket, int start, NodeList<? extends Node> nodes) {
        return nodes.isEmpty() ? start : file.source().text().indexOf(bracket, behindLast(start, nodes)) + 1;
    }

    private int behindLast(int start, NodeList<? extends Node> nodes) {
        return nodes.isEmpty() ? start : file.range(nodes.get(nodes.size() - 1)).end();
    }
}
