package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.python.PythonModule;
import java.util.function.Consumer;

/** A rule about Python code. */
public non-sealed interface PythonRule extends Rule {

    /** States the faults of the module. Reads nothing but its argument; never fails. */
    void check(PythonModule module, Consumer<Fault> faults);

    /** Tells whether the rule's page is worth reading for somebody who looks at a use of the library call. */
    default boolean concerns(Boundary boundary) {
        return false;
    }
}
