package io.github.spawnproof.java;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Java file and its tree, with offsets into its text in place of lines and columns. */
final class JavaFile {

    private final SourceText source;
    private final JavaTree tree;

    JavaFile(SourceText source, JavaTree tree) {
        this.source = source;
        this.tree = tree;
    }

    /** Reads a file, whatever its text. */
    static JavaFile read(DocumentSnapshot snapshot, CancelToken cancel) {
        return new JavaFile(snapshot.source(), JavaReader.read(snapshot.source().text(), cancel));
    }

    SourceText source() {
        return source;
    }

    CompilationUnit unit() {
        return tree.unit();
    }

    /** Returns the comments of all three kinds, in order. */
    List<TextRange> comments() {
        return tree.comments();
    }

    /** Returns the offset of the first thing that is no comment. */
    int firstStatement() {
        return tree.firstStatement();
    }

    /** Returns the name of the package; empty for the unnamed one. */
    String packageName() {
        return tree.unit()
                .getPackageDeclaration()
                .map(declaration -> declaration.getNameAsString())
                .orElse("");
    }

    /** Returns where a node stands in the text; of what was added to repair the text, the end of it. */
    TextRange range(Node node) {
        TextRange range = tree.range(node);
        int start = Math.min(range.start(), source.length());
        return new TextRange(start, Math.max(start, Math.min(range.end(), source.length())));
    }

    /** Returns the part of a node that is on its first line. */
    TextRange firstLine(Node node) {
        TextRange range = range(node);
        int end = Math.min(range.end(), source.lineEnd(range.start()));
        while (end > range.start() && Character.isWhitespace(source.text().charAt(end - 1))) {
            end--;
        }
        return new TextRange(range.start(), end);
    }

    /** Returns what a node says in the text. */
    String text(Node node) {
        return source.slice(range(node));
    }

    /** Returns the canonical name of a class that is declared here; local classes have one that no code can write. */
    String nameOf(TypeDeclaration<?> type) {
        String simple = type.getNameAsString();
        Optional<Node> outer = enclosingBody(type);
        if (outer.isEmpty()) {
            return packageName().isEmpty() ? simple : packageName() + "." + simple;
        }
        return outer.get() instanceof TypeDeclaration<?> member && isMember(type)
                ? nameOf(member) + "." + simple
                : "<local>." + simple + "@" + range(type).start();
    }

    private static boolean isMember(TypeDeclaration<?> type) {
        return type.getParentNode().filter(TypeDeclaration.class::isInstance).isPresent();
    }

    /** Returns the nearest class around a node: a {@link TypeDeclaration}, or the creation of an anonymous class. */
    static Optional<Node> enclosingBody(Node node) {
        Node child = node;
        for (Node at = node.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            if (at instanceof TypeDeclaration<?>
                    || (at instanceof ObjectCreationExpr && child instanceof BodyDeclaration<?>)) {
                return Optional.of(at);
            }
            child = at;
        }
        return Optional.empty();
    }

    /** Tells whether two are the very same node: {@code equals} compares what they say. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(@Nullable Node one, @Nullable Node other) {
        return one == other;
    }

    /** Returns the nearest node of a kind around a node. */
    static <T extends Node> Optional<T> ancestor(Node node, Class<T> kind) {
        for (Node at = node.getParentNode().orElse(null);
                at != null;
                at = at.getParentNode().orElse(null)) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
        }
        return Optional.empty();
    }

    /** Returns the method, constructor, initialiser or field whose code a node is in; empty outside of classes. */
    static Optional<BodyDeclaration<?>> member(Node node) {
        for (Node at = node; at != null; at = at.getParentNode().orElse(null)) {
            if (at instanceof BodyDeclaration<?> member) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** Tells whether a node is another, or in it. */
    static boolean isWithin(Node node, Node outer) {
        for (Node at = node; at != null; at = at.getParentNode().orElse(null)) {
            if (isSame(at, outer)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the members of a class. */
    static List<BodyDeclaration<?>> members(Node body) {
        if (body instanceof TypeDeclaration<?> type) {
            return List.copyOf(type.getMembers());
        }
        return body instanceof ObjectCreationExpr creation
                ? creation.getAnonymousClassBody()
                        .map(List::<BodyDeclaration<?>>copyOf)
                        .orElse(List.of())
                : List.of();
    }
}
