package io.github.spawnproof.cli;

/** Text from somebody's source file, made fit for a terminal. */
final class Printable {

    private static final int TAB = 4;

    /** A piece of text and how many columns of a terminal it takes. */
    record Piece(String text, int columns) {}

    private Printable() {}

    /** Returns the text with everything replaced that could steer a terminal or reorder what it shows. */
    static String text(String text) {
        boolean clean = text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return clean ? text : line(text, 0, text.length(), 0).text();
    }

    /**
     * Returns a part of a line, with tabs expanded.
     *
     * @param column where the part starts on the screen, from 0
     */
    static Piece line(String text, int start, int end, int column) {
        StringBuilder out = new StringBuilder();
        int at = column;
        int i = start;
        while (i < end) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\t') {
                int blanks = TAB - at % TAB;
                out.append(" ".repeat(blanks));
                at += blanks;
            } else if (isDangerous(point)) {
                out.append('\uFFFD');
                at++;
            } else {
                out.appendCodePoint(point);
                at += columns(point);
            }
        }
        return new Piece(out.toString(), at - column);
    }

    private static boolean isDangerous(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** Returns the columns of a character, after Unicode's East Asian Width (unicode.org/reports/tr11), roughly. */
    private static int columns(int point) {
        if (point < 0x300) {
            return 1;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF && point != 0x303F)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1F64F)
                || (point >= 0x1F680 && point <= 0x1F6FF)
                || (point >= 0x1F900 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
