package io.github.spawnproof.rule;

import java.util.Locale;
import java.util.regex.Pattern;

/** A pitfall we know. Stateless; found by {@code ServiceLoader}. */
public sealed interface Rule permits PythonRule, JavaRule, YamlRule, EnvironmentRule, InputRule {

    /** Returns the stable id: the class name in kebab-case. */
    default String id() {
        return Ids.kebab(getClass().getSimpleName());
    }

    /** Tells whether the rule's page is worth reading for somebody who looks at the name of an environment variable. */
    default boolean concernsVariable(String name) {
        return false;
    }

    /** Rule ids and the class names they come from. */
    final class Ids {
        private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

        private Ids() {}

        static String kebab(String className) {
            return HUMP.matcher(className).replaceAll("-").toLowerCase(Locale.ROOT);
        }
    }
}
