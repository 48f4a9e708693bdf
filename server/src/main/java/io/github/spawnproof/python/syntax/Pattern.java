package io.github.spawnproof.python.syntax;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pattern of a {@code case}; the kinds are those of CPython's {@code ast}. */
public sealed interface Pattern extends Node {

    /** A value that is compared with {@code ==}. */
    record MatchValue(int start, int end, Expression value) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code None}, {@code True} or {@code False}; the value is the keyword. */
    record MatchSingleton(int start, int end, String value) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** {@code [a, *b]} or {@code (a, b)} or {@code a, b}. */
    record MatchSequence(int start, int end, List<Pattern> patterns) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(patterns, action);
        }
    }

    /** <code>{key: pattern, **rest}</code>. */
    record MatchMapping(
            int start,
            int end,
            List<Expression> keys,
            List<Pattern> patterns,
            @Nullable String rest) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            for (int i = 0; i < keys.size(); i++) {
                action.accept(keys.get(i));
                action.accept(patterns.get(i));
            }
        }
    }

    /** {@code Type(pattern, name=pattern)}. */
    record MatchClass(
            int start,
            int end,
            Expression type,
            List<Pattern> patterns,
            List<String> keywordNames,
            List<Pattern> keywordPatterns)
            implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(type);
            Node.each(patterns, action);
            Node.each(keywordPatterns, action);
        }
    }

    /** {@code *name} in a sequence; the name is null for {@code *_}. */
    record MatchStar(int start, int end, @Nullable String name) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            // A leaf.
        }
    }

    /** {@code pattern as name}, a capture ({@code pattern} null) or the wildcard (both null). */
    record MatchAs(
            int start,
            int end,
            @Nullable Pattern pattern,
            @Nullable String name) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.one(pattern, action);
        }
    }

    /** {@code a | b}. */
    record MatchOr(int start, int end, List<Pattern> patterns) implements Pattern {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(patterns, action);
        }
    }
}
