package io.github.spawnproof.workspace;

import io.github.spawnproof.source.Language;
import io.github.spawnproof.workspace.FileContent.Kind;
import io.github.spawnproof.workspace.FileContent.Text;
import io.github.spawnproof.workspace.FileContent.Unread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Python source the way the interpreter does: byte order mark, encoding line (PEP 263), else UTF-8. */
public final class SourceReader {

    /** The largest file that is read, in bytes. */
    public static final int LIMIT = 2 * 1024 * 1024;

    // The two expressions are those of PEP 263, as CPython's tokenizer has them.
    private static final Pattern COOKIE = Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");
    private static final Pattern BLANK = Pattern.compile("^[ \\t\\f]*(?:#.*)?$");
    private static final int COOKIE_LINES = 2;

    /** The largest notebook that is read, in bytes: most of one are pictures that its code has drawn. */
    private static final int NOTEBOOK_LIMIT = 64 * 1024 * 1024;

    private SourceReader() {}

    /** Reads a file; never fails. */
    public static FileContent read(Path file) {
        try {
            // Before it is opened: opening a named pipe would wait for somebody to write.
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return new Unread(Kind.SKIPPED, "is not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                int limit = limit(file);
                return decode(in.readNBytes(limit + 1), limit);
            }
        } catch (IOException e) {
            return new Unread(Kind.UNREADABLE, reason(e));
        }
    }

    /** Returns what went wrong in words. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "is no longer there";
        }
        if (e instanceof AccessDeniedException) {
            return "cannot be read: permission denied";
        }
        return "cannot be read: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** Returns the text of these bytes as that of a file of that name; never fails. */
    public static FileContent decode(byte[] bytes, Path name) {
        return decode(bytes, limit(name));
    }

    private static int limit(Path name) {
        return FileKinds.orPython(name) == Language.NOTEBOOK ? NOTEBOOK_LIMIT : LIMIT;
    }

    private static FileContent decode(byte[] bytes, int limit) {
        if (bytes.length > limit) {
            return new Unread(Kind.SKIPPED, "is larger than %d MB".formatted(limit >> 20));
        }
        boolean mark = FileEncoding.startsWithMark(bytes);
        Optional<String> cookie = cookie(bytes, mark ? 3 : 0);
        Optional<Charset> charset =
                cookie.isEmpty() ? Optional.of(StandardCharsets.UTF_8) : PythonCodecs.find(cookie.get());
        if (charset.isEmpty()) {
            return new Unread(
                    Kind.UNREADABLE, "declares the encoding `%s`, which is unknown".formatted(cookie.orElseThrow()));
        }
        // Python refuses this combination, too: "encoding problem: latin-1 with BOM".
        if (mark && !charset.get().equals(StandardCharsets.UTF_8)) {
            return new Unread(
                    Kind.UNREADABLE,
                    "starts with a UTF-8 byte order mark but declares the encoding `%s`"
                            .formatted(cookie.orElseThrow()));
        }
        return decode(bytes, new FileEncoding(charset.get(), mark));
    }

    private static FileContent decode(byte[] bytes, FileEncoding encoding) {
        int start = encoding.byteOrderMark() ? 3 : 0;
        if (encoding.charset().equals(StandardCharsets.UTF_8)) {
            // Several times as fast as a decoder, but puts U+FFFD for what is malformed.
            String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') < 0 && text.indexOf(0) < 0) {
                return new Text(text, encoding);
            }
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.position(start);
        CharsetDecoder decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate((int) (in.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            result = decoder.flush(out);
        }
        // First, since most binary files are malformed as well.
        if (indexOf(bytes, (byte) 0) >= 0) {
            return new Unread(Kind.SKIPPED, "is a binary file");
        }
        if (result.isError()) {
            return new Unread(
                    Kind.UNREADABLE,
                    "is not %s: byte 0x%02X in line %d; declare its encoding in the first line, such as `# coding: latin-1`"
                            .formatted(encoding.charset().name(), bytes[in.position()], lineOf(bytes, in.position())));
        }
        return new Text(out.flip().toString(), encoding);
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int lineOf(byte[] bytes, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n')) {
                line++;
            }
        }
        return line;
    }

    private static Optional<String> cookie(byte[] bytes, int start) {
        int at = start;
        for (int line = 0; line < COOKIE_LINES; line++) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            Matcher matcher = COOKIE.matcher(text);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
            if (!BLANK.matcher(text).matches()) {
                return Optional.empty();
            }
            at = end + (end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n' ? 2 : 1);
            if (at >= bytes.length) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
