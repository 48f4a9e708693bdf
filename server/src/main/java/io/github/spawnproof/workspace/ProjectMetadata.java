package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.PythonVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a project's own files say of the Python versions it is for.
 *
 * <p>The nearest {@code pyproject.toml}, {@code setup.cfg} or {@code .python-version} that says something counts, from the folder upward to the
 * root of the repository. Lines are enough here; the TOML parser would double the time that a small check takes.
 */
final class ProjectMetadata {

    static final String SETUP_CFG = "setup.cfg";
    static final String PYTHON_VERSION = ".python-version";

    /**
     * Versions and where they are stated.
     *
     * @param versions ascending, not empty
     * @param origin such as {@code requires-python in pyproject.toml}
     */
    record Stated(List<PythonVersion> versions, String origin) {}

    private static final Pattern TOML_TABLE = Pattern.compile("\\s*\\[\\s*([^\\[\\]]+?)\\s*\\]\\s*(?:#.*)?");
    private static final Pattern TOML_ENTRY =
            Pattern.compile("\\s*[\"']?(requires-python|python|classifiers)[\"']?\\s*=\\s*(.*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern CFG_SECTION = Pattern.compile("\\[([^\\]]+)\\]\\s*");
    private static final Pattern CFG_ENTRY =
            Pattern.compile("(python[_-]requires|classifiers?)\\s*[=:]\\s*(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLASSIFIER =
            Pattern.compile("Programming Language\\s*::\\s*Python\\s*::\\s*(3\\.\\d+)");

    private static final Pattern INTERPRETER =
            Pattern.compile("\\s*(?:(?:c?python|pypy)-?)?(3\\.\\d+)(?:[.+-].*|t)?\\s*(?:#.*)?");

    private final Map<Path, Optional<Stated>> known = new ConcurrentHashMap<>();

    /** Returns what is stated for the files of a folder. */
    Optional<Stated> of(Path folder) {
        Optional<Stated> cached = known.get(folder);
        if (cached != null) {
            return cached;
        }
        Path parent = folder.getParent();
        boolean last = Files.exists(folder.resolve(".git"));
        Optional<Stated> found = in(folder).or(() -> parent == null || last ? Optional.empty() : of(parent));
        known.put(folder, found);
        return found;
    }

    void invalidate() {
        known.clear();
    }

    private static Optional<Stated> in(Path folder) {
        return SettingsFiles.read(folder.resolve(SettingsFiles.SHARED_NAME))
                .flatMap(ProjectMetadata::pyproject)
                .or(() -> SettingsFiles.read(folder.resolve(SETUP_CFG)).flatMap(ProjectMetadata::setupCfg))
                .or(() -> SettingsFiles.read(folder.resolve(PYTHON_VERSION)).flatMap(ProjectMetadata::pythonVersion));
    }

    /** Reads what pyenv and uv choose interpreters by: a version or more, one a line. */
    static Optional<Stated> pythonVersion(String text) {
        List<PythonVersion> versions = text.lines()
                .map(INTERPRETER::matcher)
                .filter(Matcher::matches)
                .flatMap(matcher -> PythonVersion.parse(matcher.group(1)).stream())
                .filter(PythonVersion.known()::contains)
                .distinct()
                .sorted()
                .toList();
        return versions.isEmpty() ? Optional.empty() : Optional.of(new Stated(versions, PYTHON_VERSION));
    }

    static Optional<Stated> pyproject(String text) {
        String table = "";
        String requires = "";
        String poetry = "";
        StringBuilder classifiers = new StringBuilder();
        boolean inClassifiers = false;
        String openString = "";
        for (String line : text.lines().toList()) {
            if (!openString.isEmpty()) {
                openString = line.contains(openString) ? "" : openString;
                continue;
            }
            openString = opened(line);
            if (inClassifiers) {
                classifiers.append(line).append('\n');
                inClassifiers = !closes(line);
                continue;
            }
            Matcher header = TOML_TABLE.matcher(line);
            if (header.matches()) {
                table = header.group(1).replaceAll("[\\s\"']", "");
                continue;
            }
            Matcher entry = TOML_ENTRY.matcher(line);
            if (!entry.matches()) {
                continue;
            }
            String key = table + "." + entry.group(1);
            if (key.equals("project.requires-python")) {
                requires = firstString(entry.group(2));
            } else if (key.equals("tool.poetry.dependencies.python")) {
                poetry = firstString(entry.group(2));
            } else if (key.equals("project.classifiers") || key.equals("tool.poetry.classifiers")) {
                classifiers.append(entry.group(2)).append('\n');
                inClassifiers = !closes(entry.group(2));
            }
        }
        return first(List.of(
                stated(requires, PythonSpecifier::versions, "requires-python in pyproject.toml"),
                stated(poetry, PythonSpecifier::versions, "tool.poetry.dependencies.python in pyproject.toml"),
                stated(classifiers.toString(), ProjectMetadata::classified, "classifiers in pyproject.toml")));
    }

    /** Returns whether a list ends in the line. */
    private static boolean closes(String line) {
        String code = QUOTED.matcher(line).replaceAll("");
        int comment = code.indexOf('#');
        return (comment < 0 ? code : code.substring(0, comment)).contains("]");
    }

    /** Returns the quotes of a multi-line string that the line opens and does not close; empty if there is none. */
    private static String opened(String line) {
        for (String quotes : List.of("\"\"\"", "'''")) {
            int first = line.indexOf(quotes);
            if (first >= 0 && line.indexOf(quotes, first + 3) < 0) {
                return quotes;
            }
        }
        return "";
    }

    private static String firstString(String text) {
        Matcher matcher = QUOTED.matcher(text);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    static Optional<Stated> setupCfg(String text) {
        String section = "";
        String key = "";
        StringBuilder requires = new StringBuilder();
        StringBuilder classifiers = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher header = CFG_SECTION.matcher(line);
            if (header.matches()) {
                section = header.group(1).strip();
                key = "";
                continue;
            }
            String value = line;
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                Matcher entry = CFG_ENTRY.matcher(line);
                key = entry.matches() ? section + "." + entry.group(1).replace('-', '_') : "";
                value = entry.matches() ? entry.group(2) : "";
            }
            if (value.strip().startsWith("#") || value.strip().startsWith(";")) {
                continue;
            }
            if (key.equals("options.python_requires")) {
                requires.append(value).append(' ');
            } else if (key.startsWith("metadata.classifier")) {
                classifiers.append(value).append('\n');
            }
        }
        return first(List.of(
                stated(requires.toString().strip(), PythonSpecifier::versions, "python_requires in setup.cfg"),
                stated(classifiers.toString(), ProjectMetadata::classified, "classifiers in setup.cfg")));
    }

    private static Optional<List<PythonVersion>> classified(String text) {
        List<PythonVersion> versions = new ArrayList<>();
        Matcher matcher = CLASSIFIER.matcher(text);
        while (matcher.find()) {
            PythonVersion.parse(matcher.group(1))
                    .filter(PythonVersion.known()::contains)
                    .ifPresent(versions::add);
        }
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.stream().distinct().sorted().toList());
    }

    private static Optional<Stated> stated(
            String text, Function<String, Optional<List<PythonVersion>>> parse, String origin) {
        return text.isBlank() ? Optional.empty() : parse.apply(text).map(versions -> new Stated(versions, origin));
    }

    private static Optional<Stated> first(List<Optional<Stated>> candidates) {
        return candidates.stream().flatMap(Optional::stream).findFirst();
    }
}
