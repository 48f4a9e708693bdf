package io.github.spawnproof.workspace;

import io.github.spawnproof.workspace.FileContent.Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;

/** Writes changed source back: at once or not at all, in the encoding of the file, with its permissions. */
public final class SourceWriter {

    private SourceWriter() {}

    /**
     * Replaces the file's text; a symbolic link stays one. One file after the other, since fixes of several files may
     * change the same one.
     *
     * @param before what was read from the file; bytes outside of the change stay as they are
     * @return why the file was left untouched, as a clause without its name; empty if it was written
     */
    public static synchronized Optional<String> replace(Path file, Text before, String after) {
        byte[] bytes;
        try {
            bytes = before.encoding().encode(after);
        } catch (CharacterCodingException e) {
            return Optional.of(cannotEncode(before.encoding()));
        }
        try {
            Path real = file.toRealPath();
            byte[] found = Files.readAllBytes(real);
            if (Arrays.equals(found, bytes)) {
                return Optional.empty(); // A fix of another file has done the same.
            }
            // This also notices encodings that write one text in several ways.
            if (!Arrays.equals(found, before.encoding().encode(before.text()))) {
                return Optional.of("cannot be fixed: it changed meanwhile, or its encoding is ambiguous");
            }
            // A rename needs no right to write the file itself, so nothing else would respect it.
            if (!Files.isWritable(real)) {
                return Optional.of("cannot be fixed: permission denied");
            }
            write(real, bytes);
            return Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.of("cannot be fixed: permission denied");
        } catch (IOException e) {
            return Optional.of(
                    "cannot be fixed: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    /**
     * Makes a file in UTF-8.
     *
     * @return why there is none, as a clause without its name; empty if it was made
     */
    public static Optional<String> create(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            return Optional.of("is there already");
        } catch (IOException e) {
            return Optional.of("cannot be written: " + SourceReader.reason(e));
        }
    }

    /**
     * Writes a file in UTF-8, whether there is one or not; a symbolic link to one stays a link.
     *
     * @return why the file was left untouched, as a clause without its name; empty if it was written
     */
    static synchronized Optional<String> put(Path file, String text) {
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file;
            if (Files.exists(real) && !Files.isWritable(real)) {
                return Optional.of("cannot be written: permission denied");
            }
            write(real, text.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("cannot be written: there is no such folder");
        } catch (AccessDeniedException e) {
            return Optional.of("cannot be written: permission denied");
        } catch (IOException e) {
            return Optional.of("cannot be written: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    /** Returns the clause for a fix that the file's encoding has no bytes for. */
    public static String cannotEncode(FileEncoding encoding) {
        return "cannot be fixed: its encoding, %s, lacks a character of the fix"
                .formatted(encoding.charset().name());
    }

    /** Writes a file, at once or not at all. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.getParent();
        Path temporary =
                Files.createTempFile(folder == null ? Path.of(".") : folder, "." + file.getFileName(), ".spawnproof");
        try {
            Files.write(temporary, bytes);
            PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            PosixFileAttributeView made = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
            if (old != null && made != null) {
                // A temporary file is for its owner alone; a new one is to be read by others, as most files are.
                made.setPermissions(
                        Files.exists(file)
                                ? old.readAttributes().permissions()
                                : PosixFilePermissions.fromString("rw-r--r--"));
            }
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
