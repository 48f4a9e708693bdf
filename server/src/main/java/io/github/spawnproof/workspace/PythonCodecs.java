package io.github.spawnproof.workspace;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Charsets by the names that Python gives them: docs.python.org/3/library/codecs.html#standard-encodings. */
final class PythonCodecs {

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("utf", "UTF-8"),
            Map.entry("u8", "UTF-8"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf8-ucs2", "UTF-8"),
            Map.entry("utf-8-sig", "UTF-8"),
            Map.entry("cp65001", "UTF-8"),
            Map.entry("ascii", "US-ASCII"),
            Map.entry("646", "US-ASCII"),
            Map.entry("latin", "ISO-8859-1"),
            Map.entry("latin1", "ISO-8859-1"),
            Map.entry("latin-1", "ISO-8859-1"),
            Map.entry("l1", "ISO-8859-1"),
            Map.entry("8859", "ISO-8859-1"),
            Map.entry("iso8859", "ISO-8859-1"),
            Map.entry("cp819", "ISO-8859-1"),
            Map.entry("mbcs", "windows-1252"),
            Map.entry("mac-roman", "x-MacRoman"),
            Map.entry("macroman", "x-MacRoman"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("mac-cyrillic", "x-MacCyrillic"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("s-jis", "Shift_JIS"),
            Map.entry("shiftjis", "Shift_JIS"),
            Map.entry("shift-jis", "Shift_JIS"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("ms932", "windows-31j"),
            Map.entry("932", "windows-31j"),
            Map.entry("ujis", "EUC-JP"),
            Map.entry("eucjp", "EUC-JP"),
            Map.entry("euckr", "EUC-KR"),
            Map.entry("cp949", "x-windows-949"),
            Map.entry("uhc", "x-windows-949"),
            Map.entry("cp936", "GBK"),
            Map.entry("936", "GBK"),
            Map.entry("ms936", "GBK"),
            Map.entry("cp950", "x-windows-950"),
            Map.entry("950", "x-windows-950"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"));

    /** Latin alphabets by number, as ISO 8859 parts: latin-5 is part 9, latin-6 part 10, and so on. */
    private static final int[] LATIN = {0, 1, 2, 3, 4, 9, 10, 13, 14, 15, 16};

    private static final Pattern LATIN_NAME = Pattern.compile("(?:latin-?|l)(\\d{1,2})");
    private static final Pattern ISO_NAME = Pattern.compile("(?:iso-?)?8859-(\\d{1,2})");
    private static final Pattern WINDOWS_NAME = Pattern.compile("(?:cp|windows-?)?(125[0-8])");
    private static final Pattern CODE_PAGE_NAME = Pattern.compile("(?:cp|ibm)?(\\d{3})");

    private PythonCodecs() {}

    /** Returns the charset of that name, if Java has it and Python allows it for source code. */
    static Optional<Charset> find(String pythonName) {
        String name = pythonName.toLowerCase(Locale.ROOT).replace('_', '-');
        if (name.equals("utf-8") || name.startsWith("utf-8-")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        // Not a superset of ASCII: CPython cannot read source written in them.
        if (name.startsWith("utf-16") || name.startsWith("utf-32") || name.equals("u16") || name.equals("u32")) {
            return Optional.empty();
        }
        String alias = ALIASES.get(name);
        return supported(alias == null ? javaName(name) : alias);
    }

    private static String javaName(String name) {
        Matcher latin = LATIN_NAME.matcher(name);
        if (latin.matches() && Integer.parseInt(latin.group(1)) < LATIN.length) {
            return "ISO-8859-" + LATIN[Integer.parseInt(latin.group(1))];
        }
        Matcher iso = ISO_NAME.matcher(name);
        if (iso.matches()) {
            return "ISO-8859-" + iso.group(1);
        }
        Matcher windows = WINDOWS_NAME.matcher(name);
        if (windows.matches()) {
            return "windows-" + windows.group(1);
        }
        Matcher codePage = CODE_PAGE_NAME.matcher(name);
        if (codePage.matches()) {
            return supported("IBM" + codePage.group(1)).isPresent()
                    ? "IBM" + codePage.group(1)
                    : "x-IBM" + codePage.group(1);
        }
        return name;
    }

    private static Optional<Charset> supported(String name) {
        try {
            return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
        } catch (IllegalCharsetNameException e) {
            return Optional.empty();
        }
    }
}
