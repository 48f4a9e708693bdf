package io.github.spawnproof.java;

import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where edits of Java code go, in the style of the code around them. */
final class JavaLayout {

    private static final String INDENT = "    ";

    private final JavaFile file;
    private final SourceText source;

    JavaLayout(JavaFile file) {
        this.file = file;
        this.source = file.source();
    }

    /** Returns the statement of a block that a node is in; empty if it is in none. */
    static Optional<Statement> statement(Node node) {
        for (Node at = node; at != null; at = at.getParentNode().orElse(null)) {
            Node parent = at.getParentNode().orElse(null);
            if (at instanceof Statement statement && (parent instanceof BlockStmt || parent instanceof SwitchEntry)) {
                // Nothing can come before the call of another constructor.
                return statement instanceof ExplicitConstructorInvocationStmt
                        ? Optional.empty()
                        : Optional.of(statement);
            } else if (at instanceof BodyDeclaration<?>) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns the edit that puts a statement in front of another. */
    TextEdit before(Statement statement, String text) {
        int start = file.range(statement).start();
        String indentation = source.indentation(start);
        boolean first = source.lineStart(start) + indentation.length() == start;
        return TextEdit.insert(start, text + (first ? source.lineSeparator() + indentation : " "));
    }

    /** Returns the range with its line end and indentation, if nothing else is on its lines. */
    TextRange wholeLines(TextRange range) {
        int start = source.lineStart(range.start());
        int end = source.nextLineStart(range.end() - 1);
        boolean alone = source.text().substring(start, range.start()).isBlank()
                && source.text().substring(range.end(), end).isBlank();
        return alone ? new TextRange(start, end) : range;
    }

    static boolean isWithin(TextEdit edit, TextRange range) {
        return range.contains(edit.range()) && !edit.range().equals(range);
    }

    /** Returns one step of the indentation that the file uses. */
    String step() {
        for (TypeDeclaration<?> type : file.unit().getTypes()) {
            for (BodyDeclaration<?> member : type.getMembers()) {
                String indentation = source.indentation(file.range(member).start());
                if (!indentation.isEmpty()) {
                    return indentation;
                }
            }
        }
        return INDENT;
    }

    /** Returns where a member starts: at its documentation comment, if it has one directly above it. */
    int memberStart(Node member) {
        int start = file.range(member).start();
        int line = commentStart(source.lineStart(start));
        return line == source.lineStart(start)
                ? start
                : line + source.indentation(line).length();
    }

    /**
     * Returns the name of a new local variable in the code around a statement, that wished for if it does not get in the
     * way: no other local of that name, and nobody assigns the field behind the statement without saying whose.
     */
    static String freeName(String wanted, Statement statement, JavaFile file) {
        Node code = statement;
        for (Node at = statement; at != null; at = at.getParentNode().orElse(null)) {
            code = at;
            if (at instanceof CallableDeclaration<?> || at instanceof BodyDeclaration<?>) {
                break;
            }
        }
        int start = file.range(statement).start();
        boolean taken = code.findAll(VariableDeclarator.class).stream()
                        .anyMatch(local -> local.getNameAsString().equals(wanted))
                || code.findAll(Parameter.class).stream()
                        .anyMatch(parameter -> parameter.getNameAsString().equals(wanted))
                || code.findAll(NameExpr.class).stream()
                        .anyMatch(name -> name.getNameAsString().equals(wanted)
                                && file.range(name).start() > start
                                && isAssigned(name));
        return taken ? otherName(wanted) : wanted;
    }

    /** Returns the name of a local variable whose own name would get in the way. */
    static String otherName(String wanted) {
        return "local" + wanted.substring(0, 1).toUpperCase(Locale.ROOT) + wanted.substring(1);
    }

    private static boolean isAssigned(NameExpr name) {
        Node parent = name.getParentNode().orElse(null);
        return (parent instanceof AssignExpr assignment && JavaFile.isSame(assignment.getTarget(), name))
                || (parent instanceof UnaryExpr unary && unary.isPostfix())
                || (parent instanceof UnaryExpr prefix
                        && (prefix.getOperator() == UnaryExpr.Operator.PREFIX_INCREMENT
                                || prefix.getOperator() == UnaryExpr.Operator.PREFIX_DECREMENT));
    }

    /** Returns the edits that import a class, none if the file can name it already. */
    List<TextEdit> importOf(String name) {
        int dot = name.lastIndexOf('.');
        String owner = name.substring(0, dot);
        for (ImportDeclaration declaration : file.unit().getImports()) {
            String imported = declaration.getNameAsString();
            if (imported.equals(name) || (declaration.isAsterisk() && imported.equals(owner))) {
                return List.of();
            }
        }
        String line = "import " + name + ";" + source.lineSeparator();
        int at = 0;
        for (ImportDeclaration declaration : file.unit().getImports()) {
            TextRange range = file.range(declaration);
            if (!declaration.isStatic() && declaration.getNameAsString().compareTo(name) > 0) {
                return List.of(TextEdit.insert(range.start(), line));
            }
            at = source.nextLineStart(range.end() - 1);
        }
        if (at > 0) {
            return List.of(TextEdit.insert(at, line));
        }
        Optional<Integer> afterPackage = file.unit()
                .getPackageDeclaration()
                .map(declaration -> source.nextLineStart(file.range(declaration).end() - 1));
        if (afterPackage.isPresent()) {
            return List.of(TextEdit.insert(afterPackage.get(), source.lineSeparator() + line));
        }
        int first = file.unit().getTypes().isEmpty()
                ? 0
                : source.lineStart(file.range(file.unit().getType(0)).start());
        // The comment of the class stays with it; one about the file stays on top.
        return List.of(TextEdit.insert(commentStart(first), line + source.lineSeparator()));
    }

    /** Returns where the documentation comment directly above a line starts; the line itself if there is none. */
    private int commentStart(int lineStart) {
        String before = source.text().substring(0, lineStart).stripTrailing();
        if (!before.endsWith("*/")) {
            return lineStart;
        }
        int start = before.lastIndexOf("/*");
        return start < 0 ? lineStart : source.lineStart(start);
    }
}
