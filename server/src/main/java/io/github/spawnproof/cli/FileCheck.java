package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.analysis.RuleFailure;
import io.github.spawnproof.cli.FileReport.Change;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.workspace.FileContent;
import io.github.spawnproof.workspace.FileContent.Text;
import io.github.spawnproof.workspace.FileContent.Unread;
import io.github.spawnproof.workspace.FileDiscovery.FoundFile;
import io.github.spawnproof.workspace.FileEncoding;
import io.github.spawnproof.workspace.FileKinds;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsFile;
import io.github.spawnproof.workspace.SourceReader;
import io.github.spawnproof.workspace.SourceWriter;
import io.github.spawnproof.workspace.SurroundingsFinder;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks one file, and fixes it if that is wanted. Safe for any number of threads. */
final class FileCheck {

    /** Puts a fixed text in its place; returns why it could not. */
    @FunctionalInterface
    private interface Writing {
        Optional<String> write(Text before, String after);
    }

    private final CheckRequest request;
    private final Analyzer analyzer;
    private final ProjectFinder projects;
    private final PathNames names;
    private final SurroundingsFinder surroundings = new SurroundingsFinder();

    FileCheck(CheckRequest request, Analyzer analyzer, ProjectFinder projects, PathNames names) {
        this.request = request;
        this.analyzer = analyzer;
        this.projects = projects;
        this.names = names;
    }

    FileReport file(FoundFile file) {
        String name = names.display(file.path());
        FileContent content = SourceReader.read(file.path());
        if (content instanceof Text text) {
            return check(name, file.path(), text, (before, after) -> SourceWriter.replace(file.path(), before, after));
        }
        // Whoever names a file wants it checked; a folder may well hold something unreadable.
        return FileReport.notRead(Notice.of(name, (Unread) content), file.named());
    }

    /**
     * Checks what came by standard input.
     *
     * @param result takes the bytes after the fixes, or the same bytes if nothing was fixed
     */
    FileReport bytes(String name, Path path, byte[] bytes, Consumer<byte[]> result) {
        List<byte[]> fixed = new ArrayList<>();
        FileContent content = SourceReader.decode(bytes);
        FileReport report = content instanceof Text text
                ? check(name, path, text, (before, after) -> {
                    try {
                        fixed.add(before.encoding().encode(after));
                        return Optional.empty();
                    } catch (CharacterCodingException e) {
                        return Optional.of(SourceWriter.cannotEncode(before.encoding()));
                    }
                })
                : FileReport.notRead(Notice.of(name, (Unread) content), true);
        result.accept(fixed.isEmpty() ? bytes : fixed.get(0));
        return report;
    }

    private FileReport check(String name, Path path, Text content, Writing writing) {
        FoundProject project = projects.find(path, request.overrides());
        try {
            return analyse(name, path.toUri().toString(), content, project, writing);
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of the front end: the file has no findings, all others have theirs.
            Notice notice = new Notice(name, Notice.RULE_FAILED, "the analysis of this file failed: " + e);
            return new FileReport(
                    name,
                    new SourceText(""),
                    List.of(),
                    List.of(notice),
                    Optional.empty(),
                    Optional.of(project),
                    false);
        }
    }

    private FileReport analyse(String name, String uri, Text content, FoundProject project, Writing writing) {
        List<Notice> notices = new ArrayList<>();
        Optional<Change> change = Optional.empty();
        AnalysisResult result = analyse(uri, content.text(), project);
        if (request.fix().isPresent()) {
            Fixes.Fixed fixed = Fixes.applyAll(analyzer, result, request.fix().get(), CancelToken.NEVER);
            if (!fixed.text().equals(content.text())) {
                Optional<String> refusal = request.write() ? writing.write(content, fixed.text()) : Optional.empty();
                if (refusal.isPresent()) {
                    notices.add(new Notice(name, Notice.SKIPPED, refusal.get()));
                } else {
                    change = Optional.of(new Change(content.text(), fixed.text(), fixed.applied()));
                    result = request.write() ? analyse(uri, fixed.text(), project) : result;
                }
            }
        }
        for (RuleFailure failure : result.failures()) {
            notices.add(new Notice(
                    name, Notice.RULE_FAILED, "rule `%s` failed: %s".formatted(failure.rule(), failure.cause())));
        }
        return new FileReport(
                name,
                result.snapshot().source(),
                named(result.findings()),
                notices,
                change,
                Optional.of(project),
                false);
    }

    private AnalysisResult analyse(String uri, String text, FoundProject project) {
        Path path = Path.of(URI.create(uri));
        Project around = project.project().with(surroundings.of(path, bases(), false));
        return analyzer.analyze(DocumentSnapshot.of(uri, language(uri), text), around, CancelToken.NEVER);
    }

    /** Returns the folders that may be the root of what is checked. */
    private List<Path> bases() {
        List<Path> bases = new ArrayList<>(List.of(request.overrides().base()));
        request.paths().forEach(typed -> bases.add(request.absolute(typed)));
        return bases;
    }

    /** Returns the findings with the files that they relate to called as the user would. */
    private List<Finding> named(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.with(finding.related().stream()
                        .map(related -> related.document() == null
                                ? related
                                : new Related(related.range(), related.message(), named(related.document())))
                        .toList()))
                .toList();
    }

    private DocumentSnapshot named(DocumentSnapshot document) {
        String name = names.display(Path.of(URI.create(document.uri())));
        return new DocumentSnapshot(name, document.language(), document.version(), document.source());
    }

    /** Returns what reads the file; who names any other file wants it read as Python. */
    private static Language language(String uri) {
        return FileKinds.of(Path.of(URI.create(uri))).orElse(Language.PYTHON);
    }

    /** Reports what is wrong with a settings file, and mends it if that is wanted. */
    FileReport settings(SettingsFile file) {
        String name = names.display(file.path());
        Settings settings =
                projects.find(file.path(), request.overrides()).project().settings();
        List<Finding> shown = file.problems().stream()
                .filter(problem ->
                        settings.isOn(problem.rule()) && problem.severity().isAtLeast(settings.minSeverity()))
                .toList();
        List<TextEdit> edits = settingsEdits(file);
        if (edits.isEmpty()) {
            return new FileReport(name, file.source(), shown, List.of(), Optional.empty(), Optional.empty(), false);
        }
        Text before = new Text(file.source().text(), FileEncoding.UTF_8);
        String after = TextEdit.apply(before.text(), edits);
        Optional<String> refusal =
                request.write() ? SourceWriter.replace(file.path(), before, after) : Optional.empty();
        if (refusal.isPresent()) {
            Notice notice = new Notice(name, Notice.SKIPPED, refusal.get());
            return new FileReport(
                    name, file.source(), shown, List.of(notice), Optional.empty(), Optional.empty(), false);
        }
        Change change = new Change(before.text(), after, edits.size());
        // What remains is found when the file is read again.
        return new FileReport(name, file.source(), List.of(), List.of(), Optional.of(change), Optional.empty(), false);
    }

    /** Returns the edits that are wanted and make sense together. */
    List<TextEdit> settingsEdits(SettingsFile file) {
        List<TextEdit> edits = new ArrayList<>();
        for (Finding problem : file.problems()) {
            for (Fix fix : problem.fixes()) {
                if (request.fix().isPresent()
                        && fix.applicability().compareTo(request.fix().get()) <= 0) {
                    edits.addAll(fix.edits());
                }
            }
        }
        return edits;
    }
}
