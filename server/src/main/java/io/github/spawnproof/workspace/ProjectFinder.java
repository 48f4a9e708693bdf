package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.workspace.IgnoreRules.Answer;
import io.github.spawnproof.workspace.ProjectMetadata.Stated;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds the settings and targets in force for a file, for command line and server alike: command-line flags, then the
 * nearest settings file, then the editor's settings, then defaults, key by key.
 *
 * <p>What is read is remembered until {@link #invalidate}. Safe for any number of threads.
 */
public final class ProjectFinder {

    /** Where targets come from that nothing says. */
    public static final String DEFAULT = "default";
    /** Where targets come from that only the editor says. */
    public static final String EDITOR = "the editor's settings";

    private record Key(Path folder, Overrides overrides) {}

    /** A pattern among the settings of some files, and the rules that are off in those that match it. */
    private record PerFileIgnore(PathPattern pattern, Set<String> rules) {}

    private record Entry(
            FoundProject found,
            Path excludeBase,
            IgnoreRules excludes,
            Path perFileBase,
            List<PerFileIgnore> perFileIgnores) {

        FoundProject of(Path file) {
            Set<String> ignored = new HashSet<>();
            for (PerFileIgnore ignore : perFileIgnores) {
                if (ignore.pattern.matches(perFileBase, file)) {
                    ignored.addAll(ignore.rules);
                }
            }
            Project project =
                    ignored.isEmpty() ? found.project() : found.project().ignoring(ignored);
            return found.baseline()
                    .map(baseline -> found.with(project.with(baseline.of(file))))
                    .orElseGet(() -> found.with(project));
        }
    }

    private final SettingsFiles settingsFiles;
    private final ProjectMetadata metadata = new ProjectMetadata();
    private final EnvironmentFiles environment = new EnvironmentFiles();
    private final Map<Path, BaselineFile> baselines = new ConcurrentHashMap<>();
    private final Map<Key, Entry> known = new ConcurrentHashMap<>();

    /**
     * Makes a finder with nothing remembered.
     *
     * @param catalog the rules that settings may name
     */
    public ProjectFinder(RuleCatalog catalog) {
        this.settingsFiles = new SettingsFiles(catalog);
    }

    /** Returns the project that the file is analysed for; the file itself need not exist. */
    public Project projectOf(Path file, Overrides overrides) {
        return find(file, overrides).project();
    }

    /** Returns the same, with where it comes from. */
    public FoundProject find(Path file, Overrides overrides) {
        return entry(folderOf(file), overrides).of(file.toAbsolutePath().normalize());
    }

    /** Returns whether the {@code exclude} patterns in force where the file or folder lies match it. */
    public boolean isExcluded(Path path, boolean folder, Overrides overrides) {
        Entry entry = entry(folderOf(path), overrides);
        Path absolute = path.toAbsolutePath().normalize();
        return entry.excludes != IgnoreRules.NONE
                && absolute.startsWith(entry.excludeBase)
                && entry.excludes.check(FileDiscovery.relative(entry.excludeBase, absolute), folder) == Answer.IGNORED;
    }

    /** Forgets everything; for the moment after one of {@link #fileNames} changed. */
    public void invalidate() {
        settingsFiles.invalidate();
        metadata.invalidate();
        environment.invalidate();
        baselines.clear();
        known.clear();
    }

    /** Returns the names of the files that a project is made of; some with the folder they lie in. */
    public static List<String> fileNames() {
        List<String> names = new ArrayList<>(List.of(
                SettingsFiles.OWN_NAME,
                SettingsFiles.SHARED_NAME,
                ProjectMetadata.SETUP_CFG,
                ProjectMetadata.PYTHON_VERSION));
        names.addAll(EnvironmentFiles.names());
        return names;
    }

    private static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private Entry entry(Path folder, Overrides overrides) {
        Key key = new Key(folder, overrides);
        Entry cached = known.get(key);
        if (cached != null) {
            return cached;
        }
        Entry made = make(folder, overrides);
        known.put(key, made);
        return made;
    }

    private Entry make(Path folder, Overrides overrides) {
        Optional<SettingsFile> file = settingsFiles.of(folder);
        SettingsLayer fileLayer = file.map(SettingsFile::layer).orElse(SettingsLayer.EMPTY);
        Settings settings =
                overrides.commandLine().over(fileLayer).over(overrides.editor()).toSettings();
        List<OperatingSystem> systems = settings.platforms();
        List<PythonVersion> versions = settings.pythonVersions();
        String fileName =
                file.map(found -> found.path().getFileName().toString()).orElse("");
        Optional<String> systemsFrom = origin(
                SettingsLayer::platforms, "--platform", SettingsValues.PLATFORMS, overrides, fileLayer, fileName);
        Optional<String> versionsFrom = origin(
                SettingsLayer::pythonVersions,
                "--python-version",
                SettingsValues.PYTHON_VERSIONS,
                overrides,
                fileLayer,
                fileName);
        if (versions.isEmpty()) {
            Optional<Stated> stated = metadata.of(folder);
            versions = stated.map(Stated::versions).orElse(PythonVersion.byDefault());
            versionsFrom = stated.map(Stated::origin);
        }
        settings = settings.withFiles(
                absolute(settings.javaClassPath(), base(SettingsLayer::javaClassPath, overrides, file)),
                settings.baseline()
                        .map(name -> base(SettingsLayer::baseline, overrides, file)
                                .toAbsolutePath()
                                .resolve(name)
                                .normalize()
                                .toString()));
        Targets targets = new Targets(systems.isEmpty() ? List.of(OperatingSystem.values()) : systems, versions);
        List<PerFileIgnore> perFileIgnores = new ArrayList<>();
        settings.perFileIgnores()
                .forEach((text, rules) -> PathPattern.of(text)
                        .ifPresent(pattern -> perFileIgnores.add(new PerFileIgnore(pattern, rules))));
        return new Entry(
                new FoundProject(
                        new Project(settings, targets).with(environment.of(folder)),
                        file,
                        systemsFrom.orElse(DEFAULT),
                        versionsFrom.orElse(DEFAULT),
                        settings.baseline().map(name -> baselines.computeIfAbsent(Path.of(name), BaselineFile::read))),
                base(SettingsLayer::exclude, overrides, file),
                IgnoreRules.of(settings.exclude()),
                base(SettingsLayer::perFileIgnores, overrides, file),
                List.copyOf(perFileIgnores));
    }

    /** Returns the folder that the paths and patterns of a setting are relative to: that of the file that has it in force. */
    private static Path base(
            Function<SettingsLayer, Optional<?>> key, Overrides overrides, Optional<SettingsFile> file) {
        boolean ofFile = key.apply(overrides.commandLine()).isEmpty()
                && file.flatMap(found -> key.apply(found.layer())).isPresent();
        return ofFile ? file.map(found -> found.path().getParent()).orElse(overrides.base()) : overrides.base();
    }

    /** Returns paths, which may end in {@code *}, from the root of the file system. */
    private static List<String> absolute(List<String> paths, Path base) {
        String prefix = base.toAbsolutePath() + File.separator;
        return paths.stream()
                .map(path -> new File(path).isAbsolute() ? path : prefix + path)
                .toList();
    }

    /** Returns which source says something, if one does; an empty list says nothing. */
    private static <T> Optional<String> origin(
            Function<SettingsLayer, Optional<List<T>>> key,
            String flag,
            String name,
            Overrides overrides,
            SettingsLayer fileLayer,
            String fileName) {
        Optional<List<T>> ofFlags = key.apply(overrides.commandLine());
        Optional<List<T>> ofFile = key.apply(fileLayer);
        Optional<List<T>> ofEditor = key.apply(overrides.editor());
        if (ofFlags.or(() -> ofFile).or(() -> ofEditor).orElse(List.of()).isEmpty()) {
            return Optional.empty();
        }
        if (ofFlags.isPresent()) {
            return Optional.of(flag);
        }
        return Optional.of(ofFile.isPresent() ? name + " in " + fileName : EDITOR);
    }
}
