package io.github.spawnproof.workspace;

import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.TextRange;
import io.github.spawnproof.workspace.FileContent.Text;
import io.github.spawnproof.workspace.FileContent.Unread;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A file that can be analysed: its text as it is on disk, and the document that is in it. */
public final class SourceFile {

    private final Text content;
    private final DocumentSnapshot document;
    private final Optional<NotebookFile> notebook;

    private SourceFile(Text content, DocumentSnapshot document, Optional<NotebookFile> notebook) {
        this.content = content;
        this.document = document;
        this.notebook = notebook;
    }

    /**
     * Returns what one of two functions makes of a file.
     *
     * @param uri where the file is; its name says what it is written in
     * @param read for a file that can be analysed
     * @param unread for a file that is not what its name says, with the reason
     */
    public static <T> T of(URI uri, Text content, Function<SourceFile, T> read, Function<Unread, T> unread) {
        Language language = FileKinds.orPython(Path.of(uri));
        if (language != Language.NOTEBOOK) {
            DocumentSnapshot document = DocumentSnapshot.of(uri.toString(), language, content.text());
            return read.apply(new SourceFile(content, document, Optional.empty()));
        }
        NotebookFile notebook;
        try {
            notebook = NotebookFile.parse(content.text());
        } catch (NotebookFile.Unreadable e) {
            return unread.apply(new Unread(FileContent.Kind.UNREADABLE, String.valueOf(e.getMessage())));
        }
        return read.apply(new SourceFile(content, notebook.snapshot(uri.toString()), Optional.of(notebook)));
    }

    public Text content() {
        return content;
    }

    public DocumentSnapshot document() {
        return document;
    }

    /** Returns the text of the file with a changed document in it. */
    public String with(DocumentSnapshot changed) {
        return notebook.map(file -> file.with(changed))
                .orElseGet(() -> changed.source().text());
    }

    /** Returns a finding of the document with the places that it has in the text of the file, and without fixes. */
    public Finding located(Finding finding) {
        List<Related> related = finding.related().stream()
                .map(place -> place.document() == null ? new Related(located(place.range()), place.message()) : place)
                .toList();
        return new Finding(
                finding.rule(),
                located(finding.range()),
                finding.message(),
                finding.severity(),
                finding.failsOn(),
                related,
                List.of());
    }

    private TextRange located(TextRange range) {
        return notebook.map(
                        file -> new TextRange(file.offset(document, range.start()), file.offset(document, range.end())))
                .orElse(range);
    }
}
