package io.github.spawnproof.workspace;

import io.github.spawnproof.workspace.LocalArtifacts.Coordinates;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Works out a class path as Maven does, from the files that are there: nearest version first, versions as the project
 * manages them. Profiles, version ranges and mirrors are left out: what cannot be found is not on the class path. For one
 * use; it notes what its answer hangs on.
 */
final class MavenProjects {

    static final String POM = "pom.xml";

    private static final int MAX_ARTIFACTS = 1_000;
    private static final int MAX_FILES = 3_000;
    private static final int MAX_MODULES = 300;
    private static final int MAX_PARENTS = 20;
    private static final int MAX_IMPORTS = 10;
    private static final int MAX_INTERPOLATIONS = 50;
    private static final Set<String> JARS = Set.of("jar", "bundle", "ejb", "test-jar");

    /** What one file says, as it is written. */
    private record PomFile(XmlElement root, List<Dependency> managed, List<Dependency> dependencies) {

        static PomFile of(XmlElement root) {
            List<XmlElement> managed = root.child("dependencyManagement")
                    .map(management -> management.all("dependencies", "dependency"))
                    .orElse(List.of());
            return new PomFile(
                    root,
                    managed.stream().map(Dependency::read).toList(),
                    root.all("dependencies", "dependency").stream()
                            .map(Dependency::read)
                            .toList());
        }
    }

    /**
     * A project to be worked out.
     *
     * @param whole whether all that it manages is wanted, not only what its own dependencies need
     */
    private record Question(Path pom, boolean whole) {}

    private record Wanted(Dependency dependency, Set<String> exclusions) {}

    private final LocalArtifacts artifacts;
    private final Predicate<Path> mayRead;
    private final Set<FileStamp> stamps;
    private final Map<Question, Optional<MavenProject>> projects = new HashMap<>();
    private final Map<Path, Optional<PomFile>> files = new HashMap<>();

    /**
     * Makes a reader that has read nothing.
     *
     * @param mayRead which files of projects may be read; those of {@code artifacts} may
     * @param stamps takes the files that the answer hangs on: if one of them changes, so may the answer
     */
    MavenProjects(LocalArtifacts artifacts, Predicate<Path> mayRead, Set<FileStamp> stamps) {
        this.artifacts = artifacts;
        this.mayRead = mayRead;
        this.stamps = stamps;
    }

    /** Returns the jars and folders that a project depends on, the nearest first. Never fails. */
    List<Path> classPath(Path pom) {
        Optional<MavenProject> project = project(new Question(pom, true), 0);
        return project.map(root -> classPath(root.dependencies(), root.managed(), siblings(pom, root)))
                .orElse(List.of());
    }

    /** Returns the jars of dependencies and of what they depend on. */
    List<Path> classPath(List<Dependency> dependencies) {
        return classPath(dependencies, Map.of(), Map.of());
    }

    private List<Path> classPath(
            List<Dependency> dependencies, Map<String, Dependency> managed, Map<String, Path> siblings) {
        Set<Path> found = new LinkedHashSet<>();
        Set<String> known = new HashSet<>();
        Deque<Wanted> queue = new ArrayDeque<>();
        dependencies.forEach(dependency -> queue.add(new Wanted(dependency, Set.copyOf(dependency.exclusions()))));
        while (!queue.isEmpty() && known.size() < MAX_ARTIFACTS) {
            Wanted wanted = queue.remove();
            Dependency dependency = wanted.dependency;
            if (known.add(dependency.module() + ':' + dependency.name().classifier())) {
                pom(dependency, siblings, found)
                        .flatMap(file -> project(new Question(file, false), 0))
                        .ifPresent(next -> addAll(next.dependencies(), wanted.exclusions, managed, queue));
            }
        }
        return List.copyOf(found);
    }

    private static void addAll(
            List<Dependency> passedOn, Set<String> exclusions, Map<String, Dependency> managed, Deque<Wanted> queue) {
        for (Dependency dependency : passedOn) {
            if (dependency.isPassedOn() && !dependency.isExcludedBy(exclusions)) {
                Dependency manager = managed.get(dependency.key());
                Dependency chosen = manager == null
                        ? dependency
                        : dependency.with(manager.name().version());
                Set<String> all = new HashSet<>(exclusions);
                all.addAll(dependency.exclusions());
                queue.add(new Wanted(chosen, all));
            }
        }
    }

