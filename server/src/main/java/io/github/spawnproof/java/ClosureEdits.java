package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.nodeTypes.NodeWithTypeParameters;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rewrites closures, so that all that they take along can cross. */
final class ClosureEdits {

    private static final String SERIALIZABLE = "java.io.Serializable";

    private final Types types;
    private final JavaFile file;
    private final JavaLayout layout;
    private final Uses uses;

    ClosureEdits(Types types) {
        this.types = types;
        this.file = types.file();
        this.layout = new JavaLayout(file);
        this.uses = new Uses(types);
    }

    /** Returns fixes by which a lambda no longer needs the object around it; none if that takes a person. */
    List<Fix> withoutObject(Expression closure, List<Use> all) {
        Optional<List<TextEdit>> edits = detached(closure, all);
        boolean copies = all.stream().anyMatch(use -> use.kind() == Use.Kind.FIELD);
        return edits.map(found -> Fix.ifAny(
                        copies ? "Copy the field to a local variable first" : "Make the method static",
                        // A method that becomes static can no longer be overridden.
                        copies && all.stream().noneMatch(use -> use.kind() == Use.Kind.METHOD)
                                ? Applicability.SAFE
                                : Applicability.UNSAFE,
                        found))
                .orElse(List.of());
    }

    /** Returns the edits that copy the fields and make the methods static that a closure uses; empty if some can't be. */
    private Optional<List<TextEdit>> detached(Expression closure, List<Use> all) {
        Optional<Statement> statement = JavaLayout.statement(closure);
        List<TextEdit> edits = new ArrayList<>();
        Map<String, String> copies = new LinkedHashMap<>();
        for (Use use : all) {
            if (use.kind() == Use.Kind.FIELD && use.variable() != null && statement.isPresent()) {
                String name = copies.get(use.name());
                if (name == null) {
                    name = JavaLayout.freeName(use.name(), statement.get(), file);
                    Optional<TextEdit> copy = copy(use, name, statement.get());
                    if (copy.isEmpty()) {
                        return Optional.empty();
                    }
                    copies.put(use.name(), name);
                    edits.add(copy.get());
                }
                if (isWritten(use.node())) {
                    return Optional.empty();
                }
                if (!file.text(use.node()).equals(name)) {
                    edits.add(TextEdit.replace(file.range(use.node()), name));
                }
            } else if (use.kind() == Use.Kind.METHOD) {
                Optional<List<TextEdit>> made = madeStatic(use);
                if (made.isEmpty()) {
                    return Optional.empty();
                }
                edits.addAll(made.get());
            } else if (use.takesObject()) {
                return Optional.empty();
            }
        }
        return Optional.of(edits.stream().distinct().toList());
    }

    private static boolean isWritten(Node use) {
        Node parent = use.getParentNode().orElse(null);
        return (parent instanceof AssignExpr assignment && JavaFile.isSame(assignment.getTarget(), use))
                || (parent instanceof UnaryExpr unary
                        && unary.getOperator().asString().matches("\\+\\+|--"));
    }

    private Optional<TextEdit> copy(Use use, String name, Statement statement) {
        Variable variable = use.variable();
        if (variable == null
                || !(variable.declaration() instanceof VariableDeclarator declarator)
                || !JavaFile.isWithin(declarator, file.unit())
                || types.classes().serializable(variable.type()) == Classes.Answer.NO) {
            return Optional.empty();
        }
        return owner(use, statement)
                .map(owner -> layout.before(
                        statement,
                        "final %s %s = %s.%s;"
                                .formatted(file.text(declarator.getType()), name, owner, variable.name())));
    }

    /** Returns what the object whose field is used is called at a statement. */
    private Optional<String> owner(Use use, Statement statement) {
        Node body = use.variable() == null ? null : use.variable().body();
        if (use.variable() != null && use.variable().isStatic()) {
            return body instanceof TypeDeclaration<?> type ? Optional.of(type.getNameAsString()) : Optional.empty();
        }
        if (JavaFile.isSame(body, JavaFile.enclosingBody(statement).orElse(null))) {
            return Optional.of("this");
        }
        return body instanceof TypeDeclaration<?> type
                ? Optional.of(type.getNameAsString() + ".this")
                : Optional.empty();
    }

