package io.github.spawnproof.workspace;

import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.workspace.FileContent.Kind;
import io.github.spawnproof.workspace.FileContent.Unread;
import io.github.spawnproof.workspace.IgnoreRules.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files below some paths that some front end reads.
 *
 * <p>A path that names a file is taken whatever its ending; so is a folder that would be left out below another one.
 * Below a folder: those of {@link FileKinds} (stubs hold no code), except what {@code .gitignore} files, the
 * repository's {@code info/exclude}, the settings or the list of build and environment folders leave out. Symbolic links
 * to folders are not followed, so there are no loops; a file that several paths lead to is found once.
 */
public final class FileDiscovery {

    /** Decides about exclusion by settings. */
    @FunctionalInterface
    public interface Exclusion {
        boolean excludes(Path path, boolean folder);
    }

    /**
     * What was found.
     *
     * @param files in {@link PathOrder}
     * @param missing paths that do not exist
     * @param unread folders that could not be listed
     */
    public record Discovery(List<FoundFile> files, List<Path> missing, Map<Path, Unread> unread) {

        public Discovery {
            files = List.copyOf(files);
            missing = List.copyOf(missing);
            unread = Map.copyOf(unread);
        }
    }

    /**
     * A file to analyse.
     *
     * @param named whether it was itself one of the given paths
     */
    public record FoundFile(Path path, boolean named) {}

    /** One way to a file. */
    private record Way(FoundFile file, boolean link) {}

    /** The ignore rules of one folder and of those above it. */
    private record Ignores(
            Path folder, IgnoreRules rules, @Nullable Ignores above) {}

    // Made by tools, never written by hand. Where a name is also usual for packages, see PACKAGE_MARK.
    private static final Set<String> NEVER = Set.of(
            ".apt_generated",
            ".apt_generated_tests",
            ".git",
            ".gradle",
            ".hg",
            ".svn",
            ".bzr",
            ".jj",
            ".direnv",
            ".eggs",
            ".ipynb_checkpoints",
            ".mypy_cache",
            ".nox",
            ".pants.d",
            ".pyenv",
            ".pytest_cache",
            ".pytype",
            ".ruff_cache",
            ".tox",
            "__pycache__",
            "__pypackages__",
            "node_modules",
            "site-packages");
    private static final Set<String> BUILD_OUTPUT = Set.of("build", "dist", "_build", "buck-out");
    private static final String PACKAGE_MARK = "__init__.py";

    /** Folders that Java tools build into, by what lies beside them then; elsewhere their names mean other things. */
    private static final Map<String, List<String>> JAVA_OUTPUT = Map.of(
            "target", List.of("pom.xml", "build.sbt"),
            "bin", List.of(".classpath", "build.gradle", "build.gradle.kts"),
            "out", List.of(".idea", "build.mill", "build.sc"));

    private final Exclusion exclusion;
    private final CancelToken cancel;

    /** By real path, so that each file is there once. */
    private final Map<Path, Way> found = new HashMap<>();

    private final List<Path> missing = new ArrayList<>();
    private final Map<Path, Unread> unread = new HashMap<>();

    private FileDiscovery(Exclusion exclusion, CancelToken cancel) {
        this.exclusion = exclusion;
        this.cancel = cancel;
    }

    /**
     * Returns the files below the paths.
     *
     * @param paths absolute and normalised
     * @throws Cancelled if the token says that the work is no longer wanted
     */
    public static Discovery find(List<Path> paths, Exclusion exclusion, CancelToken cancel) {
        FileDiscovery discovery = new FileDiscovery(exclusion, cancel);
        for (Path path : paths) {
            discovery.start(path);
        }
        List<FoundFile> files = new ArrayList<>();
        discovery.found.values().forEach(way -> files.add(way.file));
        files.sort(Comparator.comparing(FoundFile::path, PathOrder.BY_NAMES));
        return new Discovery(files, discovery.missing, discovery.unread);
    }

    private void start(Path path) {
        if (!Files.exists(path)) {
            missing.add(path);
        } else if (Files.isDirectory(path)) {
            walk(path, realOr(path), above(path));
        } else {
            add(realOr(path), new Way(new FoundFile(path, true), Files.isSymbolicLink(path)));
        }
    }

