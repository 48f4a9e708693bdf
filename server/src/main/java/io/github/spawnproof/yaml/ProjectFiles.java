package io.github.spawnproof.yaml;

import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.Spelling;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a YAML file may conclude from the files around it.
 *
 * <p>Jina looks for a file beside the YAML, beside every program on the call stack, on {@code PATH} and in the working
 * directory. So one is missing for certain only if no folder of the project has it.
 */
final class ProjectFiles {

    private static final String INIT = "__init__.py";
    private static final Set<String> YAML_ENDINGS = Set.of(".yml", ".yaml");

    private final Surroundings surroundings;
    private Optional<List<String>> files = Optional.empty();
    private boolean asked;

    ProjectFiles(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private Optional<List<String>> files() {
        if (!asked) {
            files = surroundings.files();
            asked = true;
        }
        return files;
    }

    /** Tells whether no folder of the project has the file, absolute paths excepted: those may be of another machine. */
    boolean lacks(String path) {
        String wanted = normal(path);
        return !wanted.isEmpty()
                && files().isPresent()
                && files().get().stream().noneMatch(file -> endsWith(file, wanted));
    }

    /** Tells whether the file is there by its path from the YAML file's folder, or from one above. */
    boolean isNear(String path) {
        if (files().isEmpty()) {
            return false;
        }
        Set<String> all = new HashSet<>(files().get());
        String folder = surroundings.folder();
        while (true) {
            if (all.contains(resolve(folder, path))) {
                return true;
            } else if (folder.isEmpty()) {
                return false;
            }
            folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
        }
    }

    /**
     * Returns the path, from the YAML file's folder, of a file that is called nearly the same: one part of the path
     * differs, by little.
     */
    Optional<String> similar(String path) {
        String folder = surroundings.folder();
        return files().orElse(List.of()).stream()
                .filter(file -> file.startsWith(folder))
                .map(file -> file.substring(folder.length()))
                .filter(file -> isSimilar(resolve("", path).split("/", -1), file.split("/", -1)))
                .findFirst();
    }

    private static boolean isSimilar(String[] wanted, String[] there) {
        if (wanted.length != there.length) {
            return false;
        }
        int differing = Arrays.mismatch(wanted, there);
        if (differing < 0 || Arrays.mismatch(rest(wanted, differing), rest(there, differing)) >= 0) {
            return false;
        }
        String[] one = stemAndEnding(wanted[differing]);
        String[] other = stemAndEnding(there[differing]);
        boolean bothYaml = YAML_ENDINGS.contains(one[1]) && YAML_ENDINGS.contains(other[1]);
        return (one[1].equals(other[1]) || bothYaml)
                && Spelling.nearest(one[0], List.of(other[0])).isPresent();
    }

    private static String[] rest(String[] parts, int index) {
        return Arrays.copyOfRange(parts, index + 1, parts.length);
    }

    private static String[] stemAndEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? new String[] {name, ""} : new String[] {name.substring(0, dot), name.substring(dot)};
    }

    /**
     * Tells whether a module's folder may be on {@code sys.path}, so that children can import the module: if it holds
     * another Python file, which may be the program that is started, or lies above the YAML file, since then somebody
     * works from there.
     *
     * @param modules the paths of all modules that the YAML file names
     */
    boolean mayBeOnPath(String module, List<String> modules) {
        String wanted = normal(module);
        if (wanted.endsWith(INIT)) {
            return false; // It is imported as user_module, which no folder has.
        }
        if (!wanted.contains("/") && isAbove(wanted)) {
            return true;
        }
        Set<String> others = new HashSet<>();
        modules.forEach(other -> others.add(name(normal(other))));
        return files().orElse(List.of()).stream()
                .filter(file -> endsWith(file, wanted))
                .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
                .anyMatch(folder -> files().orElse(List.of()).stream()
                        .filter(file -> file.endsWith(".py") && file.lastIndexOf('/') + 1 == folder.length())
                        .filter(file -> file.startsWith(folder))
                        .map(ProjectFiles::name)
                        .anyMatch(name -> !name.equals(INIT) && !others.contains(name)));
    }

    private boolean isAbove(String name) {
        String own = surroundings.folder();
        return files().orElse(List.of()).stream()
                .filter(file -> name(file).equals(name))
                .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
                .anyMatch(folder -> own.startsWith(folder) && own.length() > folder.length());
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean endsWith(String file, String path) {
        return file.endsWith(path)
                && (file.length() == path.length() || file.charAt(file.length() - path.length() - 1) == '/');
    }

    /** Returns the part of a path that has to be at the end of the file's: no {@code ./} and {@code ../}. */
    private static String normal(String path) {
        String slashed = path.strip().replace('\\', '/');
        String resolved = resolve("", slashed);
        while (resolved.startsWith("../")) {
            resolved = resolved.substring(3);
        }
        return resolved.startsWith("/") ? resolved.substring(1) : resolved;
    }

    private static String resolve(String folder, String path) {
        ArrayDeque<String> parts = new ArrayDeque<>();
        for (String part : (folder + path.strip().replace('\\', '/')).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
