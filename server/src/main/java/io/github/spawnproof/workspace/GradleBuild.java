package io.github.spawnproof.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dependencies of a Gradle build: those of lock files, which are all of them; else those that the build file writes
 * out as {@code "group:artifact:version"}. What a build script computes is not known.
 */
final class GradleBuild {

    static final String GROOVY = "build.gradle";
    static final String KOTLIN = "build.gradle.kts";

    private static final String LOCK = "gradle.lockfile";
    private static final String LOCK_FOLDER = "gradle/dependency-locks";
    private static final Pattern LOCKED = Pattern.compile("(?m)^\\s*([\\w.-]+):([\\w.-]+):([\\w.+-]+)\\s*(?:=.*)?$");
    private static final Pattern WRITTEN = Pattern.compile(
            "(?m)^\\s*\\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|compile|provided)\\b\\s*\\(?\\s*"
                    + "[\"']([\\w.-]+):([\\w.-]+):([\\w.+-]+)[\"']");

    private GradleBuild() {}

    /** Returns what a folder's build needs; nothing if it is none. Never fails. */
    static List<Dependency> dependencies(Path folder, Set<FileStamp> stamps) {
        Set<Dependency> locked = new LinkedHashSet<>();
        for (Path file : lockFiles(folder, stamps)) {
            addAll(file, LOCKED, locked, stamps);
        }
        if (locked.isEmpty()) {
            addAll(folder.resolve(GROOVY), WRITTEN, locked, stamps);
            addAll(folder.resolve(KOTLIN), WRITTEN, locked, stamps);
        }
        return List.copyOf(locked);
    }

    private static List<Path> lockFiles(Path folder, Set<FileStamp> stamps) {
        List<Path> files = new ArrayList<>(List.of(folder.resolve(LOCK)));
        Path older = folder.resolve(LOCK_FOLDER);
        stamps.add(FileStamp.of(older));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(older, "*.lockfile")) {
            found.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            return files; // Most builds have none.
        }
        return files.stream().sorted().toList();
    }

    private static void addAll(Path file, Pattern pattern, Set<Dependency> dependencies, Set<FileStamp> stamps) {
        stamps.add(FileStamp.of(file));
        if (Files.isRegularFile(file) && SourceReader.read(file) instanceof FileContent.Text content) {
            Matcher matcher = pattern.matcher(content.text());
            while (matcher.find()) {
                dependencies.add(Dependency.of(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
    }
}
