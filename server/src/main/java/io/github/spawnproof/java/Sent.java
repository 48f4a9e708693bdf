package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import org.jspecify.annotations.Nullable;

/**
 * That something leaves the process, or is made to.
 *
 * @param api the call that sends it; empty if the file has none, and only its type says what it is for
 * @param place the argument that is sent; null without a call
 * @param type what it is sent as; null if that is not known
 * @param byJava whether Java serialisation is sure to be used, and the type need not say so
 */
record Sent(String api, @Nullable Node place, @Nullable String type, boolean byJava) {

    boolean isSeen() {
        return !api.isEmpty();
    }
}
