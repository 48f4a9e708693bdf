package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds out what lies around files, for command line and server alike. Reads nothing before somebody asks. Safe for any
 * number of threads.
 */
public final class SurroundingsFinder {

    private static final List<String> MARKS = List.of(
            ".git",
            "pyproject.toml",
            "setup.cfg",
            "setup.py",
            "spawnproof.toml",
            "requirements.txt",
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts");

    private final Map<Path, FileListing> listings = new ConcurrentHashMap<>();
    private final ClassPathFinder classPaths;
    private final Function<Path, Optional<DocumentSnapshot>> open;
    private final Optional<Path> environment;
    private final Optional<Path> cache;

    /** Makes a finder that has read nothing, where nobody has files open, and that keeps nothing. */
    public SurroundingsFinder() {
        this(path -> Optional.empty(), Optional.empty());
    }

    /**
     * Makes a finder that has read nothing.
     *
     * @param open returns the text of a file that somebody has open
     * @param cache the folder to keep in, from run to run, what was found out
     */
    public SurroundingsFinder(Function<Path, Optional<DocumentSnapshot>> open, Optional<Path> cache) {
        this(LocalArtifacts.ofUser(), open, activeEnvironment(), cache);
    }

    SurroundingsFinder(
            LocalArtifacts artifacts,
            Function<Path, Optional<DocumentSnapshot>> open,
            Optional<Path> environment,
            Optional<Path> cache) {
        this.open = open;
        this.environment = environment;
        this.cache = cache;
        this.classPaths = new ClassPathFinder(artifacts);
    }

    /** Returns the virtual environment that {@code activate} has chosen in the shell that we were started from. */
    private static Optional<Path> activeEnvironment() {
        String folder = System.getenv("VIRTUAL_ENV");
        try {
            return Optional.ofNullable(folder).filter(name -> !name.isBlank()).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty(); // No folder has that name here.
        }
    }

    /** Returns the surroundings of a file for which the settings name no class path. */
    public Surroundings of(Path file, Collection<Path> bases, boolean only) {
        return of(file, bases, only, List.of());
    }

    /**
     * Returns the surroundings of a file.
     *
     * @param bases folders that are taken for the project's root, if one of them holds the file and no mark says where it is
     * @param only whether nothing may be read outside of these folders and the file's own, but the packages of the virtual
     *     environment, and what the class path needs: what {@code classPath} names, and what Maven and Gradle keep for the user
     * @param classPath jars, folders of classes and {@code folder/*} for all jars of a folder, absolute
     */
    public Surroundings of(Path file, Collection<Path> bases, boolean only, List<String> classPath) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null) {
            return Surroundings.UNKNOWN;
        }
        List<Path> holding = bases.stream()
                .map(base -> base.toAbsolutePath().normalize())
                .filter(base -> folder.startsWith(base) && base.getParent() != null)
                .toList();
        Optional<Path> root = marked(folder).or(() -> holding.stream().findFirst());
        boolean allowed = root.isPresent()
                && (!only || holding.stream().anyMatch(base -> root.get().startsWith(base)));
        Optional<FileListing> listing = allowed ? root.map(this::listing) : Optional.empty();
        Path last = listing.map(FileListing::root)
                .or(() -> holding.stream().findFirst())
                .orElse(folder);
        return new Around(
                folder,
                listing,
                classPaths.classes(new ClassPathFinder.Place(folder, last, classPath), path -> path.startsWith(last)));
    }

    /** Tells that somebody has changed the text of an open file. */
    public void edited() {
        listings.values().forEach(listing -> listing.python().edited());
    }

    /** Tells that files have come, gone or changed. */
    public void changed() {
        listings.values().forEach(FileListing::forget);
    }

    /** Keeps what was found out for later runs; cheap if they know it already. */
    public void save() {
        listings.values().forEach(listing -> listing.python().save());
    }

    private FileListing listing(Path root) {
        return listings.computeIfAbsent(root, folder -> new FileListing(folder, open, environment, cache));
    }

    /** Returns the nearest folder with a repository in it, or else the uppermost that looks like a project. */
    private static Optional<Path> marked(Path start) {
        Path found = null;
        Path home = Path.of(System.getProperty("user.home", ""));
        for (Path folder = start; folder != null && !folder.equals(home); folder = folder.getParent()) {
            Path here = folder;
            if (MARKS.stream().anyMatch(mark -> Files.exists(here.resolve(mark)))) {
                found = folder;
            }
            if (Files.exists(folder.resolve(MARKS.get(0)))) {
                break;
            }
        }
        return Optional.ofNullable(found);
    }

    private record Around(
            Path ownFolder, Optional<FileListing> listing, Function<String, Optional<ClassOutline>> classes)
            implements Surroundings {

        @Override
        public Optional<List<String>> files() {
            return listing.flatMap(FileListing::files);
        }

        @Override
        public String folder() {
            String relative = listing.map(found -> FileDiscovery.relative(found.root(), ownFolder))
                    .orElse("");
            return relative.isEmpty() ? "" : relative + "/";
        }

        @Override
        public Optional<DocumentSnapshot> configuration(String path) {
            return find(path)
                    .filter(file ->
                            FileKinds.of(file).filter(Language.YAML::equals).isPresent())
                    .flatMap(file -> SourceReader.read(file) instanceof FileContent.Text text
                            ? Optional.of(DocumentSnapshot.of(file.toUri().toString(), Language.YAML, text.text()))
                            : Optional.empty());
        }

        @Override
        public Optional<String> uriOf(String path) {
            return find(path).map(file -> file.toUri().toString());
        }

        @Override
        public List<DocumentSnapshot> programsWith(String text) {
            return listing.map(found -> found.programsWith(text)).orElse(List.of());
        }

        @Override
        public Optional<PythonSources> python() {
            return listing.map(FileListing::python);
        }

        @Override
        public Optional<DocumentSnapshot> nearest(String path) {
            Path last = listing.map(FileListing::root).orElse(ownFolder);
            for (Path folder = ownFolder; folder != null && folder.startsWith(last); folder = folder.getParent()) {
                Path file = folder.resolve(path);
                if (Files.isRegularFile(file)) {
                    return text(file);
                }
            }
            return Optional.empty();
        }

        @Override
        public Optional<DocumentSnapshot> javaSource(String path) {
            return listing.flatMap(found -> found.javaFiles(path).stream()
                    .max(Comparator.comparingInt(candidate -> commonFolders(candidate, folder())))
                    .flatMap(nearest -> text(found.root().resolve(nearest))));
        }

        @Override
        public boolean hasJavaSource(String path) {
            return listing.filter(found -> !found.javaFiles(path).isEmpty()).isPresent();
        }

        /** Returns how many folders two paths have in common from the root. */
        private static int commonFolders(String path, String folder) {
            int common = 0;
            for (int i = 0; i < Math.min(path.length(), folder.length()) && path.charAt(i) == folder.charAt(i); i++) {
                common += path.charAt(i) == '/' ? 1 : 0;
            }
            return common;
        }

        @Override
        public Optional<ClassOutline> compiledClass(String name) {
            return classes.apply(name);
        }

        private static Optional<DocumentSnapshot> text(Path file) {
            return SourceReader.read(file) instanceof FileContent.Text text
                            && text.encoding().equals(FileEncoding.UTF_8)
                    ? Optional.of(DocumentSnapshot.of(file.toUri().toString(), FileKinds.orPython(file), text.text()))
                    : Optional.empty();
        }

        private Optional<Path> find(String path) {
            try {
                return file(ownFolder.resolve(path))
                        .or(() -> listing.flatMap(found -> file(found.root().resolve(path))));
            } catch (InvalidPathException e) {
                return Optional.empty(); // A text that is no path here names no file.
            }
        }

        /** Returns the file, if it is one, and in a folder that may be read. */
        private Optional<Path> file(Path path) {
            Path file = path.normalize();
            boolean inside = file.startsWith(ownFolder)
                    || listing.filter(found -> file.startsWith(found.root())).isPresent();
            return inside && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        }
    }
}
