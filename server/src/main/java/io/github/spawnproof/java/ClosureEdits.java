package io.github.spawnproof.java;

import com.github.javaparser.ast.Modifier;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.TypePatternExpr;
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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** Rewrites closures, so that all that they take along can cross. */
final class ClosureEdits {

    private static final String SERIALIZABLE = "java.io.Serializable";
    private static final String TEXT_BLOCK = "\"".repeat(3);
    private static final Set<Modifier.Keyword> BEFORE_STATIC = Set.of(
            Modifier.Keyword.PUBLIC, Modifier.Keyword.PROTECTED, Modifier.Keyword.PRIVATE, Modifier.Keyword.ABSTRACT);

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
                        isSafe(all) ? Applicability.SAFE : Applicability.UNSAFE,
                        found))
                .orElse(List.of());
    }

    /** Tells whether all that a closure needs of the object are values of which each surely can be written. */
    private boolean isSafe(List<Use> all) {
        return all.stream().filter(Use::takesObject).allMatch(use -> {
            String type = use.variable() == null ? null : use.variable().type();
            // A method that becomes static can no longer be overridden.
            return use.kind() == Use.Kind.FIELD
                    && type != null
                    && types.classes().isPlainValue(type);
        });
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
                    name = localName(use, statement.get(), closure);
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

    /** Returns the name of a copy of a field: another than its own if the code reads the field again, which may have changed. */
    private String localName(Use use, Statement statement, Node closure) {
        String name = JavaLayout.freeName(use.name(), statement, file);
        int start = file.range(statement).start();
        boolean isRead = !isFinal(use.variable())
                && JavaFile.member(statement).stream()
                        .flatMap(code -> code.findAll(NameExpr.class).stream())
                        .anyMatch(read -> read.getNameAsString().equals(name)
                                && file.range(read).start() >= start
                                && !JavaFile.isWithin(read, closure));
        return isRead ? JavaLayout.otherName(use.name()) : name;
    }

    private static boolean isFinal(@Nullable Variable variable) {
        return variable != null
                && variable.declaration() instanceof VariableDeclarator declarator
                && declarator.getParentNode().orElse(null) instanceof FieldDeclaration field
                && field.isFinal();
    }

    private static boolean isWritten(Node use) {
        Node parent = use.getParentNode().orElse(null);
        return (parent instanceof AssignExpr assignment && JavaFile.isSame(assignment.getTarget(), use))
                || (parent instanceof UnaryExpr unary
                        && unary.getOperator().asString().matches("\\+\\+|--"));
    }

    private Optional<TextEdit> copy(Use use, String name, Statement statement) {
        Variable variable = use.variable();
        String type = variable == null ? null : typeText(variable);
        if (variable == null || type == null || types.classes().serializable(variable.type()) == Classes.Answer.NO) {
            return Optional.empty();
        }
        return owner(use, statement)
                .map(owner ->
                        layout.before(statement, "final %s %s = %s.%s;".formatted(type, name, owner, variable.name())));
    }

    /** Returns the type of a field as its declaration in this file says it; null if that is not here. */
    private @Nullable String typeText(Variable variable) {
        Node declaration = variable.declaration();
        if (declaration == null || !JavaFile.isWithin(declaration, file.unit())) {
            return null;
        } else if (declaration instanceof VariableDeclarator declarator) {
            // The brackets of an array may be behind the name.
            return declarator.getType().asString().replace(" ", "").equals(squeezed(declarator.getType()))
                    ? file.text(declarator.getType())
                    : null;
        }
        return declaration instanceof Parameter component && !component.isVarArgs()
                ? file.text(component.getType())
                : null;
    }

    private String squeezed(Node node) {
        return file.text(node).replaceAll("\\s", "");
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
                && (method.isPrivate() || !overrides(method, type))
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
            if (reference.getIdentifier().equals(use.name())) {
                boolean isOwn = reference.getScope() instanceof ThisExpr self
                        && self.getTypeName().isEmpty()
                        && JavaFile.isSame(JavaFile.enclosingBody(reference).orElse(null), type);
                if (!isOwn) {
                    return Optional.empty(); // By an object, a static method cannot be referred to.
                }
                edits.add(TextEdit.replace(file.range(reference.getScope()), type.getNameAsString()));
            }
        }
        return Optional.of(edits);
    }

    /** Tells whether a method may have one above it, or below, which then could not be static alone. */
    private boolean overrides(MethodDeclaration method, TypeDeclaration<?> type) {
        String own = file.nameOf(type);
        String name = method.getNameAsString();
        int above = types.classes().methods(own, name).size()
                - type.getMethodsByName(name).size();
        return above > 0
                || !types.classes().isComplete(own)
                || file.unit().findAll(TypeDeclaration.class).stream()
                        .anyMatch(other -> !JavaFile.isSame(other, type)
                                && types.classes()
                                        .withSupertypes(file.nameOf(other))
                                        .contains(own)
                                && !other.getMethodsByName(name).isEmpty());
    }

    private static boolean usesTypeParameters(Node member, TypeDeclaration<?> type) {
        return type instanceof NodeWithTypeParameters<?> generic
                && generic.getTypeParameters().stream()
                        .anyMatch(parameter -> member.findAll(ClassOrInterfaceType.class).stream()
                                .anyMatch(used -> used.getNameAsString().equals(parameter.getNameAsString())));
    }

    /** Returns fixes that copy a static field to a local variable, which crosses by value. */
    List<Fix> staticCopy(Node closure, List<Use> all, Use use) {
        Optional<Statement> statement = JavaLayout.statement(closure);
        if (statement.isEmpty() || all.stream().anyMatch(other -> isWritten(other.node()))) {
            return List.of();
        }
        String name = localName(use, statement.get(), closure);
        Optional<TextEdit> copy = copy(use, name, statement.get());
        if (copy.isEmpty() || use.variable() == null) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>(List.of(copy.get()));
        for (Use other : all) {
            boolean isSame = other.kind() == Use.Kind.STATIC
                    && other.variable() != null
                    && JavaFile.isSame(
                            other.variable().declaration(), use.variable().declaration());
            if (isSame && !file.text(other.node()).equals(name)) {
                edits.add(TextEdit.replace(file.range(other.node()), name));
            }
        }
        // Unsafe: a field that changes later is no longer looked at.
        return Fix.ifAny("Copy it to a local variable first", Applicability.UNSAFE, edits);
    }

    /** Returns fixes that read what a closure needs of a local variable before, if that is plain values; else none. */
    List<Fix> valueCopies(Node closure, List<Use> all, Use use) {
        Optional<Statement> statement = JavaLayout.statement(closure);
        Variable variable = use.variable();
        if (statement.isEmpty()
                || variable == null
                || variable.declaration() == null
                || JavaFile.isWithin(variable.declaration(), statement.get())) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>();
        Map<String, String> copies = new LinkedHashMap<>();
        for (Use other : all) {
            if (other.kind() != Use.Kind.LOCAL || !other.name().equals(use.name())) {
                continue;
            }
            Expression value = plainValue(other);
            String type = value == null ? null : types.of(value);
            if (value == null || type == null || isWritten(value)) {
                return List.of();
            }
            String text = file.text(value);
            String name = copies.get(text);
            if (name == null) {
                name = valueName(value, statement.get());
                if (copies.containsValue(name)) {
                    return List.of();
                }
                copies.put(text, name);
                edits.add(
                        layout.before(statement.get(), "final %s %s = %s;".formatted(Types.simple(type), name, text)));
            }
            edits.add(TextEdit.replace(file.range(value), name));
        }
        // Unsafe: the value is read once, and may have changed when the code runs.
        return Fix.ifAny("Read its value before, and take that", Applicability.UNSAFE, edits);
    }

    /** Returns the field or the result that is taken of a variable, if that is a plain value; null if it is not. */
    private @Nullable Expression plainValue(Use use) {
        Node parent = use.node().getParentNode().orElse(null);
        boolean isField = parent instanceof FieldAccessExpr access && JavaFile.isSame(access.getScope(), use.node());
        boolean isResult = parent instanceof MethodCallExpr call
                && call.getArguments().isEmpty()
                && call.getScope()
                        .filter(scope -> JavaFile.isSame(scope, use.node()))
                        .isPresent()
                && throwsNothing(call);
        if (!(parent instanceof Expression value) || (!isField && !isResult)) {
            return null;
        }
        String type = types.of(value);
        return type != null && types.classes().isPlainValue(type) && !type.startsWith("java.math.") ? value : null;
    }

    /** Tells whether a method of the project is sure to throw no checked exception. */
    private boolean throwsNothing(MethodCallExpr call) {
        String owner = types.receiver(call);
        TypeDeclaration<?> type = owner == null ? null : types.classes().declaration(owner);
        if (type == null) {
            return false;
        }
        List<MethodDeclaration> methods = type.getMethodsByName(call.getNameAsString());
        return methods.stream().allMatch(method -> method.getThrownExceptions().isEmpty())
                && (type.isRecordDeclaration() || !methods.isEmpty());
    }

    private String valueName(Expression value, Statement statement) {
        String simple = value instanceof FieldAccessExpr access
                ? access.getNameAsString()
                : ((MethodCallExpr) value).getNameAsString().replaceFirst("^(?:get|is)(?=[A-Z])", "");
        String wanted = simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
        boolean isRead = JavaFile.member(statement).stream()
                .flatMap(code -> code.findAll(NameExpr.class).stream())
                .anyMatch(name -> name.getNameAsString().equals(wanted));
        return isRead || SourceVersion.isKeyword(wanted)
                ? JavaLayout.otherName(wanted)
                : JavaLayout.freeName(wanted, statement, file);
    }

    /** Returns fixes by which a lambda is of a type that can be written; none if its type is not said. */
    List<Fix> serializableCast(Expression closure, Sent sent) {
        String target = targetText(closure, sent);
        if (target == null) {
            return List.of();
        }
        String serializable = types.names().resolve("Serializable", closure);
        boolean isOther = serializable != null && !serializable.equals(SERIALIZABLE);
        String added = " & " + (isOther ? SERIALIZABLE : "Serializable");
        List<TextEdit> edits = new ArrayList<>(isOther ? List.of() : layout.importOf(SERIALIZABLE));
        if (target.startsWith("Callable<")) {
            edits.addAll(layout.importOf("java.util.concurrent.Callable"));
        }
        if (closure.getParentNode().orElse(null) instanceof CastExpr cast) {
            edits.add(TextEdit.insert(file.range(cast.getType()).end(), added));
        } else {
            edits.add(TextEdit.insert(file.range(closure).start(), "(" + target + added + ") "));
        }
        return Fix.ifAny("Cast it to a Serializable type", Applicability.SAFE, edits);
    }

    /** Returns the target type of a closure as code says it; null if no code does. */
    private @Nullable String targetText(Expression closure, Sent sent) {
        Node parent = closure.getParentNode().orElse(null);
        if (parent instanceof CastExpr cast) {
            return cast.getType().isIntersectionType() ? null : file.text(cast.getType());
        } else if (parent instanceof VariableDeclarator variable) {
            return Types.isVar(variable.getType()) ? null : file.text(variable.getType());
        } else if (parent instanceof AssignExpr assignment && assignment.getTarget() instanceof NameExpr target) {
            return types.variable(target.getNameAsString(), target)
                    .map(this::typeText)
                    .filter(type -> !type.equals("var"))
                    .orElse(null);
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
        boolean isAlone = all.stream().allMatch(use -> use.kind() == Use.Kind.STATIC);
        if (fixes.isEmpty() && isAlone) {
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
                || method.isSynchronized()
                || losesComment(creation, method)
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

    private boolean losesComment(ObjectCreationExpr creation, MethodDeclaration method) {
        TextRange whole = file.range(creation);
        TextRange kept = file.range(method.getBody().orElseThrow());
        return file.comments().stream().anyMatch(comment -> whole.contains(comment) && !kept.contains(comment));
    }

    /** Tells whether code uses the object of the anonymous class that it is in: in a lambda it would mean another. */
    private boolean needsItself(MethodDeclaration method, ObjectCreationExpr creation) {
        return method.findAll(ThisExpr.class).stream()
                        .anyMatch(self -> self.getTypeName().isEmpty()
                                && JavaFile.isSame(JavaFile.enclosingBody(self).orElse(null), creation))
                || !method.findAll(SuperExpr.class).isEmpty()
                || method.findAll(NameExpr.class).stream()
                        .anyMatch(name -> types.variable(name.getNameAsString(), name)
                                .filter(variable -> JavaFile.isSame(variable.body(), creation))
                                .isPresent())
                || method.findAll(MethodCallExpr.class).stream()
                        .anyMatch(call -> call.getScope().isEmpty()
                                && JavaFile.isSame(JavaFile.enclosingBody(call).orElse(null), creation)
                                && isInherited(call.getNameAsString(), creation));
    }

    private boolean isInherited(String method, ObjectCreationExpr creation) {
        String type = types.typeOf(creation);
        return type == null
                || !types.classes().methods(type, method).isEmpty()
                || !types.classes().methods("java.lang.Object", method).isEmpty();
    }

    private Optional<String> lambda(ObjectCreationExpr creation, MethodDeclaration method) {
        if (clashes(creation, method)) {
            return Optional.empty();
        }
        String names = method.getParameters().stream()
                .map(parameter -> parameter.getNameAsString())
                .collect(Collectors.joining(", "));
        String head = (method.getParameters().size() == 1 ? names : "(" + names + ")") + " -> ";
        if (needsCast(creation)) {
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
        method.findAll(VariableDeclarator.class).forEach(local -> names.add(local.getNameAsString()));
        method.findAll(Parameter.class).forEach(parameter -> names.add(parameter.getNameAsString()));
        method.findAll(TypePatternExpr.class).forEach(pattern -> names.add(pattern.getNameAsString()));
        return names.stream()
                .anyMatch(name -> types.variable(name, creation)
                        .filter(variable -> !variable.isField())
                        .isPresent());
    }

    /** Tells whether the code around does not say by itself that a lambda is to be what an anonymous class is. */
    private boolean needsCast(ObjectCreationExpr creation) {
        Node parent = creation.getParentNode().orElse(null);
        String asked = null;
        if (parent instanceof VariableDeclarator variable && !Types.isVar(variable.getType())) {
            asked = types.declared(variable);
        } else if (parent instanceof AssignExpr assignment) {
            asked = types.of(assignment.getTarget());
        } else if (parent instanceof ReturnStmt) {
            asked = JavaFile.ancestor(creation, LambdaExpr.class).isPresent()
                    ? null
                    : JavaFile.ancestor(creation, MethodDeclaration.class)
                            .map(method -> types.erasure(method.getType()))
                            .orElse(null);
        } else if (parent instanceof MethodCallExpr call && !isResultInferred(call, creation)) {
            int index = call.getArguments().indexOf(creation);
            List<String> parameters = types.candidates(call).stream()
                    .map(ClassOutline.MethodOutline::parameters)
                    .filter(all -> index < all.size())
                    .map(all -> all.get(index))
                    .distinct()
                    .toList();
            asked = parameters.size() == 1 ? parameters.get(0) : null;
        }
        return asked == null || !asked.equals(types.of(creation));
    }

    /** Tells whether what a call returns could depend on what is found out of a lambda, and nothing else says what it is. */
    private static boolean isResultInferred(MethodCallExpr call, ObjectCreationExpr creation) {
        Node parent = call.getParentNode().orElse(null);
        boolean isSaid = parent instanceof ExpressionStmt
                || parent instanceof ReturnStmt
                || (parent instanceof VariableDeclarator variable && !Types.isVar(variable.getType()));
        return !isSaid
                && creation.getType()
                        .getTypeArguments()
                        .filter(arguments -> !arguments.isEmpty())
                        .isPresent();
    }

    /** Returns the text of a node, moved left to the line that another starts on. */
    private String dedented(Node node, Node target) {
        String text = file.text(node);
        String from = file.source().indentation(file.range(node).start());
        String to = file.source().indentation(file.range(target).start());
        if (!from.startsWith(to) || from.equals(to) || text.contains(TEXT_BLOCK)) {
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
                || usesMethodTypeParameters(creation)
                || file.text(creation).contains(TEXT_BLOCK)) { // Moved, its lines would be others.
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
                .replaceFirst("^" + Pattern.quote(indentation) + "\\{", "{");
        String text = "%sprivate static class %s %s %s %s%s"
                .formatted(
                        indentation,
                        name,
                        isInterface ? "implements" : "extends",
                        file.text(creation.getType()),
                        moved,
                        newLine);
        int end = file.source().lineStart(file.range(owner).end() - 1);
        if (end < whole.end()) {
            return Optional.empty(); // All in one line, or half-typed.
        }
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

    private String className(ObjectCreationExpr creation, TypeDeclaration<?> owner) {
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

    private boolean isTaken(String name, TypeDeclaration<?> owner) {
        return types.names().resolve(name, owner.getMember(0)) != null;
    }

    /** Returns fixes that make a member class static, which needs nothing of the object around it. */
    List<Fix> asStatic(ClassOrInterfaceDeclaration type, List<Use> all) {
        Node outer = JavaFile.enclosingBody(type).orElse(null);
        if (type.isLocalClassDeclaration()
                || !(outer instanceof TypeDeclaration<?> owner)
                || all.stream().anyMatch(Use::takesObject)
                || usesTypeParameters(type, owner)
                || !types.classes().isComplete(file.nameOf(type))) {
            return List.of();
        }
        List<TextEdit> edits = new ArrayList<>();
        int at = type.getModifiers().stream()
                .filter(modifier -> !BEFORE_STATIC.contains(modifier.getKeyword()))
                .map(modifier -> file.range(modifier).start())
                .min(Integer::compare)
                .orElseGet(() -> file.source()
                        .text()
                        .lastIndexOf("class", file.range(type.getName()).start()));
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
        // Code of other files may make its objects with one around them.
        Applicability applicability = type.isPrivate() ? Applicability.SAFE : Applicability.UNSAFE;
        return Fix.ifAny("Make the class static", applicability, edits);
    }
}
