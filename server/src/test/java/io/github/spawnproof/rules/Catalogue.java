package io.github.spawnproof.rules;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.project.Targets;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.EnvironmentFiles;
import io.github.spawnproof.workspace.FileKinds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rules of the program as the tests use them: all, over a text. */
public final class Catalogue {

    public static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load(), BoundaryTable.load());

    private static final String URI_BASE = "file:///project/";

    private Catalogue() {}

    static AnalysisResult analyze(String text) {
        return analyze(URI_BASE + "program.py", text, Project.DEFAULT);
    }

    static AnalysisResult analyze(String uri, String text, Project project) {
        Language language = FileKinds.orPython(Path.of(URI.create(uri)));
        DocumentSnapshot document = language == Language.NOTEBOOK
                ? PercentNotebook.parse(uri, text)
                : DocumentSnapshot.of(uri, language, text);
        return ANALYZER.analyze(document, project, CancelToken.NEVER);
    }

    /** Returns the path of a file in its project. */
    static String path(DocumentSnapshot file) {
        return file.uri().substring(URI_BASE.length());
    }

    /** Analyses a text that stands for a case's, in the case's project. */
    public static AnalysisResult analyze(Case one, String text) {
        return analyze(URI_BASE + one.file(), text, project(one));
    }

    private static Project project(Case one) {
        String platform = one.option("platform");
        String python = one.option("python");
        Targets targets = new Targets(
                platform == null
                        ? List.of(OperatingSystem.values())
                        : List.of(OperatingSystem.parse(platform).orElseThrow()),
                python == null
                        ? PythonVersion.byDefault()
                        : List.of(PythonVersion.parse(python).orElseThrow()));
        Path root = Path.of("/project");
        EnvironmentFiles environment = new EnvironmentFiles(path -> Optional.ofNullable(
                one.files().get(root.relativize(path).toString().replace('\\', '/'))));
        return new Project(Settings.DEFAULT, targets)
                .with(new CaseFiles(one))
                .with(environment.of(root.resolve(one.file()).getParent()));
    }

    /** Returns the case as it is after the changes of fixes to other files. */
    public static Case after(Case one, List<FileEdit> others) {
        Case after = one;
        for (FileEdit other : others) {
            after = after.with(path(other.file()), other.after());
        }
        return after;
    }

    /** The files of a case's project; unknown if the case has no other than its own. */
    private record CaseFiles(Case one) implements Surroundings, PythonSources {

        @Override
        public Optional<List<String>> files() {
            Set<String> all = new TreeSet<>(one.files().keySet());
            String there = one.option("files");
            if (there != null) {
                all.addAll(List.of(there.split(",", -1)));
            }
            if (all.isEmpty()) {
                return Optional.empty();
            }
            all.add(one.file());
            return Optional.of(List.copyOf(all));
        }

        @Override
        public String folder() {
            return one.file().substring(0, one.file().lastIndexOf('/') + 1);
        }

        @Override
        public Optional<DocumentSnapshot> configuration(String path) {
            String key = one.files().containsKey(folder() + path) ? folder() + path : path;
            return Optional.ofNullable(one.files().get(key))
                    .map(text -> DocumentSnapshot.of(URI_BASE + key, Language.YAML, text));
        }

        @Override
        public List<DocumentSnapshot> programsWith(String text) {
            return one.files().entrySet().stream()
                    .filter(file ->
                            file.getKey().endsWith(".py") && file.getValue().contains(text))
                    .map(file -> DocumentSnapshot.of(URI_BASE + file.getKey(), Language.PYTHON, file.getValue()))
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
                    .filter(one.files()::containsKey)
                    .findFirst()
                    .map(name -> DocumentSnapshot.of(
                            URI_BASE + name, Language.PYTHON, one.files().get(name)));
        }

        @Override
        public List<String> importFolders(String folder) {
            return PythonSources.importFolders(folder, one.files()::containsKey);
        }

        @Override
        public boolean mayConcern(String path) {
            return true;
        }

        @Override
        public Optional<DocumentSnapshot> javaSource(String path) {
            return one.files().keySet().stream()
                    .filter(name -> name.equals(path) || name.endsWith("/" + path))
                    .findFirst()
                    .map(name -> DocumentSnapshot.of(
                            URI_BASE + name, Language.JAVA, one.files().get(name)));
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
                String text = one.files().get(key);
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

    /** Returns a file beside a rule's class; null if there is none. */
    static String resource(Rule rule, String name) throws IOException {
        try (InputStream in = rule.getClass().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no " + name + " beside " + rule.getClass());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