    private Optional<List<TextEdit>> madeStatic(Use use) {
        if (!(use.body() instanceof TypeDeclaration<?> type) || !Outlines.isStatic(type)) {
            return Optional.empty();
        }
        List<MethodDeclaration> methods = type.getMethodsByName(use.name());
        if (methods.size() != 1) {
            return Optional.empty();
        }
        MethodDeclaration method = methods.get(0);
        boolean may = method.getBody().isPresent()
                && method.getAnnotationByName("Override").isEmpty()
                && !method.isDefault()
                && !method.isSynchronized()
                && uses.ofMethod(method).stream().noneMatch(Use::takesObject)
                && !usesTypeParameters(method, type);
        if (!may) {
            return Optional.empty();
        }
        List<TextEdit> edits = new ArrayList<>();
        int at = method.getTypeParameters().isEmpty()
                ? file.range(method.getType()).start()
                : file.source()
                        .text()
                        .lastIndexOf(
                                '<',
                                file.range(method.getTypeParameters().get(0)).start());
        edits.add(TextEdit.insert(at, "static "));
        for (MethodReferenceExpr reference : file.unit().findAll(MethodReferenceExpr.class)) {
            if (reference.getIdentifier().equals(use.name())
                    && reference.getScope() instanceof ThisExpr self
                    && self.getTypeName().isEmpty()
                    && JavaFile.isSame(JavaFile.enclosingBody(reference).orElse(null), type)) {
                edits.add(TextEdit.replace(file.range(self), type.getNameAsString()));
            }
        }
        return Optional.of(edits);
    }

    private static boolean usesTypeParameters(MethodDeclaration method, TypeDeclaration<?> type) {
        return type instanceof NodeWithTypeParameters<?> generic
                && generic.getTypeParameters().stream()
                        .anyMatch(parameter -> method.findAll(ClassOrInterfaceType.class).stream()
                                .anyMatch(used -> used.getNameAsString().equals(parameter.getNameAsString())));
    }

    /** Returns fixes that copy a static field to a local variable, which crosses by value. */
    List<Fix> staticCopy(Expression closure, List<Use> all, Use use) {
        Optional<Statement> statement = JavaLayout.statement(closure);
        if (statement.isEmpty() || all.stream().anyMatch(other -> isWritten(other.node()))) {
            return List.of();
        }
        String name = JavaLayout.freeName(use.name(), statement.get(), file);
        List<TextEdit> edits = new ArrayList<>();
        copy(use, name, statement.get()).ifPresent(edits::add);
        for (Use other : all) {
            if (!edits.isEmpty()
                    && other.name().equals(use.name())
                    && other.kind() == Use.Kind.STATIC
                    && !name.equals(use.name())) {
                edits.add(TextEdit.replace(file.range(other.node()), name));
            }
        }
        // Unsafe: a field that changes later is no longer looked at.
        return Fix.ifAny("Copy it to a local variable first", Applicability.UNSAFE, edits);
    }

    /** Returns fixes by which a lambda is of a type that can be written; none if its type is not said. */
    List<Fix> serializableCast(Expression closure, Sent sent) {
        String target = targetText(closure, sent);
        if (target == null) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>(layout.importOf(SERIALIZABLE));
        if (target.startsWith("Callable<")) {
            edits.addAll(layout.importOf("java.util.concurrent.Callable"));
        }
        if (closure.getParentNode().orElse(null) instanceof CastExpr cast) {
            edits.add(TextEdit.insert(file.range(cast.getType()).end(), " & Serializable"));
        } else {
            edits.add(TextEdit.insert(file.range(closure).start(), "(" + target + " & Serializable) "));
        }
        return Fix.ifAny("Cast it to a Serializable type", Applicability.SAFE, edits);
    }

