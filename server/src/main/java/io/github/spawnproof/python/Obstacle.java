package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.source.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * Why a value does not get to another process.
 *
 * @param kind which rule it breaks
 * @param range the last place that hands the culprit on
 * @param what the culprit in words ({@code an open file}), or its name where that is the fault
 * @param attribute the attribute that holds it; empty if the value is the culprit itself
 * @param culprit the expression that is to be changed, where it is handed on
 * @param value what it evaluates to
 * @param madeAt where the culprit was made or defined; null if that is the range itself or not in sight
 * @param madeAs what was made there, in words
 */
record Obstacle(
        Crossing.Kind kind,
        TextRange range,
        String what,
        String attribute,
        Site culprit,
        Value value,
        @Nullable TextRange madeAt,
        String madeAs) {

    Obstacle at(TextRange place, Site site, @Nullable TextRange made, String as) {
        return new Obstacle(kind, place, what, attribute, site, value, made, as);
    }

    /** Returns the culprit in words, also where its name is the fault. */
    String inWords() {
        return kind == Crossing.Kind.SHADOWED ? "what its name does not lead to" : what;
    }

    /** Returns this obstacle as one in an attribute of the value. */
    Obstacle in(String holder) {
        return new Obstacle(kind, range, what, holder, culprit, value, madeAt, madeAs);
    }
}
