package io.github.spawnproof.python.syntax;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of characters as Python has them in string escapes: those of the Unicode database that this JDK knows, and
 * their formal aliases (NameAliases.txt of Unicode 16), which {@link Character#codePointOf} does not know.
 */
final class UnicodeNames {

    private static final int FIRST_VARIATION_SELECTOR = 0xFE00;
    private static final int FIRST_SUPPLEMENTARY_SELECTOR = 0xE0100;
    private static final int BASIC_SELECTORS = 16;
    private static final int SELECTORS = 256;

    private UnicodeNames() {}

    /** Returns the code point with the name, or -1 if there is none. */
    static int codePoint(String name) {
        String upper = upperCase(name);
        Integer alias = Aliases.CODE_POINTS.get(upper);
        if (alias != null) {
            return alias;
        }
        if (upper.matches("VS[1-9][0-9]{0,2}")) {
            return variationSelector(Integer.parseInt(upper.substring(2)));
        }
        try {
            return Character.codePointOf(upper);
        } catch (IllegalArgumentException unknown) {
            return -1;
        }
    }

    private static int variationSelector(int number) {
        if (number <= BASIC_SELECTORS) {
            return FIRST_VARIATION_SELECTOR + number - 1;
        }
        return number <= SELECTORS ? FIRST_SUPPLEMENTARY_SELECTOR + number - BASIC_SELECTORS - 1 : -1;
    }

    private static String upperCase(String name) {
        StringBuilder upper = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
        }
        return upper.toString();
    }

    /** Made when the first escape with a name is met; most programs have none. */
    private static final class Aliases {

        private static final String TABLE = """
                0;NUL|1;SOH|2;STX|3;ETX|4;EOT|5;ENQ|6;ACK|7;ALERT|8;BS|9;HORIZONTAL TABULATION|9;HT|9;TAB|A;LINE FEED|\
                A;NEW LINE|A;END OF LINE|A;EOL|A;LF|A;NL|B;VERTICAL TABULATION|B;VT|C;FORM FEED|C;FF|D;CARRIAGE RETURN|\
                D;CR|E;LOCKING-SHIFT ONE|E;SO|F;LOCKING-SHIFT ZERO|F;SI|10;DLE|11;DC1|12;DC2|13;DC3|14;DC4|15;NAK|16;SYN|\
                17;ETB|18;CAN|19;EOM|1A;SUB|1B;ESC|1C;FILE SEPARATOR|1C;FS|1D;GROUP SEPARATOR|1D;GS|1E;RECORD SEPARATOR|\
                1E;RS|1F;UNIT SEPARATOR|1F;US|20;SP|7F;DEL|80;PAD|81;HOP|82;BPH|83;NBH|84;INDEX|84;IND|85;NEXT LINE|\
                85;NEL|86;SSA|87;ESA|88;HORIZONTAL TABULATION SET|88;HTS|89;HORIZONTAL TABULATION WITH JUSTIFICATION|\
                89;HTJ|8A;VERTICAL TABULATION SET|8A;VTS|8B;PARTIAL LINE DOWN|8B;PLD|8C;PARTIAL LINE UP|8C;PLU|\
                8D;REVERSE INDEX|8D;RI|8E;SINGLE-SHIFT-2|8E;SS2|8F;SINGLE-SHIFT-3|8F;SS3|90;DCS|91;PRIVATE USE-1|91;PU1|\
                92;PRIVATE USE-2|92;PU2|93;STS|94;CCH|95;MW|96;START OF PROTECTED AREA|96;SPA|97;END OF PROTECTED AREA|\
                97;EPA|98;SOS|99;SGC|9A;SCI|9B;CSI|9C;ST|9D;OSC|9E;PM|9F;APC|A0;NBSP|AD;SHY|1A2;LATIN CAPITAL LETTER GHA|\
                1A3;LATIN SMALL LETTER GHA|34F;CGJ|61C;ALM|709;SYRIAC SUBLINEAR COLON SKEWED LEFT|\
                CDE;KANNADA LETTER LLLA|E9D;LAO LETTER FO FON|E9F;LAO LETTER FO FAY|EA3;LAO LETTER RO|EA5;LAO LETTER LO|\
                FD0;TIBETAN MARK BKA- SHOG GI MGO RGYAN|11EC;HANGUL JONGSEONG YESIEUNG-KIYEOK|\
                11ED;HANGUL JONGSEONG YESIEUNG-SSANGKIYEOK|11EE;HANGUL JONGSEONG SSANGYESIEUNG|\
                11EF;HANGUL JONGSEONG YESIEUNG-KHIEUKH|180B;FVS1|180C;FVS2|180D;FVS3|180E;MVS|180F;FVS4|200B;ZWSP|\
                200C;ZWNJ|200D;ZWJ|200E;LRM|200F;RLM|202A;LRE|202B;RLE|202C;PDF|202D;LRO|202E;RLO|202F;NNBSP|205F;MMSP|\
                2060;WJ|2066;LRI|2067;RLI|2068;FSI|2069;PDI|2118;WEIERSTRASS ELLIPTIC FUNCTION|2448;MICR ON US SYMBOL|\
                2449;MICR DASH SYMBOL|2B7A;LEFTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE|\
                2B7C;RIGHTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE|A015;YI SYLLABLE ITERATION MARK|\
                AA6E;MYANMAR LETTER KHAMTI LLA|FE18;PRESENTATION FORM FOR VERTICAL RIGHT WHITE LENTICULAR BRACKET|\
                FEFF;BYTE ORDER MARK|FEFF;BOM|FEFF;ZWNBSP|122D4;CUNEIFORM SIGN NU11 TENU|\
                122D5;CUNEIFORM SIGN NU11 OVER NU11 BUR OVER BUR|16E56;MEDEFAIDRIN CAPITAL LETTER H|\
                16E57;MEDEFAIDRIN CAPITAL LETTER NG|16E76;MEDEFAIDRIN SMALL LETTER H|16E77;MEDEFAIDRIN SMALL LETTER NG|\
                1B001;HENTAIGANA LETTER E-1|1D0C5;BYZANTINE MUSICAL SYMBOL FTHORA SKLIRON CHROMA VASIS|\
                """;

        static final Map<String, Integer> CODE_POINTS = new HashMap<>();

        static {
            for (String entry : TABLE.strip().split("\\|", -1)) {
                int separator = entry.indexOf(';');
                if (separator > 0) {
                    CODE_POINTS.put(
                            entry.substring(separator + 1), Integer.parseInt(entry.substring(0, separator), 16));
                }
            }
        }
    }
}
