package io.github.spawnproof.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of the packages that a project's programs import: those of its virtual environment, as {@code site.py} of
 * CPython finds them. Files are read, nothing is run.
 */
final class PackageFolders {

    /** The file that makes a folder a virtual environment. */
    static final String CONFIGURATION = "pyvenv.cfg";

    /** Names that people give to the virtual environment of a project; any other folder with its file counts after them. */
    private static final List<String> USUAL = List.of(".venv", "venv", "env", ".env");

    private static final Pattern KEY = Pattern.compile("(?m)^\\s*([\\w-]+)\\s*=\\s*(.*?)\\s*$");

    /** What setuptools writes into the file that finds a package which was installed to be edited. */
    private static final Pattern MAPPING = Pattern.compile("(?m)^MAPPING(?::[^=]*)? = \\{([^}]*)}");

    private static final Pattern MAPPED = Pattern.compile("'([\\w.]+)'\\s*:\\s*'((?:[^'\\\\]|\\\\.)*)'");

    private PackageFolders() {}

    /**
     * Returns the folders of the environment in a project's folder, or else of the one that is active; absolute, in the
     * order in which they are searched.
     */
    static List<Path> of(Path root, Optional<Path> active) {
        return environment(root)
                .or(() -> active.filter(folder -> Files.isRegularFile(folder.resolve(CONFIGURATION))))
                .map(PackageFolders::ofEnvironment)
                .orElse(List.of());
    }

    private static Optional<Path> environment(Path root) {
        Optional<Path> usual = USUAL.stream()
                .map(root::resolve)
                .filter(folder -> Files.isRegularFile(folder.resolve(CONFIGURATION)))
                .findFirst();
        return usual.or(() -> children(root, "*").stream()
                .filter(folder -> Files.isRegularFile(folder.resolve(CONFIGURATION)))
                .findFirst());
    }

    private static List<Path> ofEnvironment(Path environment) {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path folder : sitePackages(environment)) {
            folders.add(folder);
            addNamed(folder, folders);
        }
        String configuration = text(environment.resolve(CONFIGURATION));
        if (value(configuration, "include-system-site-packages")
                .filter("true"::equals)
                .isPresent()) {
            value(configuration, "home")
                    .flatMap(PackageFolders::path)
                    .map(Path::getParent)
                    .ifPresent(system -> folders.addAll(sitePackages(system)));
        }
        return List.copyOf(folders);
    }

    private static Optional<String> value(String configuration, String key) {
        Matcher matcher = KEY.matcher(configuration);
        while (matcher.find()) {
            if (matcher.group(1).equals(key)) {
                return Optional.of(matcher.group(2));
            }
        }
        return Optional.empty();
    }

    private static List<Path> sitePackages(Path prefix) {
        Stream<Path> versions =
                Stream.of("lib", "lib64").flatMap(lib -> children(prefix.resolve(lib), "python3*").stream());
        return Stream.concat(
                        versions.flatMap(version ->
                                Stream.of(version.resolve("site-packages"), version.resolve("dist-packages"))),
                        Stream.of(
                                prefix.resolve("Lib").resolve("site-packages"),
                                prefix.resolve("lib/python3/dist-packages")))
                .filter(Files::isDirectory)
                .map(PackageFolders::real)
                .distinct()
                .toList();
    }

    /** Adds what {@code .pth} files name, and where the packages lie that were installed to be edited. */
    private static void addNamed(Path folder, Set<Path> folders) {
        for (Path file : children(folder, "*.pth")) {
            text(file)
                    .lines()
                    .map(String::strip)
                    // Lines that begin so are programs; what they do nobody knows without running them.
                    .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.matches("import\\s.*"))
                    .flatMap(line -> path(line).map(folder::resolve).stream())
                    .filter(Files::isDirectory)
                    .map(PackageFolders::real)
                    .forEach(folders::add);
        }
        for (Path file : children(folder, "__editable___*_finder.py")) {
            Matcher mapping = MAPPING.matcher(text(file));
            Matcher mapped = MAPPED.matcher(mapping.find() ? mapping.group(1) : "");
            while (mapped.find()) {
                String name = mapped.group(1);
                path(mapped.group(2).replace("\\\\", "\\"))
                        .filter(Path::isAbsolute)
                        .flatMap(place -> above(real(place), name))
                        .ifPresent(folders::add);
            }
        }
    }

    /** Returns the folder from which a package with a dotted name is imported, by the package's own. */
    private static Optional<Path> above(Path place, String name) {
        Path path = Path.of(name.replace('.', '/'));
        int names = place.getNameCount() - path.getNameCount();
        return place.endsWith(path) && names > 0
                ? Optional.of(place.getRoot().resolve(place.subpath(0, names)))
                : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty(); // No folder has that name here.
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= SourceReader.LIMIT
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return ""; // What cannot be read names nothing.
        }
    }

    /** Returns what is in a folder, by pattern and in order; nothing if it cannot be listed. */
    private static List<Path> children(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, pattern)) {
            all.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(PathOrder.BY_NAMES);
        return found;
    }
}
