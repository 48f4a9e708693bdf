package io.github.spawnproof.java;

import io.github.spawnproof.source.TextRange;

/** A text under repair. Characters change to blanks or brackets and some are added at the end, so that offsets stay. */
final class JavaDraft {

    private final StringBuilder text;

    JavaDraft(String text) {
        this.text = new StringBuilder(text);
    }

    /** Takes out what is damaged, and the comments, whose room the repair of brackets may need. */
    static JavaDraft of(JavaScan scan) {
        JavaDraft draft = new JavaDraft(scan.tokens().text());
        for (JavaScan.Damage damage : scan.damages()) {
            TextRange range = damage.range();
            boolean inString = range.length() == 1 && isInToken(scan.tokens(), range.start());
            if (inString) {
                draft.put(range.start(), "_");
            } else {
                draft.blank(range.start(), range.end());
            }
            if (damage.value()) {
                draft.put(range.start(), "0");
            }
        }
        scan.comments().forEach(comment -> draft.blank(comment.start(), comment.end()));
        return draft;
    }

    private static boolean isInToken(JavaTokens tokens, int offset) {
        int token = tokens.at(offset);
        return token < tokens.size() && tokens.start(token) < offset;
    }

    /** Replaces a range by blanks; line ends and tabs stay. */
    void blank(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\r' && c != '\t') {
                text.setCharAt(i, ' ');
            }
        }
    }

    void put(int offset, String characters) {
        text.replace(offset, offset + characters.length(), characters);
    }

    void append(char character) {
        text.append(character);
    }

    char charAt(int offset) {
        return text.charAt(offset);
    }

    /** Replaces a run of tokens by blanks, and the partners of its brackets that stand outside. */
    void blankTokens(JavaTokens tokens, int first, int last) {
        for (int i = first; i <= last; i++) {
            blank(tokens.start(i), tokens.end(i));
            int partner = tokens.partner(i);
            if (partner != JavaTokens.NONE && (partner < first || partner > last)) {
                blank(tokens.start(partner), tokens.end(partner));
            }
        }
    }

    /** Replaces the characters outside of ASCII, and what is left of strings, by underscores. */
    void simplify(JavaTokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            boolean quoted = tokens.kind(i) == JavaTokens.LITERAL && text.charAt(tokens.start(i)) == '"';
            for (int at = tokens.start(i); at < tokens.end(i); at++) {
                char c = text.charAt(at);
                if (c > '~' || (quoted && c == '\\')) {
                    text.setCharAt(at, '_');
                }
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
