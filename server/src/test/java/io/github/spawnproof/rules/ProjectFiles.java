package io.github.spawnproof.rules;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ImportOutline;
import io.github.spawnproof.project.OutlineReader;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.FileKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a project that a test makes up; unknown if it has no other than the one that is analysed.
 *
 * @param file the path of that one
 * @param texts the others, by path
 * @param listed paths of files that are only there
 */
public record ProjectFiles(String file, Map<String, String> texts, List<String> listed)
        implements Surroundings, PythonSources {

    /** Where all such projects are. */
    static final String URI_BASE = "file:///project/";

    static ProjectFiles of(Case one) {
        String there = one.option("files");
        return new ProjectFiles(one.file(), one.files(), there == null ? List.of() : List.of(there.split(",", -1)));
    }

    @Override
    public Optional<List<String>> files() {
        Set<String> all = new TreeSet<>(texts.keySet());
        all.addAll(listed);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        all.add(file);
        return Optional.of(List.copyOf(all));
    }

    @Override
    public String folder() {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<DocumentSnapshot> configuration(String path) {
        String key = texts.containsKey(folder() + path) ? folder() + path : path;
        return Optional.ofNullable(texts.get(key))
                .map(text -> DocumentSnapshot.of(URI_BASE + key, Language.YAML, text));
    }

    @Override
    public List<DocumentSnapshot> programsWith(String text) {
        return texts.entrySet().stream()
                .filter(other ->
                        other.getKey().endsWith(".py") && other.getValue().contains(text))
                .map(other -> DocumentSnapshot.of(URI_BASE + other.getKey(), Language.PYTHON, other.getValue()))
                .toList();
    }

    @Override
    public Optional<PythonSources> python() {
        return Optional.of(this);
    }

    @Override
    public long listings() {
        return 0;
    }

    @Override
    public long revision() {
        return 0;
    }

    @Override
    public Optional<DocumentSnapshot> module(String path) {
        return Stream.of(path + "/__init__.py", path + ".py")
                .filter(texts::containsKey)
                .findFirst()
                .map(name -> DocumentSnapshot.of(URI_BASE + name, Language.PYTHON, texts.get(name)));
    }

    @Override
    public List<String> importFolders(String folder) {
        return PythonSources.importFolders(folder, texts::containsKey);
    }

    @Override
    public boolean exists(String path) {
        return module(path).isPresent();
    }

    @Override
    public Optional<ImportOutline> outline(String path, OutlineReader reader) {
        return module(path).map(text -> reader.read(text, path));
    }

    @Override
    public Optional<DocumentSnapshot> javaSource(String path) {
        return texts.keySet().stream()
                .filter(name -> name.equals(path) || name.endsWith("/" + path))
                .findFirst()
                .map(name -> DocumentSnapshot.of(URI_BASE + name, Language.JAVA, texts.get(name)));
    }

    @Override
    public boolean hasJavaSource(String path) {
        return javaSource(path).isPresent();
    }

    @Override
    public Optional<ClassOutline> compiledClass(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<DocumentSnapshot> nearest(String path) {
        for (String folder = folder(); ; folder = folder.replaceFirst("[^/]+/$", "")) {
            String key = folder + path;
            String text = texts.get(key);
            if (text != null || folder.isEmpty()) {
                return Optional.ofNullable(text)
                        .map(found -> DocumentSnapshot.of(
                                URI_BASE + key, FileKinds.orPython(Path.of("/project", key)), found));
            }
        }
    }

    @Override
    public Optional<String> uriOf(String path) {
        return files().filter(files -> files.contains(folder() + path)).map(files -> URI_BASE + folder() + path);
    }
}
