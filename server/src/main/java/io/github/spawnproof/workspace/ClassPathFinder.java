package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ClassOutline;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Finds the class path of Java files, without a build: what the settings name, then what Eclipse knows, then what was
 * built, then what Maven and Gradle have fetched for the dependencies in the build files. Nothing is fetched, run or
 * written. Safe for any number of threads.
 */
final class ClassPathFinder {

    private static final String ECLIPSE = ".classpath";
    private static final List<String> MARKS =
            List.of(MavenProjects.POM, GradleBuild.GROOVY, GradleBuild.KOTLIN, ECLIPSE);
    private static final List<String> OUTPUTS =
            List.of("target/classes", "target/test-classes", "build/classes/java/main", "build/classes/java/test");
    private static final String MAVEN_VARIABLE = "M2_REPO/";
    private static final String JAR = ".jar";
    private static final String ALL_JARS = "*";

    private static final int MAX_JARS = 1_500;
    private static final int MAX_JARS_OF_FOLDER = 500;
    private static final int MAX_PROJECTS = 50;
    private static final long KEPT_NANOS = 2_000_000_000L;

    /**
     * Where a class path is looked for.
     *
     * @param folder that of the file
     * @param last the uppermost folder that build files are looked for in
     * @param settings jars, folders and {@code folder/*} of the settings, absolute
     */
    record Place(Path folder, Path last, List<String> settings) {

        Place {
            settings = List.copyOf(settings);
        }
    }

    /** A class path, and the files that it hangs on. */
    private static final class Known {

        private Optional<ClassPath> classPath = Optional.empty();
        private Set<FileStamp> stamps = Set.of();
        private long checkedNanos;
    }

    private final LocalArtifacts artifacts;
    private final LongSupplier clock;
    private final Map<Place, Known> known = Collections.synchronizedMap(new Remembered<>(MAX_PROJECTS));
    private final Map<Path, JarClasses> jars = Collections.synchronizedMap(new Remembered<>(MAX_JARS));

    ClassPathFinder(LocalArtifacts artifacts) {
        this(artifacts, System::nanoTime);
    }

