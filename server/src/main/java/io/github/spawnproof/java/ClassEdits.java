package io.github.spawnproof.java;

import com.github.javaparser.ast.Modifier;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.BlockStmt;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rewrites classes so that their objects can be written, and made anew on the other side. */
final class ClassEdits {

    private static final String FLINK_OPEN = "org.apache.flink.api.common.functions.OpenContext";

    private final Types types;
    private final JavaFile file;
    private final Shipping shipping;
    private final JavaLayout layout;

    ClassEdits(Types types, Shipping shipping) {
        this.types = types;
        this.file = types.file();
        this.shipping = shipping;
        this.layout = new JavaLayout(file);
    }

    /** Returns fixes by which a field is not written, and filled by who receives its object; none if that takes a person. */
    List<Fix> restored(Node body, VariableDeclarator variable) {
        if (!(variable.getParentNode().orElse(null) instanceof FieldDeclaration field)
                || field.getVariables().size() != 1
                || variable.getInitializer().isEmpty()) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>();
        if (!field.isTransient()) {
            edits.add(TextEdit.insert(file.range(variable.getType()).start(), "transient "));
        }
        Optional<List<TextEdit>> filling =
                filling(body, variable, variable.getInitializer().get());
        if (filling.isEmpty()) {
            return List.of();
        }
        edits.addAll(filling.get());
        edits.addAll(withoutFinal(field));
        // Unsafe: what was in the field is not there on the other side.
        return List.of(new Fix(
                field.isTransient()
                        ? "Make it anew on the other side"
                        : "Leave it out, and make it anew on the other side",
                Applicability.UNSAFE,
                edits));
    }

    private List<TextEdit> withoutFinal(FieldDeclaration field) {
        return field.getModifiers().stream()
                .filter(modifier -> modifier.getKeyword() == Modifier.Keyword.FINAL)
                .map(modifier -> {
                    TextRange range = file.range(modifier);
                    return TextEdit.delete(new TextRange(
                            range.start(),
                            Math.min(range.end() + 1, file.source().length())));
                })
                .toList();
    }

    private Optional<List<TextEdit>> filling(Node body, VariableDeclarator variable, Expression value) {
        String type = types.typeOf(body);
        if (type == null) {
            return Optional.empty();
        }
        String assignment = variable.getNameAsString() + " = " + file.text(value) + ";";
        Set<String> supertypes = types.classes().withSupertypes(type);
        for (Shipping.Restore restore : shipping.restores()) {
            if (supertypes.contains(restore.type())) {
                return moved(body, restore, assignment, variable, value);
            }
        }
        boolean plain = supertypes.stream().noneMatch(shipping::isFunction) && body instanceof TypeDeclaration<?>;
        return plain ? Optional.of(reading(body, assignment)) : Optional.empty();
    }

    /** Returns the edits that move what a field is filled with to the method that the framework calls on the other side. */
    private Optional<List<TextEdit>> moved(
            Node body, Shipping.Restore restore, String assignment, VariableDeclarator variable, Expression value) {
        Optional<String> method = restoring(body, restore, assignment);
        List<TextEdit> edits = new ArrayList<>();
        Optional<MethodDeclaration> there = existing(body, restore);
        if (there.isPresent()) {
            if (there.get().getBody().isEmpty()) {
                return Optional.empty();
            }
            edits.add(asFirst(there.get().getBody().get(), assignment));
        } else if (method.isPresent()) {
            edits.add(newMember(body, method.get()));
            if (restore.type().contains(".flink.")) {
                edits.addAll(layout.importOf(FLINK_OPEN));
            }
        } else {
            return Optional.empty();
        }
        edits.add(TextEdit.delete(new TextRange(
                file.range(variable.getName()).end(), file.range(value).end())));
        return Optional.of(edits);
    }

    private Optional<MethodDeclaration> existing(Node body, Shipping.Restore restore) {
        return JavaFile.members(body).stream()
                .filter(MethodDeclaration.class::isInstance)
                .map(MethodDeclaration.class::cast)
                .filter(method -> restore.method().startsWith("@")
                        ? method.getAnnotationByName(restore.method().substring(1))
                                .isPresent()
                        : method.getNameAsString().equals(restore.method()))
                .findFirst();
    }

    /** Returns the text of a new method, in lines without indentation. */
    private Optional<String> restoring(Node body, Shipping.Restore restore, String assignment) {
        boolean named = JavaFile.members(body).stream()
                .anyMatch(member -> member instanceof MethodDeclaration method
                        && method.getNameAsString().equals("setup"));
        if (restore.method().equals("@Setup") && !named) {
            return Optional.of("@Setup\npublic void setup() {\n" + layout.step() + assignment + "\n}");
        }
        boolean isOldFlink = file.unit().getImports().stream()
                .anyMatch(declaration ->
                        declaration.getNameAsString().equals("org.apache.flink.configuration.Configuration"));
        return restore.type().contains(".flink.") && !isOldFlink
                ? Optional.of("@Override\npublic void open(OpenContext context) throws Exception {\n" + layout.step()
                        + assignment + "\n}")
                : Optional.empty();
    }

