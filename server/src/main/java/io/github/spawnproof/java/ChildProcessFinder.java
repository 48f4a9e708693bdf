package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.WhileStmt;
import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what goes wrong between a program and the processes that it starts: environment, paths, output, properties. */
final class ChildProcessFinder {

    private static final Set<String> CHANGING =
            Set.of("put", "remove", "putIfAbsent", "putAll", "clear", "replace", "compute", "computeIfAbsent", "merge");
    /** Methods of a process that neither read its output nor hand it on. */
    private static final Set<String> IDLE =
            Set.of("waitFor", "isAlive", "pid", "toHandle", "info", "getOutputStream", "outputWriter", "exitValue");
    /** Programs that print next to nothing. */
    private static final Set<String> QUIET = Set.of(
            "true",
            "false",
            "sleep",
            "kill",
            "chmod",
            "chown",
            "mkdir",
            "rmdir",
            "rm",
            "ln",
            "cp",
            "mv",
            "touch",
            "open",
            "xdg-open",
            "test",
            "sync");

    private static final Set<String> OPENING = Set.of(
            "java.io.File",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.io.PrintWriter");

    private final JavaFile file;
    private final Types types;
    private final Shipping shipping;
    private final JavaLayout layout;
    private final List<Hazard> hazards = new ArrayList<>();
    private final List<VariableSetting> settings = new ArrayList<>();

    ChildProcessFinder(Types types, Shipping shipping) {
        this.file = types.file();
        this.types = types;
        this.shipping = shipping;
        this.layout = new JavaLayout(file);
    }

    /** Looks through the file; what is found is in {@link #hazards} and {@link #settings}. */
    ChildProcessFinder find() {
        for (MethodCallExpr call : file.unit().findAll(MethodCallExpr.class)) {
            if (CHANGING.contains(call.getNameAsString())) {
                change(call);
            } else if (call.getNameAsString().equals("setProperty")) {
                property(call);
            }
        }
        for (Node type : file.unit().findAll(TypeDeclaration.class)) {
            for (BodyDeclaration<?> member : JavaFile.members(type)) {
                if (!(member instanceof TypeDeclaration<?>)) {
                    for (ChildProcess child : ChildProcess.of(member, types)) {
                        drained(child, member);
                        environment(child);
                        paths(child, member);
                    }
                }
            }
        }
        return this;
    }

    List<Hazard> hazards() {
        return hazards;
    }

    /** Returns what the code puts into the environments of processes that it starts. */
    List<VariableSetting> settings() {
        return settings;
    }

    /** Looks at a change of some map: that of the process itself can't be changed, that of a child can. */
    private void change(MethodCallExpr call) {
        Expression map = call.getScope().map(this::origin).orElse(null);
        if (!(map instanceof MethodCallExpr source) || !source.getArguments().isEmpty()) {
            return;
        }
        String owner = types.receiver(source);
        if (source.getNameAsString().equals("getenv") && "java.lang.System".equals(owner)) {
            hazards.add(new Hazard(
                    Hazard.Kind.ENVIRONMENT,
                    Consequence.FAILS,
                    file.range(call.getName()),
                    "System.getenv",
                    "",
                    call.getNameAsString(),
                    List.of(),
                    onBuilder(call, source)));
        } else if (source.getNameAsString().equals("environment") && ChildProcess.BUILDER.equals(owner)) {
            setting(call);
        }
    }

    /** Returns the expression that a local variable stands for. */
    private Expression origin(Expression expression) {
        if (expression instanceof NameExpr name) {
            return types.variable(name.getNameAsString(), name)
                    .filter(variable -> !variable.isField())
                    .map(Variable::declaration)
                    .filter(VariableDeclarator.class::isInstance)
                    .flatMap(declaration -> ((VariableDeclarator) declaration).getInitializer())
                    .orElse(expression);
        }
        return expression;
    }

    private void setting(MethodCallExpr call) {
        boolean sets =
                call.getNameAsString().equals("put") || call.getNameAsString().equals("putIfAbsent");
        if (sets && call.getArguments().size() == 2 && call.getArgument(0) instanceof StringLiteralExpr name) {
            Optional<String> value = call.getArgument(1) instanceof StringLiteralExpr text
                    ? Optional.of(text.asString())
                    : Optional.empty();
            settings.add(new VariableSetting(
                    name.asString(),
                    inside(name),
                    value,
                    value.isPresent() ? inside(call.getArgument(1)) : file.range(call.getArgument(1))));
        }
    }

    /** Returns the range of a literal without its quotes. */
    private TextRange inside(Expression literal) {
        TextRange range = file.range(literal);
        return new TextRange(range.start() + 1, Math.max(range.start() + 1, range.end() - 1));
    }

    /** Returns the fix that changes the environment of the one process builder in sight. */
    private List<Fix> onBuilder(MethodCallExpr call, MethodCallExpr getenv) {
        Optional<BodyDeclaration<?>> member = JavaFile.member(call);
        if (member.isEmpty() || !JavaFile.isSame(call.getScope().orElse(null), getenv)) {
            return List.of();
        }
        List<ChildProcess> children = ChildProcess.of(member.get(), types).stream()
                .filter(child -> child.variable() != null)
                .toList();
        if (children.size() != 1 || ChildProcess.of(member.get(), types).size() != 1) {
            return List.of();
        }
        VariableDeclarator builder = children.get(0).variable();
        boolean ready = builder != null
                && file.range(builder).end() < file.range(call).start()
                && children.get(0).calls("start").stream()
                        .allMatch(start ->
                                file.range(start).start() > file.range(call).start());
        return ready && builder != null
                ? Fix.ifAny(
                        "Set it for the child",
                        Applicability.UNSAFE,
                        List.of(TextEdit.replace(file.range(getenv), builder.getNameAsString() + ".environment()")))
                : List.of();
    }

    private void property(MethodCallExpr call) {
        if (call.getArguments().size() == 2
                && "java.lang.System".equals(types.receiver(call))
                && call.getArgument(0) instanceof StringLiteralExpr name
                && shipping.isReadAtStart(name.asString())
                && !isReadBack(name.asString())) {
            hazards.add(new Hazard(
                    Hazard.Kind.LATE_PROPERTY,
                    Consequence.MISBEHAVES,
                    file.range(name),
                    name.asString(),
                    "",
                    "System.setProperty",
                    List.of(),
                    List.of()));
        }
    }

    /** Tells whether the file asks for the property itself, or makes the virtual machine read it again. */
    private boolean isReadBack(String property) {
        return file.source().text().contains("sys_paths")
                || file.unit().findAll(MethodCallExpr.class).stream()
                        .anyMatch(call -> call.getNameAsString().equals("getProperty")
                                && call.getArguments().stream()
                                        .anyMatch(argument -> argument instanceof StringLiteralExpr text
                                                && text.asString().equals(property)));
    }

    private void drained(ChildProcess child, BodyDeclaration<?> member) {
        if (!child.known()
                || child.has("redirectOutput")
                || child.has("inheritIO")
                || child.program().filter(QUIET::contains).isPresent()) {
            return;
        }
        List<MethodCallExpr> starts =
                child.made() instanceof MethodCallExpr exec ? List.of(exec) : child.calls("start");
        for (MethodCallExpr start : starts) {
            Node holder = start.getParentNode().orElse(null);
            if (holder instanceof MethodCallExpr call && isWait(call)) {
                undrained(call, child, start, true);
            } else if (holder instanceof VariableDeclarator process) {
                waited(process, member)
                        .ifPresent(wait -> undrained(wait, child, start, !isReadBehind(process, wait, member)));
            }
        }
    }

    private static boolean isWait(MethodCallExpr call) {
        return call.getNameAsString().equals("waitFor") && call.getArguments().isEmpty();
    }

    /** Returns the call that waits for a process of which nothing was read before. */
    private Optional<MethodCallExpr> waited(VariableDeclarator process, BodyDeclaration<?> member) {
        MethodCallExpr wait = null;
        for (NameExpr use : member.findAll(NameExpr.class, name -> ChildProcess.isNamed(name, process))) {
            Node parent = use.getParentNode().orElse(null);
            boolean idle = parent instanceof MethodCallExpr call
                    && call.getScope()
                            .filter(scope -> JavaFile.isSame(scope, use))
                            .isPresent()
                    && IDLE.contains(call.getNameAsString());
            if (JavaFile.ancestor(use, LambdaExpr.class)
                    .filter(lambda -> JavaFile.isWithin(lambda, member) && !JavaFile.isWithin(process, lambda))
                    .isPresent()) {
                return Optional.empty(); // Perhaps another thread reads.
            }
            if (wait == null && !idle) {
                return Optional.empty();
            }
            if (wait == null && parent instanceof MethodCallExpr call && isWait(call)) {
                wait = call;
            }
        }
        return Optional.ofNullable(wait);
    }

    private boolean isReadBehind(VariableDeclarator process, MethodCallExpr wait, BodyDeclaration<?> member) {
        return member.findAll(NameExpr.class, name -> ChildProcess.isNamed(name, process)).stream()
                .anyMatch(use -> file.range(use).start() > file.range(wait).end());
    }

    private void undrained(MethodCallExpr wait, ChildProcess child, MethodCallExpr start, boolean nobodyReads) {
        List<Fix> fixes = new ArrayList<>();
        if (nobodyReads && child.made() instanceof ObjectCreationExpr) {
            int at = file.range(start).start() + scopeLength(start);
            // Unsafe: it shows what was not shown before, or throws away what somebody may want.
            fixes.add(new Fix(
                    "Let the child write where this program writes",
                    Applicability.UNSAFE,
                    List.of(TextEdit.insert(at, ".inheritIO()"))));
            fixes.add(new Fix(
                    "Discard what the child writes",
                    Applicability.UNSAFE,
                    List.of(TextEdit.insert(
                            at, ".redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)"))));
        }
        hazards.add(new Hazard(
                Hazard.Kind.UNDRAINED_OUTPUT,
                Consequence.MISBEHAVES,
                file.range(wait.getName()),
                "waitFor",
                "",
                "",
                List.of(new Related(file.range(start.getName()), "Started here, with its output in a pipe")),
                fixes));
    }

    private int scopeLength(MethodCallExpr call) {
        return call.getScope().map(scope -> file.range(scope).length()).orElse(0);
    }

    /** States what is put into the environment of a builder that has started its process. */
    private void environment(ChildProcess child) {
        List<MethodCallExpr> starts = child.calls("start");
        if (!child.known() || starts.isEmpty()) {
            return;
        }
        int lastStart =
                starts.stream().mapToInt(start -> file.range(start).end()).max().orElse(0);
        for (MethodCallExpr environment : child.calls("environment")) {
            if (environment.getParentNode().orElse(null) instanceof MethodCallExpr change
                    && CHANGING.contains(change.getNameAsString())) {
                if (file.range(environment).start() > lastStart
                        && starts.stream().noneMatch(start -> shareLoop(start, change))) {
                    late(change, starts.get(starts.size() - 1));
                } else {
                    searchPath(child, change);
                }
            }
        }
    }

    private void late(MethodCallExpr change, MethodCallExpr start) {
        hazards.add(new Hazard(
                Hazard.Kind.ENVIRONMENT,
                Consequence.MISBEHAVES,
                file.range(change.getName()),
                "",
                "",
                change.getNameAsString(),
                List.of(new Related(file.range(start.getName()), "The child is started here")),
                earlier(change, start)));
    }

    /** Returns the fix that moves a change of the environment in front of the start. */
    private List<Fix> earlier(MethodCallExpr change, MethodCallExpr start) {
        Optional<Statement> moved = JavaLayout.statement(change);
        Optional<Statement> before = JavaLayout.statement(start);
        boolean plain = moved.isPresent()
                && before.isPresent()
                && moved.get() instanceof ExpressionStmt statement
                && JavaFile.isSame(statement.getExpression(), change)
                && JavaFile.isSame(
                        moved.get().getParentNode().orElse(null),
                        before.get().getParentNode().orElse(null))
                && change.getArguments().stream().allMatch(Expression::isLiteralExpr);
        if (!plain) {
            return List.of();
        }
        TextRange line = layout.wholeLines(file.range(moved.get()));
        return Fix.ifAny(
                "Set it before the start",
                Applicability.UNSAFE,
                List.of(layout.before(before.get(), file.text(moved.get())), TextEdit.delete(line)));
    }

    private static boolean shareLoop(Node one, Node other) {
        for (Node at = one; at != null; at = at.getParentNode().orElse(null)) {
            boolean loop = at instanceof ForStmt
                    || at instanceof ForEachStmt
                    || at instanceof WhileStmt
                    || at instanceof DoStmt
                    || at instanceof LambdaExpr;
            if (loop && JavaFile.isWithin(other, at)) {
                return true;
            }
        }
        return false;
    }

    /** The program itself is looked for in the folders of the parent's PATH. */
    private void searchPath(ChildProcess child, MethodCallExpr change) {
        boolean bare = child.program()
                .filter(program -> !program.contains("/") && !program.contains("\\"))
                .isPresent();
        if (bare
                && change.getNameAsString().equals("put")
                && change.getArguments().size() == 2
                && change.getArgument(0) instanceof StringLiteralExpr name
                && name.asString().equals("PATH")) {
            hazards.add(new Hazard(
                    Hazard.Kind.ENVIRONMENT,
                    Consequence.MISBEHAVES,
                    file.range(name),
                    "PATH",
                    child.program().orElse(""),
                    change.getNameAsString(),
                    List.of(),
                    List.of()));
        }
    }

    /** States the relative paths that a child with another working folder is given, and that this process uses itself. */
    private void paths(ChildProcess child, BodyDeclaration<?> member) {
        boolean moves = child.calls("directory").stream()
                .anyMatch(call -> call.getArguments().size() == 1 && !isOwnFolder(call.getArgument(0)));
        if (!moves) {
            return;
        }
        for (Expression argument : child.command()) {
            if (argument instanceof StringLiteralExpr text && isRelative(text.asString())) {
                opened(text.asString(), member)
                        .filter(place -> !JavaFile.isWithin(place, child.made()))
                        .ifPresent(place -> path(argument, text.asString(), place, absolute(text)));
            } else if (argument instanceof MethodCallExpr call
                    && Set.of("toString", "getPath").contains(call.getNameAsString())
                    && call.getScope().orElse(null) instanceof NameExpr name) {
                relativeVariable(name)
                        .ifPresent(place -> path(argument, name.getNameAsString(), place, absolute(call, name)));
            }
        }
    }

    private void path(Expression argument, String name, Node place, List<Fix> fixes) {
        hazards.add(new Hazard(
                Hazard.Kind.RELATIVE_PATH,
                Consequence.MISBEHAVES,
                file.firstLine(argument),
                name,
                "",
                "",
                List.of(new Related(file.firstLine(place), "In this process it is another file")),
                fixes));
    }

    private static boolean isOwnFolder(Expression folder) {
        return folder instanceof NullLiteralExpr
                || (folder instanceof ObjectCreationExpr creation
                        && creation.getArguments().size() == 1
                        && creation.getArgument(0) instanceof StringLiteralExpr text
                        && (text.asString().equals(".") || text.asString().isEmpty()));
    }

    private static boolean isRelative(String path) {
        return !path.isEmpty() && !path.startsWith("/") && !path.startsWith("-") && !path.matches("[A-Za-z]:.*");
    }

    /** Returns where the code uses a path as a file of its own. */
    private Optional<Node> opened(String path, Node code) {
        return code.findAll(StringLiteralExpr.class, text -> text.asString().equals(path)).stream()
                .filter(text -> isPathOf(text.getParentNode().orElse(null), text))
                .map(Node.class::cast)
                .findFirst();
    }

    private boolean isPathOf(@Nullable Node parent, StringLiteralExpr text) {
        if (parent instanceof ObjectCreationExpr creation) {
            String type = types.of(creation);
            return creation.getArguments().size() <= 2
                    && type != null
                    && OPENING.contains(type)
                    && JavaFile.isSame(creation.getArgument(0), text)
                    && !isMadeAbsolute(creation);
        }
        if (parent instanceof MethodCallExpr call && call.getArguments().size() == 1) {
            String owner = types.receiver(call);
            boolean path = ("java.nio.file.Path".equals(owner)
                            && call.getNameAsString().equals("of"))
                    || ("java.nio.file.Paths".equals(owner)
                            && call.getNameAsString().equals("get"));
            return path && !isMadeAbsolute(call);
        }
        return false;
    }

    private static boolean isMadeAbsolute(Expression path) {
        return path.getParentNode().orElse(null) instanceof MethodCallExpr call
                && Set.of(
                                "toAbsolutePath",
                                "getAbsolutePath",
                                "getAbsoluteFile",
                                "toRealPath",
                                "getCanonicalFile",
                                "getCanonicalPath")
                        .contains(call.getNameAsString());
    }

    /** Returns where a variable gets a relative path. */
    private Optional<Node> relativeVariable(NameExpr name) {
        return types.variable(name.getNameAsString(), name)
                .filter(variable -> variable.kind() == Variable.Kind.LOCAL)
                .map(Variable::declaration)
                .filter(VariableDeclarator.class::isInstance)
                .flatMap(declaration -> ((VariableDeclarator) declaration).getInitializer())
                .filter(value -> value.findAll(StringLiteralExpr.class).size() == 1)
                .flatMap(value -> value.findFirst(StringLiteralExpr.class)
                        .filter(text -> isRelative(text.asString())
                                && JavaFile.isSame(text.getParentNode().orElse(null), value)
                                && isPathOf(value, text))
                        .map(Node.class::cast));
    }

    private List<Fix> absolute(StringLiteralExpr text) {
        List<TextEdit> edits = new ArrayList<>(layout.importOf("java.nio.file.Path"));
        edits.add(TextEdit.insert(file.range(text).start(), "Path.of("));
        edits.add(TextEdit.insert(file.range(text).end(), ").toAbsolutePath().toString()"));
        return Fix.ifAny("Make the path absolute", Applicability.UNSAFE, edits);
    }

    private List<Fix> absolute(MethodCallExpr call, NameExpr name) {
        String type = types.of(name);
        String replacement = "java.nio.file.Path".equals(type)
                ? ".toAbsolutePath().toString()"
                : "java.io.File".equals(type) ? ".getAbsolutePath()" : "";
        return replacement.isEmpty()
                ? List.of()
                : Fix.ifAny(
                        "Make the path absolute",
                        Applicability.UNSAFE,
                        List.of(TextEdit.replace(file.range(call), name.getNameAsString() + replacement)));
    }
}
