package io.github.spawnproof.boundary;

/**
 * A name that people know so well that they leave out the import when they quote code.
 *
 * @param qualified what it means then; its last part is the name
 * @param evidence what must also be in the text, since others use the name too
 */
public record WellKnownName(String qualified, String evidence) {

    /** Returns the name as code writes it. */
    public String name() {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    /** Returns the module that it is imported from. */
    public String module() {
        return qualified.substring(0, qualified.lastIndexOf('.'));
    }

    /** Tells whether a text may use the name in this meaning; cheap. */
    public boolean mayOccurIn(String text) {
        return hasWord(text, evidence) && hasWord(text, name());
    }

    /** Tells whether the text has the word, not as the end of a longer one. */
    private static boolean hasWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }
}
