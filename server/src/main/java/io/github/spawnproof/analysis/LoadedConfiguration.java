package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.FileReference;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.python.PythonFrontEnd;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.yaml.YamlFile;
import io.github.spawnproof.yaml.YamlFrontEnd;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings together the paths that Python code hands to Jina and the YAML files there, in both directions: what is the
 * matter in the file belongs to what is the matter with the path, and who loads a file is asked about it first.
 */
final class LoadedConfiguration {

    private static final Set<Problem> PATHS = EnumSet.of(Problem.RELATIVE, Problem.RELATIVE_IN_CHILD);
    /** Places to name in one file: they are an explanation, and the file has findings of its own. */
    private static final int MAX_PLACES = 3;

    private final PythonFrontEnd python;
    private final YamlFrontEnd yaml;
    private final Surroundings surroundings;
    private final CancelToken cancel;

    LoadedConfiguration(PythonFrontEnd python, YamlFrontEnd yaml, Surroundings surroundings, CancelToken cancel) {
        this.python = python;
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

    /** Returns the file with the places in Python code that load it. */
    YamlFile follow(YamlFile file, String uri) {
        if (file.libraryArguments().isEmpty()) {
            return file;
        }
        List<Related> loaders = loaders(uri);
        return loaders.isEmpty()
                ? file
                : file.with(file.libraryArguments().stream()
                        .map(argument -> argument.and(loaders))
                        .toList());
    }

    private List<Related> loaders(String uri) {
        String name = uri.substring(uri.lastIndexOf('/') + 1);
        List<Related> loaders = new ArrayList<>();
        for (DocumentSnapshot program : surroundings.programsWith(name)) {
            cancel.check();
            String folder = program.uri().substring(0, program.uri().lastIndexOf('/') + 1);
            for (FileReference reference :
                    python.read(program, Surroundings.UNKNOWN, cancel).files()) {
                // A relative path starts where the program is started: mostly in its own folder, or in the root.
                boolean fromFolder = URI.create(folder + reference.path())
                        .normalize()
                        .toString()
                        .equals(uri);
                boolean fromRoot = reference.path().equals(surroundings.folder() + name);
                if ((fromFolder || fromRoot) && loaders.size() < MAX_PLACES) {
                    loaders.add(new Related(reference.range(), "this loads the file", program));
                }
            }
        }
        return loaders;
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
