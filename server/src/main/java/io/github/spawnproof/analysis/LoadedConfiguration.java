package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.yaml.YamlFrontEnd;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the relative paths that Python code hands to Jina into the YAML files there: what is the matter in those belongs
 * to what is the matter with the path.
 */
final class LoadedConfiguration {

    private static final Set<Problem> PATHS = EnumSet.of(Problem.RELATIVE, Problem.RELATIVE_IN_CHILD);
    /** Places to name in one file: they are an explanation, and the file has findings of its own. */
    private static final int MAX_PLACES = 3;

    private final YamlFrontEnd yaml;
    private final Surroundings surroundings;
    private final CancelToken cancel;

    LoadedConfiguration(YamlFrontEnd yaml, Surroundings surroundings, CancelToken cancel) {
        this.yaml = yaml;
        this.surroundings = surroundings;
        this.cancel = cancel;
    }

    /** Returns the module with the places in loaded files that its arguments lead to. */
    PythonModule follow(PythonModule module) {
        List<LibraryArgument> followed = new ArrayList<>();
        for (LibraryArgument argument : module.libraryArguments()) {
            followed.add(PATHS.contains(argument.problem()) ? argument.and(places(argument.words())) : argument);
        }
        return followed.equals(module.libraryArguments()) ? module : module.with(followed);
    }

    private List<Related> places(String path) {
        Optional<DocumentSnapshot> loaded = path.isEmpty() ? Optional.empty() : surroundings.configuration(path);
        if (loaded.isEmpty()) {
            return List.of();
        }
        return yaml.read(loaded.get(), cancel).libraryArguments().stream()
                .limit(MAX_PLACES)
                .map(argument -> new Related(argument.range(), message(argument), loaded.get()))
                .toList();
    }

    private static String message(LibraryArgument argument) {
        return switch (argument.problem()) {
            case UNIMPORTABLE -> "the file that it loads has a module that no spawned child can import";
            case PYTHON_FILE -> "the file that it loads has a Python file in `%s`".formatted(argument.parameter());
            default -> "the file that it loads has a relative path in `%s` too".formatted(argument.parameter());
        };
    }
}
