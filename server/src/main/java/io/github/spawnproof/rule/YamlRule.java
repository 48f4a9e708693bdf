package io.github.spawnproof.rule;

import io.github.spawnproof.yaml.YamlFile;
import java.util.function.Consumer;

/** A rule about YAML files. */
public non-sealed interface YamlRule extends Rule {

    /** States the faults of the file. Reads nothing but its argument; never fails. */
    void check(YamlFile file, Consumer<Fault> faults);

    /** Tells whether the rule's page is worth reading for somebody who looks at a key of Jina's configuration. */
    default boolean concernsKey(String name) {
        return false;
    }
}
