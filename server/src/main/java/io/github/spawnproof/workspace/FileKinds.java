package io.github.spawnproof.workspace;

import io.github.spawnproof.source.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files are read, by their names: what is in them decides whether there is anything to say. */
public final class FileKinds {

    private static final Map<String, Language> BY_ENDING = Map.ofEntries(
            Map.entry("py", Language.PYTHON),
            Map.entry("pyw", Language.PYTHON),
            Map.entry("ipynb", Language.NOTEBOOK),
            Map.entry("java", Language.JAVA),
            Map.entry("yml", Language.YAML),
            Map.entry("yaml", Language.YAML),
            Map.entry("jaml", Language.YAML),
            Map.entry("env", Language.ENVIRONMENT),
            Map.entry("envrc", Language.ENVIRONMENT),
            Map.entry("sh", Language.ENVIRONMENT),
            Map.entry("bash", Language.ENVIRONMENT),
            Map.entry("zsh", Language.ENVIRONMENT),
            Map.entry("dockerfile", Language.ENVIRONMENT),
            Map.entry("service", Language.ENVIRONMENT));
    private static final Set<String> BY_NAME = Set.of(
            ".bashrc",
            ".bash_profile",
            ".profile",
            ".zshrc",
            ".zshenv",
            ".zprofile",
            "dockerfile",
            "containerfile",
            "tox.ini",
            "tox.toml",
            "pytest.ini",
            "setup.cfg",
            "pyproject.toml");
    private static final Pattern VARIANT = Pattern.compile("(\\.env|dockerfile|containerfile)\\.(?!pyw?$).+");
    private static final Set<String> EDITOR_SETTINGS = Set.of("launch.json", "settings.json", "tasks.json");

    /** What editors call the languages: identifiers of the Language Server Protocol and of common extensions. */
    private static final Map<String, Language> BY_IDENTIFIER = Map.ofEntries(
            Map.entry("python", Language.PYTHON),
            Map.entry("java", Language.JAVA),
            Map.entry("yaml", Language.YAML),
            Map.entry("dockercompose", Language.YAML),
            Map.entry("github-actions-workflow", Language.YAML),
            Map.entry("dotenv", Language.ENVIRONMENT),
            Map.entry("shellscript", Language.ENVIRONMENT),
            Map.entry("sh", Language.ENVIRONMENT),
            Map.entry("bash", Language.ENVIRONMENT),
            Map.entry("zsh", Language.ENVIRONMENT),
            Map.entry("dockerfile", Language.ENVIRONMENT));

    /** What has no facts, and is read only where somebody has it open. */
    private static final Set<String> TEXT_ENDINGS = Set.of("log", "txt", "md", "markdown", "rst", "out", "err");

    private static final Set<String> TEXT_IDENTIFIERS =
            Set.of("log", "plaintext", "text", "markdown", "rst", "restructuredtext");

    private FileKinds() {}

    /** Returns what reads a file of that name; who wants any other file read has Python in mind. */
    public static Language orPython(Path file) {
        return of(file).orElse(Language.PYTHON);
    }

    /** Returns what reads a file of that name; empty if nothing does. */
    public static Optional<Language> of(Path file) {
        Path name = file.getFileName();
        if (name == null) {
            return Optional.empty();
        }
        String lower = name.toString().toLowerCase(Locale.ROOT);
        if (BY_NAME.contains(lower) || VARIANT.matcher(lower).matches()) {
            return Optional.of(Language.ENVIRONMENT);
        } else if (isEditorSettings(file, lower)) {
            return Optional.of(Language.YAML);
        }
        return Optional.ofNullable(BY_ENDING.get(lower.substring(lower.lastIndexOf('.') + 1)))
                .filter(language -> lower.indexOf('.') >= 0);
    }

    private static boolean isEditorSettings(Path file, String lower) {
        Path folder = file.getParent();
        return EDITOR_SETTINGS.contains(lower)
                && folder != null
                && folder.getFileName() != null
                && folder.getFileName().toString().equals(".vscode");
    }

    /** Returns patterns that match the names of all of them, and of hardly any other file. */
    public static List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        BY_ENDING.keySet().forEach(ending -> patterns.add("**/*." + ending));
        BY_NAME.forEach(name -> patterns.add("**/" + name));
        patterns.addAll(List.of("**/.env.*", "**/Dockerfile*", "**/Containerfile*"));
        EDITOR_SETTINGS.forEach(name -> patterns.add("**/.vscode/" + name));
        patterns.sort(Comparator.naturalOrder());
        return patterns;
    }

    /**
     * Returns what reads a document that an editor has open; empty if nothing does.
     *
     * @param identifier what the editor says that it is
     * @param file its path, if it has one
     */
    public static Optional<Language> ofDocument(String identifier, Optional<Path> file) {
        Optional<Language> byName = file.flatMap(FileKinds::of);
        if (byName.filter(Language.NOTEBOOK::equals).isPresent()) {
            return Optional.empty(); // The text of its file is JSON; its cells come in another way.
        }
        // The name first, since Eglot 1.9 and Kate have one identifier for all files of a server.
        return byName.or(() -> ofIdentifier(identifier))
                .or(() -> Optional.of(Language.TEXT)
                        .filter(text -> TEXT_IDENTIFIERS.contains(identifier.toLowerCase(Locale.ROOT))
                                || file.filter(FileKinds::isText).isPresent()));
    }

    private static boolean isText(Path file) {
        String lower = file.toString().toLowerCase(Locale.ROOT);
        return lower.indexOf('.') >= 0 && TEXT_ENDINGS.contains(lower.substring(lower.lastIndexOf('.') + 1));
    }

    /** Returns what reads a document that an editor says is of some language; empty if nothing does. */
    public static Optional<Language> ofIdentifier(String identifier) {
        return Optional.ofNullable(BY_IDENTIFIER.get(identifier));
    }
}
