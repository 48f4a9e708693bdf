package io.github.spawnproof.workspace;

import io.github.spawnproof.workspace.LocalArtifacts.Coordinates;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A dependency as a build file states it.
 *
 * @param name its version is empty where something else says it
 * @param type {@code jar} if nothing is said
 * @param scope empty if nothing is said, which means {@code compile}
 * @param exclusions of what it brings along: {@code group:artifact}, each of which may be {@code *}
 */
record Dependency(Coordinates name, String type, String scope, boolean isOptional, List<String> exclusions) {

    private static final Set<String> NOT_PASSED_ON = Set.of("test", "provided", "system", "import");

    Dependency {
        exclusions = List.copyOf(exclusions);
    }

    /** Returns a dependency on a jar, with all that it brings along. */
    static Dependency of(String group, String artifact, String version) {
        return new Dependency(new Coordinates(group, artifact, version, ""), "jar", "", false, List.of());
    }

    /** Reads {@code <dependency>}. */
    static Dependency read(XmlElement element) {
        String type = element.textOf("type");
        return new Dependency(
                new Coordinates(
                        element.textOf("groupId"),
                        element.textOf("artifactId"),
                        element.textOf("version"),
                        element.textOf("classifier")),
                type.isEmpty() ? "jar" : type,
                element.textOf("scope"),
                element.textOf("optional").equals("true"),
                element.all("exclusions", "exclusion").stream()
                        .map(excluded -> excluded.textOf("groupId") + ':' + excluded.textOf("artifactId"))
                        .toList());
    }

    /** Returns what two statements about the same thing have in common. */
    String key() {
        return module() + ':' + type + ':' + name.classifier();
    }

    /** Returns {@code group:artifact}. */
    String module() {
        return name.group() + ':' + name.artifact();
    }

    /** Tells whether whoever depends on the one that states it has it too. */
    boolean isPassedOn() {
        return !isOptional && !NOT_PASSED_ON.contains(scope);
    }

    boolean isExcludedBy(Set<String> patterns) {
        return patterns.contains(module())
                || patterns.contains(name.group() + ":*")
                || patterns.contains("*:" + name.artifact())
                || patterns.contains("*:*");
    }

    Dependency with(String version) {
        return new Dependency(
                new Coordinates(name.group(), name.artifact(), version, name.classifier()),
                type,
                scope,
                isOptional,
                exclusions);
    }

    Dependency map(UnaryOperator<String> text) {
        return new Dependency(
                new Coordinates(
                        text.apply(name.group()),
                        text.apply(name.artifact()),
                        text.apply(name.version()),
                        text.apply(name.classifier())),
                text.apply(type),
                text.apply(scope),
                isOptional,
                exclusions.stream().map(text).toList());
    }
}
