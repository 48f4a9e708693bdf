package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a variable stands for at a place.
 *
 * @param declaration the node that declares it; null if it is inherited from a class of another file
 * @param body the class whose field it is, as it is seen from the place: a type declaration or an anonymous class; null if
 *     it is no field
 * @param type its erasure; null if it is not known
 */
record Variable(
        Kind kind,
        String name,
        @Nullable Node declaration,
        @Nullable Node body,
        @Nullable String type,
        boolean isStatic) {

    enum Kind {
        LOCAL,
        PARAMETER,
        FIELD
    }

    boolean isField() {
        return kind == Kind.FIELD;
    }
}