    /** Returns the target type of a closure as code says it; null if no code does. */
    private @Nullable String targetText(Expression closure, Sent sent) {
        Node parent = closure.getParentNode().orElse(null);
        if (parent instanceof CastExpr cast) {
            return cast.getType().isIntersectionType() ? null : file.text(cast.getType());
        } else if (parent instanceof VariableDeclarator variable) {
            return variable.getType().isVarType() ? null : file.text(variable.getType());
        }
        return sent.place() != null && parent instanceof MethodCallExpr call && closure instanceof LambdaExpr lambda
                ? taskText(call, lambda)
                : null;
    }

    /** Returns what a lambda without parameters is for an executor, if the code around it says so. */
    private @Nullable String taskText(MethodCallExpr call, LambdaExpr lambda) {
        if (!lambda.getParameters().isEmpty()) {
            return null;
        }
        if (call.getParentNode().orElse(null) instanceof VariableDeclarator variable
                && variable.getType() instanceof ClassOrInterfaceType type
                && type.getTypeArguments()
                        .filter(arguments -> arguments.size() == 1)
                        .isPresent()) {
            String result = file.text(type.getTypeArguments().get().get(0));
            return result.equals("?") || result.equals("Void") ? null : "Callable<" + result + ">";
        }
        boolean returns = lambda.getBody() instanceof BlockStmt block
                && block.findAll(ReturnStmt.class).stream()
                        .noneMatch(statement -> statement.getExpression().isPresent());
        return call.getParentNode().orElse(null) instanceof ExpressionStmt && returns ? "Runnable" : null;
    }

    /** Returns fixes by which an anonymous class takes no object along: it becomes a lambda, or a static class. */
    List<Fix> withoutOuter(ObjectCreationExpr creation, List<Use> all) {
        boolean takes = all.stream().anyMatch(Use::takesObject);
        List<Fix> fixes = new ArrayList<>();
        Optional<List<TextEdit>> copies = takes ? detached(creation, all) : Optional.of(List.of());
        if (copies.isEmpty()
                || copies.get().stream().anyMatch(edit -> JavaLayout.isWithin(edit, file.range(creation)))) {
            return List.of();
        }
        asLambda(creation).ifPresent(edit -> {
            List<TextEdit> edits = new ArrayList<>(copies.get());
            edits.add(edit);
            fixes.add(new Fix("Make it a lambda", Applicability.SAFE, edits));
        });
        if (fixes.isEmpty() && all.isEmpty()) {
            asNamedClass(creation)
                    .ifPresent(edits -> fixes.add(new Fix("Make it a static class", Applicability.SAFE, edits)));
        }
        return fixes;
    }

    private Optional<TextEdit> asLambda(ObjectCreationExpr creation) {
        String type = types.of(creation);
        List<BodyDeclaration<?>> members = JavaFile.members(creation).stream()
                .filter(member -> !isSerialVersion(member))
                .toList();
        if (type == null
                || !types.classes().isFunctional(type)
                // Flink reads the types of a function from its class, and a lambda has none.
                || types.classes().withSupertypes(type).contains("org.apache.flink.api.common.functions.Function")
                || members.size() != 1
                || !(members.get(0) instanceof MethodDeclaration method)
                || !method.getTypeParameters().isEmpty()
                || method.getBody().isEmpty()
                || !creation.getArguments().isEmpty()
                || needsItself(method, creation)) {
            return Optional.empty();
        }
        return lambda(creation, method).map(text -> TextEdit.replace(file.range(creation), text));
    }

    private static boolean isSerialVersion(BodyDeclaration<?> member) {
        return member instanceof FieldDeclaration field
                && field.getVariables().stream()
                        .allMatch(variable -> variable.getNameAsString().equals("serialVersionUID"));
    }

