package io.github.spawnproof.rule;

import io.github.spawnproof.boundary.VariableSetting;
import java.util.List;
import java.util.function.Consumer;

/** A rule about environment variables that a file sets for programs, whatever the file's form. */
public non-sealed interface EnvironmentRule extends Rule {

    /** States the faults of the settings. Reads nothing but its argument; never fails. */
    void check(List<VariableSetting> settings, Consumer<Fault> faults);
}
