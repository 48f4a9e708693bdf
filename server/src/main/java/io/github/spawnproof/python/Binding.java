package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * One place where a name gets a value.
 *
 * @param kind how it gets it
 * @param name the name
 * @param position offset of the text behind which the value is there
 * @param block the statements that run together with this one: from here to the end of the block the value is sure
 * @param loop the innermost loop around it; null if there is none
 * @param scope where {@code value} is evaluated
 * @param value the expression it comes from, for the kinds that have one
 * @param definition the function, class or import, for the kinds that have one
 * @param imported the qualified name, for an import
 * @param index which element, for {@link Kind#UNPACKED}; of each item, for {@link Kind#ITERATED}, or {@link #WHOLE}
 */
record Binding(
        Kind kind,
        String name,
        int position,
        TextRange block,
        @Nullable TextRange loop,
        Scope scope,
        @Nullable Expression value,
        @Nullable Statement definition,
        @Nullable String imported,
        int index) {

    /** The index that stands for the item itself, not for an element of it. */
    static final int WHOLE = -1;

    /** How a name gets a value. */
    enum Kind {
        IMPORT,
        FUNCTION,
        CLASS,
        /** Assigned the value of an expression. */
        ASSIGNED,
        /** Assigned one element of the value of an expression. */
        UNPACKED,
        /** Assigned each item of an iterable in turn. */
        ITERATED,
        /** Assigned what entering a context manager gives. */
        ENTERED,
        PARAMETER,
        /** Bound in a way that says nothing of the value. */
        OTHER
    }
}