    /** Adds the classes of a dependency, and returns the file that says what it depends on itself. */
    private Optional<Path> pom(Dependency dependency, Map<String, Path> siblings, Set<Path> found) {
        Path sibling = siblings.get(dependency.module());
        if (sibling != null) {
            found.add(sibling.resolveSibling("target").resolve("classes"));
            return Optional.of(sibling);
        }
        Coordinates name = dependency.name();
        if (JARS.contains(dependency.type())) {
            find(name, "jar").ifPresent(found::add);
        }
        return find(new Coordinates(name.group(), name.artifact(), name.version(), ""), "pom");
    }

    private Optional<Path> find(Coordinates name, String extension) {
        Optional<Path> file = artifacts.find(name, extension);
        if (file.isEmpty()) {
            // It may be fetched later.
            artifacts.expected(name, extension).ifPresent(path -> stamps.add(FileStamp.of(path)));
        }
        return file;
    }

    /** Returns the files of the projects that are built together with one, by {@code group:artifact}. */
    private Map<String, Path> siblings(Path pom, MavenProject project) {
        List<Path> parents = project.parents();
        Path top = parents.stream()
                .filter(parent -> !artifacts.has(parent))
                .reduce((nearer, farther) -> farther)
                .orElse(pom);
        Map<String, Path> siblings = new HashMap<>();
        Set<Path> known = new HashSet<>();
        Deque<Path> queue = new ArrayDeque<>(List.of(top));
        while (!queue.isEmpty() && known.size() < MAX_MODULES) {
            Path file = queue.remove();
            if (known.add(file)) {
                project(new Question(file, false), 0).ifPresent(module -> {
                    siblings.putIfAbsent(module.module(), file);
                    module.modules().forEach(name -> inFolder(file, name).ifPresent(queue::add));
                });
            }
        }
        return siblings;
    }