    /** Returns the edits that add the method which Java serialisation calls when an object has been read. */
    private List<TextEdit> reading(Node body, String assignment) {
        String text = "private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {\n"
                + layout.step() + "in.defaultReadObject();\n" + layout.step() + assignment + "\n}";
        List<TextEdit> edits = new ArrayList<>();
        edits.addAll(layout.importOf("java.io.IOException"));
        edits.addAll(layout.importOf("java.io.ObjectInputStream"));
        edits.add(newMember(body, text));
        return edits;
    }

    private TextEdit asFirst(BlockStmt block, String statement) {
        int brace = file.range(block).start() + 1;
        String indentation = block.getStatements().isEmpty()
                ? file.source().indentation(brace) + layout.step()
                : file.source().indentation(file.range(block.getStatement(0)).start());
        return TextEdit.insert(brace, file.source().lineSeparator() + indentation + statement);
    }

    /** Returns the edit that puts a member behind the fields and constructors of a class. */
    private TextEdit newMember(Node body, String text) {
        String newLine = file.source().lineSeparator();
        BodyDeclaration<?> last = null;
        for (BodyDeclaration<?> member : JavaFile.members(body)) {
            if (member instanceof FieldDeclaration || member instanceof ConstructorDeclaration) {
                last = member;
            }
        }
        int brace = file.source().text().indexOf('{', file.range(body).start());
        int at = last == null ? brace + 1 : file.range(last).end();
        String indentation = last == null
                ? file.source().indentation(brace) + layout.step()
                : file.source().indentation(file.range(last).start());
        String indented = text.lines()
                .map(line -> indentation + line)
                .reduce((one, other) -> one + newLine + other)
                .orElse("");
        return TextEdit.insert(at, newLine + (last == null ? "" : newLine) + indented);
    }

    /** Returns fixes that give a class of this file a constructor without parameters. */
    List<Fix> defaultConstructor(String type) {
        TypeDeclaration<?> declaration = types.classes().declaration(type);
        return declaration instanceof ClassOrInterfaceDeclaration found
                        && JavaFile.isWithin(found, file.unit())
                        && Outlines.isStatic(found)
                        && noArguments(found).isEmpty()
                ? constructor(found, "")
                : List.of();
    }

    /** Returns fixes that give an Externalizable class a public constructor without parameters. */
    List<Fix> publicConstructor(TypeDeclaration<?> type) {
        if (!Outlines.isStatic(type)) {
            return List.of();
        }
        Optional<ConstructorDeclaration> there = noArguments(type);
        if (there.isEmpty()) {
            return constructor(type, "public ");
        }
        TextRange name = file.range(there.get().getName());
        int start = there.get().getModifiers().isEmpty()
                ? name.start()
                : file.range(there.get().getModifiers().get(0)).start();
        return List.of(new Fix(
                "Make the constructor public",
                Applicability.SAFE,
                List.of(TextEdit.replace(new TextRange(start, name.start()), "public "))));
    }

    private static Optional<ConstructorDeclaration> noArguments(TypeDeclaration<?> type) {
        return type.getMembers().stream()
                .filter(ConstructorDeclaration.class::isInstance)
                .map(ConstructorDeclaration.class::cast)
                .filter(constructor -> constructor.getParameters().isEmpty())
                .findFirst();
    }

    private List<Fix> constructor(TypeDeclaration<?> type, String modifier) {
        boolean blank = type.getFields().stream()
                .filter(field -> field.isFinal() && !field.isStatic())
                .flatMap(field -> field.getVariables().stream())
                .anyMatch(variable -> variable.getInitializer().isEmpty());
        boolean extended = type instanceof ClassOrInterfaceDeclaration declaration
                && !declaration.getExtendedTypes().isEmpty();
        Optional<CallableDeclaration<?>> first = Optional.empty();
        for (BodyDeclaration<?> member : type.getMembers()) {
            if (first.isEmpty() && member instanceof CallableDeclaration<?> callable) {
                first = Optional.of(callable);
            }
        }
        // What a final field would hold, or the superclass wants to be given, takes a person.
        if (blank || extended || first.isEmpty()) {
            return List.of();
        }
        String newLine = file.source().lineSeparator();
        int at = layout.memberStart(first.get());
        String indentation = file.source().indentation(at);
        String text = modifier + type.getNameAsString() + "() {}" + newLine + newLine + indentation;
        return List.of(new Fix(
                "Add a constructor without parameters", Applicability.UNSAFE, List.of(TextEdit.insert(at, text))));
    }
}