    private static Path realOr(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    /** Returns the rules of the folders above, up to the root of the repository; none outside of a repository. */
    private static @Nullable Ignores above(Path start) {
        List<Path> folders = new ArrayList<>();
        Path repository = start;
        while (repository != null && !Files.exists(repository.resolve(".git"))) {
            repository = repository.getParent();
            if (repository != null) {
                folders.add(repository);
            }
        }
        if (repository == null || repository.equals(start)) {
            return null;
        }
        Ignores chain = null;
        for (int i = folders.size() - 1; i >= 0; i--) {
            chain = enter(folders.get(i), chain);
        }
        return chain;
    }

    /** Returns the rules with the folder's own ones in front. */
    private static @Nullable Ignores enter(Path folder, @Nullable Ignores above) {
        Ignores chain = above;
        Path git = folder.resolve(".git");
        if (Files.exists(git)) {
            // Rules end at the root of a repository, that of a submodule included.
            chain = push(folder, rules(gitFolder(git).resolve("info/exclude")), null);
        }
        return push(folder, rules(folder.resolve(".gitignore")), chain);
    }

    private static @Nullable Ignores push(Path folder, IgnoreRules rules, @Nullable Ignores above) {
        return rules == IgnoreRules.NONE ? above : new Ignores(folder, rules, above);
    }

    /** Returns the folder that holds a repository's own files; {@code .git} is a file in worktrees and submodules. */
    private static Path gitFolder(Path git) {
        try {
            if (Files.isRegularFile(git)) {
                String text = Files.readString(git).strip();
                if (text.startsWith("gitdir:")) {
                    Path folder = git.resolveSibling(
                            text.substring("gitdir:".length()).strip());
                    Path common = folder.resolve("commondir");
                    return Files.isRegularFile(common)
                            ? folder.resolve(Files.readString(common).strip())
                            : folder;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return git; // Nothing below it can be read; the rules are then empty.
        }
        return git;
    }

    private static IgnoreRules rules(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? IgnoreRules.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : IgnoreRules.NONE;
        } catch (IOException e) {
            return IgnoreRules.NONE; // As git does: what cannot be read ignores nothing.
        }
    }

    private void walk(Path folder, Path real, @Nullable Ignores above) {
        cancel.check();
        Ignores ignores = enter(folder, above);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException | IOException e) {
            IOException cause = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
            unread.put(folder, new Unread(Kind.UNREADABLE, SourceReader.reason(cause)));
            return;
        }
        for (Path entry : entries) {
            visit(entry, real, ignores);
        }
    }

    private void visit(Path entry, Path parent, @Nullable Ignores ignores) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return; // It vanished while the folder was listed.
        }
        String name = entry.getFileName().toString();
        if (attributes.isDirectory()) {
            if (!isMade(entry, name) && !isIgnored(entry, true, ignores) && !exclusion.excludes(entry, true)) {
                walk(entry, parent.resolve(name), ignores);
            }
        } else if (FileKinds.of(entry).isPresent()
                && !isIgnored(entry, false, ignores)
                && !exclusion.excludes(entry, false)) {
            if (attributes.isRegularFile()) {
                add(parent.resolve(name), new Way(new FoundFile(entry, false), false));
            } else if (attributes.isSymbolicLink() && Files.isRegularFile(entry)) {
                add(realOr(entry), new Way(new FoundFile(entry, false), true));
            }
        }
    }

    private static boolean isMade(Path folder, String name) {
        return NEVER.contains(name)
                || Files.exists(folder.resolve("pyvenv.cfg"))
                || Files.exists(folder.resolve("conda-meta"))
                || (BUILD_OUTPUT.contains(name)
                        && !Files.exists(folder.resolve(PACKAGE_MARK))
                        && !isJavaPackage(folder))
                || JAVA_OUTPUT.getOrDefault(name, List.of()).stream()
                        .anyMatch(mark -> Files.exists(folder.resolveSibling(mark)));
    }

    /** Tells whether a folder with the name of one for build output is a package below a folder for Java sources. */
    private static boolean isJavaPackage(Path folder) {
        boolean inSources = false;
        for (Path parent = folder.getParent(); parent != null && parent.getFileName() != null; ) {
            inSources |= parent.endsWith(Path.of("main", "java")) || parent.endsWith(Path.of("test", "java"));
            parent = parent.getParent();
        }
        return inSources;
    }

    private static boolean isIgnored(Path path, boolean folder, @Nullable Ignores ignores) {
        for (Ignores level = ignores; level != null; level = level.above) {
            Answer answer = level.rules.check(relative(level.folder, path), folder);
            if (answer != Answer.SILENT) {
                return answer == Answer.IGNORED;
            }
        }
        return false;
    }

    /** Returns the path from a folder above it, with {@code /}. */
    static String relative(Path folder, Path path) {
        String relative = folder.relativize(path).toString();
        String separator = path.getFileSystem().getSeparator();
        return separator.equals("/") ? relative : relative.replace(separator, "/");
    }

    /** Keeps the best of several ways to the same file: a named one, then one that is no link, then the first. */
    private void add(Path real, Way way) {
        found.merge(real, way, (a, b) -> {
            if (a.file.named != b.file.named) {
                return a.file.named ? a : b;
            }
            if (a.link != b.link) {
                return a.link ? b : a;
            }
            return PathOrder.BY_NAMES.compare(a.file.path, b.file.path) <= 0 ? a : b;
        });
    }
}
