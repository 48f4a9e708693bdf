package io.github.spawnproof.rule;

import io.github.spawnproof.java.JavaUnit;
import java.util.function.Consumer;

/** A rule about Java code. */
public non-sealed interface JavaRule extends Rule {

    /** States the faults of the file. Reads nothing but its argument; never fails. */
    void check(JavaUnit unit, Consumer<Fault> faults);
}
