package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.environment.EnvironmentFrontEnd;
import io.github.spawnproof.project.SelectedMethod;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.yaml.YamlFrontEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds what a project's environment selects for Jina: in the nearest folder, from the file's upward to the project's root,
 * that has files which set Jina's variable. If they do not agree, nobody knows which of them is in force.
 */
public final class EnvironmentFiles {

    /** Files that stand for the whole project; a script that sets the variable for one command does not. */
    private static final List<String> NAMES = List.of(
            ".env",
            ".envrc",
            "Dockerfile",
            "Containerfile",
            "docker-compose.yml",
            "docker-compose.yaml",
            "compose.yml",
            "compose.yaml",
            ".vscode/launch.json",
            ".vscode/settings.json");

    /** What marks the root of a project. */
    private static final List<String> ROOT_MARKS =
            List.of(".git", "pyproject.toml", "setup.cfg", "setup.py", "spawnproof.toml");

    /** A value of the variable, and where it is written. */
    private record Written(String value, String place) {}

    private final Function<Path, Optional<String>> texts;
    private final Map<Path, Optional<SelectedMethod>> known = new ConcurrentHashMap<>();

    EnvironmentFiles() {
        this(SettingsFiles::read);
    }

    /** Makes a finder that reads files by a function; it gives nothing for one that is not there. */
    public EnvironmentFiles(Function<Path, Optional<String>> texts) {
        this.texts = texts;
    }

    /** Returns what is selected for the files of a folder. */
    public Optional<SelectedMethod> of(Path folder) {
        Optional<SelectedMethod> cached = known.get(folder);
        if (cached != null) {
            return cached;
        }
        List<Written> written = in(folder);
        Path parent = folder.getParent();
        Optional<SelectedMethod> selected;
        if (!written.isEmpty()) {
            selected = agreed(written);
        } else if (parent == null || isRoot(folder)) {
            selected = Optional.empty();
        } else {
            selected = of(parent);
        }
        known.put(folder, selected);
        return selected;
    }

    void invalidate() {
        known.clear();
    }

    static List<String> names() {
        return NAMES;
    }

    private static boolean isRoot(Path folder) {
        return ROOT_MARKS.stream().anyMatch(mark -> Files.exists(folder.resolve(mark)));
    }

    private List<Written> in(Path folder) {
        List<Written> written = new ArrayList<>();
        for (String name : NAMES) {
            texts.apply(folder.resolve(name))
                    .filter(text -> text.contains(BoundaryTable.JINA_VARIABLE))
                    .ifPresent(text -> written.addAll(in(name, folder.resolve(name), text)));
        }
        return written;
    }

    private static List<Written> in(String name, Path file, String text) {
        Language language = FileKinds.of(file).orElse(Language.ENVIRONMENT);
        DocumentSnapshot snapshot = DocumentSnapshot.of(file.toUri().toString(), language, text);
        List<VariableSetting> settings = language == Language.YAML
                ? new YamlFrontEnd().read(snapshot, CancelToken.NEVER).settings()
                : new EnvironmentFrontEnd().read(snapshot, CancelToken.NEVER).settings();
        SourceText source = snapshot.source();
        return settings.stream()
                .filter(setting -> setting.name().equals(BoundaryTable.JINA_VARIABLE))
                .map(setting -> new Written(
                        setting.value().orElse("?"),
                        "%s, line %d"
                                .formatted(
                                        name,
                                        source.lines().lineAt(setting.range().start()) + 1)))
                .toList();
    }

    /** Returns the method that all say; empty if they differ, or if Jina ignores it. */
    private static Optional<SelectedMethod> agreed(List<Written> written) {
        Set<String> values = new HashSet<>();
        written.forEach(one -> values.add(one.value().toLowerCase(Locale.ROOT)));
        return values.size() != 1
                ? Optional.empty()
                : StartMethod.parse(values.iterator().next())
                        .map(method -> new SelectedMethod(method, written.get(0).place()));
    }
}
