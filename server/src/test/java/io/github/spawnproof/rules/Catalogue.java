package io.github.spawnproof.rules;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.OperatingSystem;
import io.github.spawnproof.boundary.PythonVersion;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
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

/** The rules of the program as the tests use them: all, over a text. */
public final class Catalogue {

    public static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load(), BoundaryTable.load());

    private Catalogue() {}

    static AnalysisResult analyze(String text) {
        return analyze(ProjectFiles.URI_BASE + "program.py", text, Project.DEFAULT);
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
        return file.uri().substring(ProjectFiles.URI_BASE.length());
    }

    /** Analyses a text that stands for a case's, in the case's project. */
    public static AnalysisResult analyze(Case one, String text) {
        return analyze(ProjectFiles.URI_BASE + one.file(), text, project(one));
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
                .with(ProjectFiles.of(one))
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
