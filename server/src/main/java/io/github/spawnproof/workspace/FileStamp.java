package io.github.spawnproof.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells whether a file is still the one that was read.
 *
 * @param size in bytes; -1 if there is no such file
 * @param modifiedMillis when it was last written, since 1970
 */
record FileStamp(Path path, long size, long modifiedMillis) {

    /** Returns the stamp of a file, or of its absence. Never fails. */
    static FileStamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(
                    path, attributes.size(), attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            return new FileStamp(path, -1, 0);
        }
    }

    boolean isCurrent() {
        return equals(of(path));
    }
}
