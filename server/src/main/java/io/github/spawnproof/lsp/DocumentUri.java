package io.github.spawnproof.lsp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a document is, as the client spells it, with a key that is equal for all spellings of one place: letter case of
 * scheme and Windows drive, {@code %}-escapes, Unicode normal form. Symbolic links are not followed.
 *
 * @param spelling what the client is answered with
 * @param key what documents are compared by
 */
record DocumentUri(String spelling, String key) {

    private static final String FILE = "file:";

    static DocumentUri of(String spelling) {
        int colon = spelling.indexOf(':');
        String scheme = spelling.substring(0, colon + 1).toLowerCase(Locale.ROOT);
        String rest = spelling.substring(colon + 1);
        String key = scheme.equals(FILE) ? FILE + filePath(rest) : scheme + unescape(rest, true);
        return new DocumentUri(spelling, Normalizer.normalize(key, Normalizer.Form.NFC));
    }

    private static String filePath(String rest) {
        String path = rest;
        if (path.startsWith("//")) {
            int slash = path.indexOf('/', 2);
            String host = slash < 0 ? path.substring(2) : path.substring(2, slash);
            String behind = slash < 0 ? "" : path.substring(slash);
            path = host.isEmpty() || host.equalsIgnoreCase("localhost")
                    ? behind
                    : "//" + host.toLowerCase(Locale.ROOT) + behind;
        }
        path = unescape(path, false);
        boolean drive =
                path.length() >= 3 && path.charAt(0) == '/' && path.charAt(2) == ':' && isLetter(path.charAt(1));
        return drive ? "/" + Character.toLowerCase(path.charAt(1)) + path.substring(2) : path;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Replaces escapes by what they stand for; a {@code %} that begins none stays as it is. */
    private static String unescape(String text, boolean keepReserved) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int value = text.charAt(i) == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            // An escaped delimiter of a URI is not the delimiter.
            if (value < 0 || (keepReserved && "#?/%".indexOf(value) >= 0)) {
                int codePoint = text.codePointAt(i);
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(codePoint);
            } else {
                bytes.write(value);
                i += 3;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    boolean isFile() {
        return key.startsWith(FILE);
    }

    /** Tells whether it is a file with one of the extensions that Python source has. */
    boolean hasPythonExtension() {
        String lower = key.toLowerCase(Locale.ROOT);
        return isFile() && (lower.endsWith(".py") || lower.endsWith(".pyi") || lower.endsWith(".pyw"));
    }

    /** Tells whether somebody writes it: not so what jdtls shows of class files, and Git of old versions. */
    boolean isWritten() {
        return isFile() || key.startsWith("untitled:");
    }

    /** Returns the file's path; empty for what is no file or no path on this system. */
    Optional<Path> path() {
        if (!isFile()) {
            return Optional.empty();
        }
        // From the spelling: on most systems two normal forms of a name are two files.
        String path = unescapedPath();
        boolean drive = path.length() >= 3 && path.charAt(0) == '/' && path.charAt(2) == ':';
        try {
            return Optional.of(Path.of(drive ? path.substring(1) : path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private String unescapedPath() {
        return filePath(spelling.substring(spelling.indexOf(':') + 1));
    }
}
