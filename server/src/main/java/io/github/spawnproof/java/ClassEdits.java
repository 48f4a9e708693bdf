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
import com.github.javaparser.ast.expr.ArrayInitializerExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Rewrites classes so that their objects can be written, and made anew on the other side. */
final class ClassEdits {

    private static final String FLINK_OPEN = "org.apache.flink.api.common.functions.OpenContext";
    /** What new methods call their parameters. */
    private static final String CONTEXT = "context";

    private static final String STREAM = "in";

    private final Types types;
    private final JavaFile file;
    private final Shipping shipping;
    private final JavaLayout layout;
    private final Constructors constructors;

    ClassEdits(Types types, Shipping shipping) {
        this.types = types;
        this.file = types.file();
        this.shipping = shipping;
        this.layout = new JavaLayout(file);
        this.constructors = new Constructors(types);
    }

    /** Returns fixes by which a field is not written, and filled by who receives its object; none if that takes a person. */
    List<Fix> restored(Node body, VariableDeclarator variable) {
        if (!(variable.getParentNode().orElse(null) instanceof FieldDeclaration field)
                || field.getVariables().size() != 1
                || variable.getInitializer().isEmpty()
                || !canMove(body, variable, variable.getInitializer().get())) {
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

    /** Tells whether what a field is filled with can stand in a method as it is. */
    private boolean canMove(Node body, VariableDeclarator variable, Expression value) {
        String between = file.source()
                .text()
                .substring(
                        file.range(variable.getName()).end(), file.range(value).start());
        // Checked exceptions of an initialiser are those that all constructors declare.
        boolean mayThrow = body instanceof TypeDeclaration<?> type
                && Constructors.all(type).stream()
                        .anyMatch(constructor ->
                                !constructor.getThrownExceptions().isEmpty());
        return !(value instanceof ArrayInitializerExpr) && between.strip().equals("=") && !mayThrow;
    }

    /** Returns the statement that fills a field; empty if its value would mean other things among some names. */
    private Optional<String> assignment(VariableDeclarator variable, Expression value, Set<String> names) {
        if (value.findFirst(NameExpr.class, name -> names.contains(name.getNameAsString()))
                .isPresent()) {
            return Optional.empty();
        }
        String field = variable.getNameAsString();
        return Optional.of((names.contains(field) ? "this." : "") + field + " = " + file.text(value) + ";");
    }

    /** Returns the names of the parameters and local variables of a method. */
    private static Set<String> locals(MethodDeclaration method) {
        Set<String> names = new HashSet<>();
        method.getParameters().forEach(parameter -> names.add(parameter.getNameAsString()));
        method.findAll(VariableDeclarator.class).forEach(local -> names.add(local.getNameAsString()));
        return names;
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
        Set<String> supertypes = types.classes().withSupertypes(type);
        for (Shipping.Restore restore : shipping.restores()) {
            if (supertypes.contains(restore.type())) {
                return moved(body, type, restore, variable, value);
            }
        }
        boolean plain = supertypes.stream().noneMatch(shipping::isFunction) && body instanceof TypeDeclaration<?>;
        return plain ? reading(body, variable, value) : Optional.empty();
    }

    /** Returns the edits that move what a field is filled with to the method that the framework calls on the other side. */
    private Optional<List<TextEdit>> moved(
            Node body, String type, Shipping.Restore restore, VariableDeclarator variable, Expression value) {
        List<TextEdit> edits = new ArrayList<>();
        Optional<MethodDeclaration> there = existing(body, restore);
        if (there.isPresent()) {
            Optional<String> assignment = assignment(variable, value, locals(there.get()));
            if (there.get().getBody().isEmpty() || assignment.isEmpty()) {
                return Optional.empty();
            }
            edits.add(asFirst(there.get().getBody().get(), assignment.get(), variable));
        } else {
            Optional<String> method =
                    assignment(variable, value, Set.of(CONTEXT)).flatMap(filling -> restoring(type, restore, filling));
            if (method.isEmpty()) {
                return Optional.empty();
            }
            edits.add(newMember(body, method.get()));
            if (restore.type().contains(".flink.")) {
                edits.addAll(layout.importOf(FLINK_OPEN));
            }
        }
        edits.add(TextEdit.delete(new TextRange(
                file.range(variable.getName()).end(), file.range(value).end())));
        return Optional.of(edits);
    }

    private static Optional<MethodDeclaration> existing(Node body, Shipping.Restore restore) {
        return JavaFile.members(body).stream()
                .filter(MethodDeclaration.class::isInstance)
                .map(MethodDeclaration.class::cast)
                .filter(method -> restore.method().startsWith("@")
                        ? method.getAnnotationByName(restore.method().substring(1))
                                .isPresent()
                        : method.getNameAsString().equals(restore.method())
                                && !method.isPrivate()
                                && !method.getParameters().isEmpty())
                .findFirst();
    }

    /** Returns the text of a new method, in lines without indentation; empty if one of that name is in the way. */
    private Optional<String> restoring(String type, Shipping.Restore restore, String assignment) {
        if (restore.method().equals("@Setup")) {
            return isOwn(type, "setup")
                    ? Optional.empty()
                    : Optional.of("@Setup\npublic void setup() {\n" + layout.step() + assignment + "\n}");
        }
        boolean isOldFlink = file.unit().getImports().stream()
                .anyMatch(declaration ->
                        declaration.getNameAsString().equals("org.apache.flink.configuration.Configuration"));
        return restore.type().contains(".flink.") && !isOldFlink && !isOwn(type, restore.method())
                ? Optional.of("@Override\npublic void open(OpenContext " + CONTEXT + ") throws Exception {\n"
                        + layout.step() + assignment + "\n}")
                : Optional.empty();
    }

    /** Tells whether a class of the project, that or one above it, has a method of a name. */
    private boolean isOwn(String type, String method) {
        return types.classes().withSupertypes(type).stream()
                .map(types.classes()::declaration)
                .filter(Objects::nonNull)
                .anyMatch(declaration -> !declaration.getMethodsByName(method).isEmpty());
    }

    /** Returns the edits that fill a field in the method which Java serialisation calls when an object has been read. */
    private Optional<List<TextEdit>> reading(Node body, VariableDeclarator variable, Expression value) {
        Optional<MethodDeclaration> there = JavaFile.members(body).stream()
                .filter(MethodDeclaration.class::isInstance)
                .map(MethodDeclaration.class::cast)
                .filter(method -> method.getNameAsString().equals("readObject"))
                .findFirst();
        if (there.isPresent()) {
            List<Statement> statements = there.get().getBody().stream()
                    .flatMap(block -> block.getStatements().stream())
                    .toList();
            for (int i = 0; i < statements.size(); i++) {
                if (statements.get(i).toString().endsWith(".defaultReadObject();")) {
                    Statement before = statements.get(i + assignments(statements, i + 1, variable));
                    return assignment(variable, value, locals(there.get())).map(text -> List.of(behind(before, text)));
                }
            }
            return Optional.empty();
        }
        return assignment(variable, value, Set.of(STREAM)).map(text -> {
            String method = "private void readObject(ObjectInputStream " + STREAM
                    + ") throws IOException, ClassNotFoundException {\n"
                    + layout.step() + STREAM + ".defaultReadObject();\n" + layout.step() + text + "\n}";
            List<TextEdit> edits = new ArrayList<>();
            edits.addAll(layout.importOf("java.io.IOException"));
            edits.addAll(layout.importOf("java.io.ObjectInputStream"));
            edits.add(newMember(body, method));
            return edits;
        });
    }

    /** Returns how many statements from one on only fill something, and do not need a field for that. */
    private static int assignments(List<Statement> statements, int from, VariableDeclarator field) {
        int count = 0;
        while (from + count < statements.size()
                && statements.get(from + count) instanceof ExpressionStmt statement
                && statement.getExpression() instanceof AssignExpr
                && statement
                        .findFirst(SimpleName.class, name -> name.equals(field.getName()))
                        .isEmpty()) {
            count++;
        }
        return count;
    }

    private TextEdit behind(Statement statement, String text) {
        TextRange range = file.range(statement);
        return TextEdit.insert(
                behindComment(range.end()),
                file.source().lineSeparator() + file.source().indentation(range.start()) + text);
    }

    /** Returns the edit that fills a field first of all in a method, but for the fields before it: it may need them. */
    private TextEdit asFirst(BlockStmt block, String text, VariableDeclarator field) {
        int filled = assignments(block.getStatements(), 0, field);
        if (filled > 0) {
            return behind(block.getStatement(filled - 1), text);
        }
        int brace = file.range(block).start() + 1;
        String indentation = block.getStatements().isEmpty()
                ? file.source().indentation(brace) + layout.step()
                : file.source().indentation(file.range(block.getStatement(0)).start());
        boolean closed = block.getStatements().isEmpty()
                && !file.source().slice(file.range(block)).contains("\n");
        return TextEdit.insert(
                behindComment(brace),
                file.source().lineSeparator()
                        + indentation
                        + text
                        + (closed
                                ? file.source().lineSeparator() + file.source().indentation(brace)
                                : ""));
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
        int at = last == null ? brace + 1 : behindComment(file.range(last).end());
        String indentation = last == null
                ? file.source().indentation(brace) + layout.step()
                : file.source().indentation(file.range(last).start());
        String indented = text.lines()
                .map(line -> indentation + line)
                .reduce((one, other) -> one + newLine + other)
                .orElse("");
        return TextEdit.insert(at, newLine + (last == null ? "" : newLine) + indented);
    }

    /** Returns the end of a comment that ends the line; the offset itself if there is none. */
    private int behindComment(int offset) {
        int lineEnd = file.source().lineEnd(offset);
        boolean comment =
                file.source().text().substring(offset, lineEnd).stripLeading().startsWith("//");
        return comment ? lineEnd : offset;
    }

    /** Returns fixes that give a class of this file a constructor without parameters. */
    List<Fix> defaultConstructor(String type) {
        TypeDeclaration<?> declaration = types.classes().declaration(type);
        if (!(declaration instanceof ClassOrInterfaceDeclaration found)
                || !JavaFile.isWithin(found, file.unit())
                || !Outlines.isStatic(found)) {
            return List.of();
        }
        Optional<ConstructorDeclaration> there = Constructors.noArguments(found);
        if (there.isEmpty()) {
            return constructor(found, "");
        }
        // Unsafe: whoever made sure that nobody calls it no longer can.
        return there.get().isPrivate()
                ? List.of(new Fix(
                        "Let subclasses call the constructor",
                        Applicability.UNSAFE,
                        List.of(TextEdit.replace(
                                file.range(there.get().getModifiers().get(0)), "protected"))))
                : List.of();
    }

    /** Returns fixes that give an Externalizable class a public constructor without parameters. */
    List<Fix> publicConstructor(TypeDeclaration<?> type) {
        if (!Outlines.isStatic(type)) {
            return List.of();
        }
        Optional<ConstructorDeclaration> there = Constructors.noArguments(type);
        if (there.isEmpty()) {
            return constructor(type, "public ");
        }
        TextEdit edit = there.get().getModifiers().isEmpty()
                ? TextEdit.insert(file.range(there.get().getName()).start(), "public ")
                : TextEdit.replace(file.range(there.get().getModifiers().get(0)), "public");
        return List.of(new Fix("Make the constructor public", Applicability.SAFE, List.of(edit)));
    }

    private List<Fix> constructor(TypeDeclaration<?> type, String modifier) {
        boolean blank = type.getFields().stream()
                .filter(field -> field.isFinal() && !field.isStatic())
                .flatMap(field -> field.getVariables().stream())
                .anyMatch(variable -> variable.getInitializer().isEmpty());
        boolean extended = type instanceof ClassOrInterfaceDeclaration declaration
                && !declaration.getExtendedTypes().isEmpty()
                && !constructors.goWithoutSaying(
                        types.classes().supertypesOf(file, type).get(0));
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
