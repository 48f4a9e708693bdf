package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.analysis.RuleFailure;
import io.github.spawnproof.cli.FileReport.Change;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.FileContent;
import io.github.spawnproof.workspace.FileContent.Text;
import io.github.spawnproof.workspace.FileContent.Unread;
import io.github.spawnproof.workspace.FileDiscovery.FoundFile;
import io.github.spawnproof.workspace.FileEncoding;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsFile;
import io.github.spawnproof.workspace.SourceFile;
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
    private final SurroundingsFinder surroundings;

    /** @param cache the folder to keep in, from run to run, what was found out */
    FileCheck(CheckRequest request, Analyzer analyzer, ProjectFinder projects, PathNames names, Optional<Path> cache) {
        this.request = request;
        this.analyzer = analyzer;
        this.projects = projects;
        this.names = names;
        this.surroundings = new SurroundingsFinder(path -> Optional.empty(), cache);
    }

    /** Keeps what was found out about the files for later runs. */
    void save() {
        surroundings.save();
    }

    FileReport file(FoundFile file) {
        String name = names.display(file.path());
        FileContent content = SourceReader.read(file.path());
        if (content instanceof Text text) {
            return check(
                    name,
                    file.path(),
                    text,
                    file.named(),
                    (before, after) -> SourceWriter.replace(file.path(), before, after));
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
        FileContent content = SourceReader.decode(bytes, path);
        FileReport report = content instanceof Text text
                ? check(name, path, text, true, (before, after) -> {
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

    private FileReport check(String name, Path path, Text content, boolean named, Writing writing) {
        return SourceFile.of(
                path.toUri(),
                content,
                file -> check(name, path, file, writing),
                unread -> FileReport.notRead(Notice.of(name, unread), named));
    }

    private FileReport check(String name, Path path, SourceFile file, Writing writing) {
        FoundProject project = projects.find(path, request.overrides());
        try {
            return analyse(name, path, file, project, writing);
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of the front end: the file has no findings, all others have theirs.
            Notice notice = new Notice(name, Notice.RULE_FAILED, "the analysis of this file failed: " + e);
            return FileReport.of(notice, Optional.of(project), false);
        }
    }

    private FileReport analyse(String name, Path path, SourceFile file, FoundProject project, Writing writing) {
        List<String> classPath = project.project().settings().javaClassPath();
        Project around = project.project().with(surroundings.of(path, bases(), false, classPath));
        List<Notice> notices = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        int applied = 0;
        AnalysisResult result = analyzer.analyze(file.document(), around, CancelToken.NEVER);
        if (request.fix().isPresent()) {
            Fixes.Fixed fixed = Fixes.applyAll(analyzer, result, request.fix().get(), CancelToken.NEVER);
            if (fixed.applied() > 0) {
                String after = file.with(fixed.document());
                Optional<String> refusal =
                        request.write() ? write(fixed.others(), file.content(), after, writing) : Optional.empty();
                if (refusal.isPresent()) {
                    notices.add(new Notice(name, Notice.SKIPPED, refusal.get()));
                } else {
                    applied = fixed.applied();
                    changes.add(new Change(name, false, file.content().text(), after));
                    fixed.others().forEach(other -> changes.add(change(other)));
                    result = request.write() ? analyzer.analyze(fixed.document(), around, CancelToken.NEVER) : result;
                }
            }
        }
        for (RuleFailure failure : result.failures()) {
            notices.add(new Notice(
                    name, Notice.RULE_FAILED, "rule `%s` failed: %s".formatted(failure.rule(), failure.cause())));
        }
        boolean toBaseline = request.writeBaseline().isPresent();
        BaselineMatch match = BaselineMatch.of(path, project.baseline(), result);
        return new FileReport(
                name,
                result.snapshot(),
                toBaseline
                        ? List.of()
                        : result.findings().stream().map(this::named).toList(),
                notices,
                changes,
                applied,
                Optional.of(project),
                toBaseline
                        ? Optional.of(match.hidingAll())
                        : Optional.of(match).filter(any -> any.baseline().isPresent()),
                false);
    }

    /** Writes what fixes change, other files first: without these the file itself would be worse than before. */
    private static Optional<String> write(List<FileEdit> others, Text before, String after, Writing writing) {
        for (FileEdit other : others) {
            Path path = Path.of(URI.create(other.file().uri()));
            Optional<String> refusal = other.isNew()
                    ? SourceWriter.create(path, other.after())
                    : SourceWriter.replace(
                            path, new Text(other.file().source().text(), FileEncoding.UTF_8), other.after());
            if (refusal.isPresent()) {
                return refusal.map(reason -> "is left as it is, since `%s` %s".formatted(path.getFileName(), reason));
            }
        }
        return after.equals(before.text()) ? Optional.empty() : writing.write(before, after);
    }

    private Change change(FileEdit edit) {
        return new Change(
                named(edit.file()).uri(), edit.isNew(), edit.file().source().text(), edit.after());
    }

    /** Returns the folders that may be the root of what is checked. */
    private List<Path> bases() {
        List<Path> bases = new ArrayList<>(List.of(request.overrides().base()));
        request.paths().forEach(typed -> bases.add(request.absolute(typed)));
        return bases;
    }

    /** Returns the finding with the other files that it tells of called as the user would. */
    private Finding named(Finding finding) {
        List<Related> related = finding.related().stream()
                .map(place -> place.document() == null
                        ? place
                        : new Related(place.range(), place.message(), named(place.document())))
                .toList();
        List<Fix> fixes = finding.fixes().stream()
                .map(fix -> new Fix(
                        fix.title(),
                        fix.applicability(),
                        fix.edits(),
                        fix.others().stream()
                                .map(other -> new FileEdit(named(other.file()), other.isNew(), other.edits()))
                                .toList()))
                .toList();
        return finding.with(related, fixes);
    }

    private DocumentSnapshot named(DocumentSnapshot document) {
        String name = names.display(Path.of(URI.create(document.uri())));
        return new DocumentSnapshot(name, document.language(), document.version(), document.source(), document.cells());
    }

    /** Returns what the settings show of findings in a file that is input of the tool's own. */
    List<Finding> shown(Path file, List<Finding> findings) {
        return projects.find(file, request.overrides()).project().settings().shown(findings);
    }

    /** Reports what is wrong with a settings file, and mends it if that is wanted. */
    FileReport settings(SettingsFile file) {
        String name = names.display(file.path());
        List<Finding> shown = shown(file.path(), file.problems());
        DocumentSnapshot document =
                DocumentSnapshot.of(name, Language.ENVIRONMENT, file.source().text());
        List<TextEdit> edits = settingsEdits(file);
        if (edits.isEmpty()) {
            return new FileReport(name, document, shown, List.of(), List.of(), 0, Optional.empty(), false);
        }
        Text before = new Text(file.source().text(), FileEncoding.UTF_8);
        String after = TextEdit.apply(before.text(), edits);
        Optional<String> refusal =
                request.write() ? SourceWriter.replace(file.path(), before, after) : Optional.empty();
        if (refusal.isPresent()) {
            Notice notice = new Notice(name, Notice.SKIPPED, refusal.get());
            return new FileReport(name, document, shown, List.of(notice), List.of(), 0, Optional.empty(), false);
        }
        List<Change> changes = List.of(new Change(name, false, before.text(), after));
        // What remains is found when the file is read again.
        return new FileReport(name, document, List.of(), List.of(), changes, edits.size(), Optional.empty(), false);
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
