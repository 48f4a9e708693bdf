package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import org.jspecify.annotations.Nullable;

/**
 * A place in a closure that needs something from outside of it.
 *
 * @param node what names it
 * @param name what it is called in a message
 * @param variable the variable, if it is one
 * @param body the class whose object it takes along, if it does
 */
record Use(
        Kind kind,
        Node node,
        String name,
        @Nullable Variable variable,
        @Nullable Node body) {

    enum Kind {
        /** A field of the object around. */
        FIELD,
        /** A method of it. */
        METHOD,
        /** The object itself, or what is made in it. */
        OBJECT,
        /** A local variable or parameter of the code around. */
        LOCAL,
        /** A static field that is not final. */
        STATIC
    }

    boolean takesObject() {
        return kind == Kind.FIELD || kind == Kind.METHOD || kind == Kind.OBJECT;
    }
}
