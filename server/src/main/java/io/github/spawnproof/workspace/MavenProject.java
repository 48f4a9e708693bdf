package io.github.spawnproof.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a {@code pom.xml} says of its dependencies, with all that its parents say.
 *
 * @param module {@code group:artifact}
 * @param parents the files of the parents, the nearest first
 * @param managed the dependencies that are only to be used when something asks for them, by {@link Dependency#key}
 * @param dependencies with the versions that are managed
 * @param modules the folders that it lists as its modules
 */
record MavenProject(
        String module,
        List<Path> parents,
        Map<String, Dependency> managed,
        List<Dependency> dependencies,
        List<String> modules) {

    MavenProject {
        parents = List.copyOf(parents);
        managed = Map.copyOf(managed);
        dependencies = List.copyOf(dependencies);
        modules = List.copyOf(modules);
    }
}