    /** Makes a finder that has read nothing, with a clock that tells nanoseconds. */
    ClassPathFinder(LocalArtifacts artifacts, LongSupplier clock) {
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /**
     * Returns the classes of a file's class path, by their canonical names; for one analysis, since it keeps what it finds.
     * Nothing is read before somebody asks.
     *
     * @param mayRead which files may be read, besides those of the settings and those that Maven and Gradle keep
     */
    Function<String, Optional<ClassOutline>> classes(Place place, Predicate<Path> mayRead) {
        return new Classes(place, mayRead);
    }

    private final class Classes implements Function<String, Optional<ClassOutline>> {

        private final Place place;
        private final Predicate<Path> mayRead;
        private Optional<ClassPath> classPath = Optional.empty();

        Classes(Place place, Predicate<Path> mayRead) {
            this.place = place;
            this.mayRead = mayRead;
        }

        @Override
        public Optional<ClassOutline> apply(String name) {
            return classPath().find(name);
        }

        private synchronized ClassPath classPath() {
            if (classPath.isEmpty()) {
                Place project = new Place(projectFolder(place), place.last, place.settings);
                classPath = Optional.of(ClassPathFinder.this.classPath(project, mayRead));
            }
            return classPath.get();
        }
    }

    /** Returns the nearest folder with a build file in it; the file's own if there is none. */
    private static Path projectFolder(Place place) {
        for (Path folder = place.folder; folder != null && folder.startsWith(place.last); folder = folder.getParent()) {
            for (String mark : MARKS) {
                if (Files.exists(folder.resolve(mark))) {
                    return folder;
                }
            }
        }
        return place.folder;
    }

    private ClassPath classPath(Place place, Predicate<Path> mayRead) {
        Known entry = known.computeIfAbsent(place, key -> new Known());
        synchronized (entry) {
            long now = clock.getAsLong();
            boolean isFresh = now - entry.checkedNanos < KEPT_NANOS;
            if (entry.classPath.isPresent() && (isFresh || entry.stamps.stream().allMatch(FileStamp::isCurrent))) {
                entry.checkedNanos = isFresh ? entry.checkedNanos : now;
                return entry.classPath.get();
            }
            Set<FileStamp> stamps = new LinkedHashSet<>();
            ClassPath made = make(place, mayRead, stamps);
            entry.classPath = Optional.of(made);
            entry.stamps = Set.copyOf(stamps);
            entry.checkedNanos = now;
            return made;
        }
    }

    private ClassPath make(Place place, Predicate<Path> mayRead, Set<FileStamp> stamps) {
        Set<Path> paths = new LinkedHashSet<>();
        for (String entry : place.settings) {
            addEntry(entry, paths, stamps);
        }
        Set<Path> found = new LinkedHashSet<>();
        addEclipse(place.folder, found, stamps);
        for (String output : OUTPUTS) {
            found.add(place.folder.resolve(output));
        }
        MavenProjects maven = new MavenProjects(artifacts, mayRead, stamps);
        found.addAll(maven.classPath(place.folder.resolve(MavenProjects.POM)));
        found.addAll(maven.classPath(GradleBuild.dependencies(place.folder, stamps)));
        found.removeIf(path -> !mayRead.test(path) && !artifacts.has(path));
        paths.addAll(found);
        List<Path> folders = new ArrayList<>();
        List<JarClasses> archives = new ArrayList<>();
        for (Path path : paths) {
            if (path.toString().endsWith(JAR)) {
                FileStamp stamp = FileStamp.of(path);
                stamps.add(stamp);
                if (archives.size() < MAX_JARS && stamp.size() >= 0) {
                    archives.add(jar(stamp));
                }
            } else {
                folders.add(path);
            }
        }
        return new ClassPath(folders, archives);
    }

    private JarClasses jar(FileStamp stamp) {
        return jars.compute(
                stamp.path(),
                (path, before) -> before != null && before.stamp().equals(stamp) ? before : JarClasses.read(stamp));
    }

    /** Adds an entry of the settings: a jar, a folder of classes, or all jars of a folder. */
    private static void addEntry(String entry, Set<Path> paths, Set<FileStamp> stamps) {
        try {
            if (!entry.endsWith(ALL_JARS)) {
                paths.add(Path.of(entry).normalize());
                return;
            }
            Path folder = Path.of(entry.substring(0, entry.length() - 1)).normalize();
            stamps.add(FileStamp.of(folder));
            List<Path> jarsOfFolder = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + JAR)) {
                files.forEach(jarsOfFolder::add);
            }
            jarsOfFolder.stream().sorted().limit(MAX_JARS_OF_FOLDER).forEach(paths::add);
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            return; // There is no such folder now; its stamp tells when there is.
        }
    }

    private void addEclipse(Path folder, Set<Path> paths, Set<FileStamp> stamps) {
        Path file = folder.resolve(ECLIPSE);
        stamps.add(FileStamp.of(file));
        for (XmlElement entry : XmlElement.read(file).map(XmlElement::children).orElse(List.of())) {
            eclipseEntry(folder, entry).ifPresent(paths::add);
        }
    }

    private Optional<Path> eclipseEntry(Path folder, XmlElement entry) {
        String path = entry.attribute("path");
        try {
            return switch (entry.attribute("kind")) {
                case "lib", "output" -> Optional.of(folder.resolve(path).normalize());
                case "src" ->
                    Optional.of(entry.attribute("output"))
                            .filter(output -> !output.isEmpty())
                            .map(output -> folder.resolve(output).normalize());
                case "var" ->
                    Optional.of(path)
                            .filter(name -> name.startsWith(MAVEN_VARIABLE))
                            .map(name -> artifacts
                                    .maven()
                                    .resolve(name.substring(MAVEN_VARIABLE.length()))
                                    .normalize());
                default -> Optional.empty();
            };
        } catch (InvalidPathException e) {
            return Optional.empty(); // Another system's path.
        }
    }
}