    /** Returns the file that is meant by a folder, or by the file itself, as seen from another file. */
    private static Optional<Path> inFolder(Path from, String path) {
        try {
            Path target = from.resolveSibling(path).normalize();
            return Optional.of(Files.isDirectory(target) ? target.resolve(POM) : target);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<MavenProject> project(Question question, int imports) {
        Optional<MavenProject> before = projects.get(question);
        if (before == null) {
            before = read(question, imports);
            projects.put(question, before);
        }
        return before;
    }

    private Optional<PomFile> file(Path pom) {
        Optional<PomFile> before = files.get(pom);
        if (before != null) {
            return before;
        }
        boolean isFetched = artifacts.has(pom);
        if (files.size() >= MAX_FILES || !(isFetched || mayRead.test(pom))) {
            return Optional.empty();
        }
        if (!isFetched) {
            stamps.add(FileStamp.of(pom));
        }
        Optional<PomFile> read = XmlElement.read(pom).map(PomFile::of);
        files.put(pom, read);
        return read;
    }

    private Optional<MavenProject> read(Question question, int imports) {
        List<PomFile> chain = new ArrayList<>();
        List<Path> parents = new ArrayList<>();
        Optional<Path> next = Optional.of(question.pom);
        while (next.isPresent() && chain.size() < MAX_PARENTS) {
            Path path = next.get();
            Optional<PomFile> file = file(path);
            if (file.isEmpty()) {
                break;
            }
            chain.add(file.get());
            if (chain.size() > 1) {
                parents.add(path);
            }
            next = file.get().root.child("parent").flatMap(parent -> parent(path, parent));
        }
        return chain.isEmpty() ? Optional.empty() : Optional.of(project(chain, parents, question.whole, imports));
    }

    private Optional<Path> parent(Path pom, XmlElement parent) {
        String relative = parent.child("relativePath").map(XmlElement::text).orElse("../" + POM);
        if (!relative.isEmpty() && !artifacts.has(pom)) {
            Optional<Path> local = inFolder(pom, relative)
                    .filter(file -> file(file)
                            .filter(found -> found.root.textOf("artifactId").equals(parent.textOf("artifactId")))
                            .isPresent());
            if (local.isPresent()) {
                return local;
            }
        }
        return find(
                new Coordinates(parent.textOf("groupId"), parent.textOf("artifactId"), parent.textOf("version"), ""),
                "pom");
    }

    /**
     * Puts together what a file and its parents say.
     *
     * @param chain the file, then its parents
     */
    private MavenProject project(List<PomFile> chain, List<Path> parents, boolean whole, int imports) {
        Map<String, String> properties = properties(chain);
        Map<String, Dependency> managed = new LinkedHashMap<>();
        Map<String, Dependency> stated = new LinkedHashMap<>();
        List<Dependency> imported = new ArrayList<>();
        for (PomFile file : chain) {
            for (Dependency written : file.managed) {
                Dependency dependency = written.map(text -> interpolate(text, properties));
                if (dependency.scope().equals("import")) {
                    imported.add(dependency);
                } else {
                    managed.putIfAbsent(dependency.key(), dependency);
                }
            }
            for (Dependency written : file.dependencies) {
                Dependency dependency = written.map(text -> interpolate(text, properties));
                stated.putIfAbsent(dependency.key(), dependency);
            }
        }
        // Lists to import may be long, and most projects that were published say all versions themselves.
        boolean isImportNeeded = whole
                || stated.values().stream()
                        .anyMatch(one -> one.name().version().isEmpty() && !managed.containsKey(one.key()));
        if (isImportNeeded && imports < MAX_IMPORTS) {
            for (Dependency dependency : imported) {
                find(dependency.name(), "pom")
                        .flatMap(file -> project(new Question(file, true), imports + 1))
                        .ifPresent(found -> found.managed().forEach(managed::putIfAbsent));
            }
        }
        List<Dependency> dependencies =
                stated.values().stream().map(one -> managed(one, managed)).toList();
        List<String> modules = chain.get(0).root.all("modules", "module").stream()
                .map(XmlElement::text)
                .toList();
        String module = properties.get("project.groupId") + ':' + properties.get("project.artifactId");
        return new MavenProject(interpolate(module, properties), parents, managed, dependencies, modules);
    }

    /** Returns a dependency with what is managed of it: its version, and its scope, where it says nothing of them itself. */
    private static Dependency managed(Dependency stated, Map<String, Dependency> managed) {
        Dependency manager = managed.get(stated.key());
        if (manager == null) {
            return stated;
        }
        List<String> exclusions = new ArrayList<>(stated.exclusions());
        exclusions.addAll(manager.exclusions());
        String version = stated.name().version();
        return new Dependency(
                stated.with(version.isEmpty() ? manager.name().version() : version)
                        .name(),
                stated.type(),
                stated.scope().isEmpty() ? manager.scope() : stated.scope(),
                stated.isOptional(),
                exclusions);
    }

    private static Map<String, String> properties(List<PomFile> chain) {
        Map<String, String> properties = new HashMap<>();
        for (PomFile file : chain) {
            file.root.child("properties").stream()
                    .flatMap(element -> element.children().stream())
                    .forEach(property -> properties.putIfAbsent(property.name(), property.text()));
        }
        XmlElement own = chain.get(0).root;
        Optional<XmlElement> parent = own.child("parent");
        for (String name : List.of("groupId", "artifactId", "version")) {
            String ofParent = parent.map(element -> element.textOf(name)).orElse("");
            String value = own.textOf(name).isEmpty() ? ofParent : own.textOf(name);
            properties.put("project." + name, value);
            properties.put("pom." + name, value);
            properties.put("project.parent." + name, ofParent);
        }
        return properties;
    }

    /** Returns a text with its <code>${...}</code> replaced, as far as they are known. */
    private static String interpolate(String text, Map<String, String> properties) {
        String result = text;
        for (int i = 0; i < MAX_INTERPOLATIONS; i++) {
            int start = result.indexOf("${");
            int end = result.indexOf('}', start + 1);
            String value = start < 0 || end < 0 ? null : properties.get(result.substring(start + 2, end));
            if (value == null) {
                return result;
            }
            result = result.substring(0, start) + value + result.substring(end + 1);
        }
        return text; // It goes round in circles.
    }
}