    /** Tells whether code uses the object of the anonymous class that it is in: in a lambda it would mean another. */
    private boolean needsItself(MethodDeclaration method, ObjectCreationExpr creation) {
        return method.findAll(ThisExpr.class).stream()
                        .anyMatch(self -> self.getTypeName().isEmpty()
                                && JavaFile.isSame(JavaFile.enclosingBody(self).orElse(null), creation))
                || !method.findAll(com.github.javaparser.ast.expr.SuperExpr.class)
                        .isEmpty()
                || method.findAll(MethodCallExpr.class).stream()
                        .anyMatch(call -> call.getScope().isEmpty()
                                && JavaFile.isSame(JavaFile.enclosingBody(call).orElse(null), creation)
                                && types.typeOf(creation) != null
                                && !types.classes()
                                        .methods(
                                                java.util.Objects.requireNonNull(types.typeOf(creation)),
                                                call.getNameAsString())
                                        .isEmpty());
    }

    private Optional<String> lambda(ObjectCreationExpr creation, MethodDeclaration method) {
        if (clashes(creation, method)) {
            return Optional.empty();
        }
        String names = method.getParameters().stream()
                .map(parameter -> parameter.getNameAsString())
                .collect(Collectors.joining(", "));
        String head = (method.getParameters().size() == 1 ? names : "(" + names + ")") + " -> ";
        if (isOverloaded(creation)) {
            boolean diamond = creation.getType().isUsingDiamondOperator();
            if (diamond) {
                return Optional.empty();
            }
            head = "(" + file.text(creation.getType()) + ") " + head;
        }
        BlockStmt block = method.getBody().orElseThrow();
        boolean single =
                block.getStatements().size() == 1 && block.getOrphanComments().isEmpty();
        TextRange range = file.range(block);
        String inner = file.source()
                .text()
                .substring(range.start() + 1, range.end() - 1)
                .strip();
        if (single
                && block.getStatement(0) instanceof ReturnStmt result
                && result.getExpression().isPresent()) {
            TextRange whole = file.range(result);
            boolean alone = inner.length() == whole.length();
            if (alone) {
                return Optional.of(head + dedented(result.getExpression().get(), creation));
            }
        }
        return Optional.of(head + dedented(block, creation));
    }

    /** Tells whether a lambda's parameter or local would have the name of a local around it. */
    private boolean clashes(ObjectCreationExpr creation, MethodDeclaration method) {
        List<String> names = new ArrayList<>();
        method.getParameters().forEach(parameter -> names.add(parameter.getNameAsString()));
        method.findAll(VariableDeclarator.class).forEach(local -> names.add(local.getNameAsString()));
        return names.stream()
                .anyMatch(name -> types.variable(name, creation)
                        .filter(variable -> !variable.isField())
                        .isPresent());
    }

