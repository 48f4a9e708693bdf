package io.github.spawnproof.finding;

import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.List;

/**
 * What a fix does to another file than that of its finding.
 *
 * @param file the file as the edits find it; empty if they make it
 * @param isNew whether the file is not there yet
 * @param edits not empty, pairwise without conflict
 */
public record FileEdit(DocumentSnapshot file, boolean isNew, List<TextEdit> edits) {

    public FileEdit {
        edits = List.copyOf(edits);
    }

    /** Returns what makes a file. */
    public static FileEdit create(String uri, Language language, String text) {
        return new FileEdit(DocumentSnapshot.of(uri, language, ""), true, List.of(TextEdit.insert(0, text)));
    }

    /** Returns the file's text after the edits. */
    public String after() {
        return TextEdit.apply(file.source().text(), edits);
    }
}