    /** Tells whether a call could take a lambda for one of several types. */
    private boolean isOverloaded(ObjectCreationExpr creation) {
        if (!(creation.getParentNode().orElse(null) instanceof MethodCallExpr call)) {
            return false;
        }
        int index = call.getArguments().indexOf(creation);
        return types.candidates(call).stream()
                        .map(ClassOutline.MethodOutline::parameters)
                        .filter(parameters -> index < parameters.size())
                        .map(parameters -> parameters.get(index))
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    /** Returns the text of a node, moved left to the line that another starts on. */
    private String dedented(Node node, Node target) {
        String text = file.text(node);
        String from = file.source().indentation(file.range(node).start());
        String to = file.source().indentation(file.range(target).start());
        if (!from.startsWith(to) || from.equals(to)) {
            return text;
        }
        String extra = from.substring(to.length());
        return text.lines()
                .map(line -> line.startsWith(to + extra) ? to + line.substring(from.length()) : line)
                .collect(Collectors.joining(file.source().lineSeparator()));
    }

    /** Returns the edits that make an anonymous class, which needs nothing from around it, a member of its class. */
    private Optional<List<TextEdit>> asNamedClass(ObjectCreationExpr creation) {
        Node outer = JavaFile.enclosingBody(creation).orElse(null);
        String type = types.of(creation);
        if (!(outer instanceof TypeDeclaration<?> owner)
                || !Outlines.isStatic(owner)
                || type == null
                || creation.getType().isUsingDiamondOperator()
                || usesMethodTypeParameters(creation)) {
            return Optional.empty();
        }
        boolean isInterface = types.classes()
                .find(type)
                .filter(outline -> outline.kind() == ClassOutline.Kind.INTERFACE)
                .isPresent();
        if (!creation.getArguments().isEmpty()) {
            return Optional.empty();
        }
        String name = className(creation, owner);
        String newLine = file.source().lineSeparator();
        String indentation = file.source().indentation(file.range(owner).start()) + layout.step();
        TextRange whole = file.range(creation);
        int brace =
                file.source().text().indexOf('{', file.range(creation.getType()).end());
        if (brace < 0) {
            return Optional.empty();
        }
        String body = file.source().text().substring(brace, whole.end());
        String from = file.source().indentation(whole.start());
        String moved = body.lines()
                .map(line -> line.startsWith(from) ? indentation + line.substring(from.length()) : line)
                .collect(Collectors.joining(newLine))
                .replaceFirst("^" + java.util.regex.Pattern.quote(indentation) + "\\{", "{");
        String text = "%sprivate static class %s %s %s %s%s"
                .formatted(
                        indentation,
                        name,
                        isInterface ? "implements" : "extends",
                        file.text(creation.getType()),
                        moved,
                        newLine);
        int end = file.source().lineStart(file.range(owner).end() - 1);
        return Optional.of(
                List.of(TextEdit.replace(whole, "new " + name + "()"), TextEdit.insert(end, newLine + text)));
    }

    private static boolean usesMethodTypeParameters(ObjectCreationExpr creation) {
        List<String> parameters = new ArrayList<>();
        for (Node at = creation; at != null; at = at.getParentNode().orElse(null)) {
            if (at instanceof NodeWithTypeParameters<?> generic) {
                generic.getTypeParameters().forEach(parameter -> parameters.add(parameter.getNameAsString()));
            }
        }
        return creation.findAll(ClassOrInterfaceType.class).stream()
                .anyMatch(type -> parameters.contains(type.getNameAsString()));
    }

    private static String className(ObjectCreationExpr creation, TypeDeclaration<?> owner) {
        String method = JavaFile.ancestor(creation, MethodDeclaration.class)
                .map(found -> found.getNameAsString())
                .orElse("own");
        String simple = creation.getType().getNameAsString();
        String wanted = method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1) + simple;
        String name = wanted;
        for (int i = 2; isTaken(name, owner); i++) {
            name = wanted + i;
        }
        return name;
    }

    private static boolean isTaken(String name, TypeDeclaration<?> owner) {
        return owner.getMembers().stream()
                .anyMatch(member -> member instanceof TypeDeclaration<?> type
                        && type.getNameAsString().equals(name));
    }

    /** Returns fixes that make a member class static, which needs nothing of the object around it. */
    List<Fix> asStatic(ClassOrInterfaceDeclaration type, List<Use> all) {
        Node outer = JavaFile.enclosingBody(type).orElse(null);
        if (type.isLocalClassDeclaration()
                || !(outer instanceof TypeDeclaration<?> owner)
                || all.stream().anyMatch(Use::takesObject)) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>();
        int at = file.source()
                .text()
                .lastIndexOf("class", file.range(type.getName()).start());
        edits.add(TextEdit.insert(at, "static "));
        String name = file.nameOf(type);
        for (ObjectCreationExpr creation : file.unit().findAll(ObjectCreationExpr.class)) {
            Optional<Expression> scope = creation.getScope();
            if (scope.isPresent() && name.equals(types.of(creation))) {
                boolean needed = !(scope.get() instanceof NameExpr)
                        && !(scope.get() instanceof ThisExpr)
                        && !(scope.get() instanceof ObjectCreationExpr made
                                && made.getArguments().isEmpty());
                if (needed) {
                    return List.of();
                }
                TextRange whole = new TextRange(
                        file.range(creation).start(),
                        file.range(creation.getType()).start());
                edits.add(TextEdit.replace(whole, "new " + owner.getNameAsString() + "."));
            }
        }
        return Fix.ifAny("Make the class static", Applicability.SAFE, edits);
    }
}
