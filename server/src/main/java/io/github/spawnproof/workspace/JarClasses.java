package io.github.spawnproof.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes of a jar. Only what tells their names apart is kept, eight bytes each; the file is open only while a class
 * is read, so that builds can replace it.
 */
final class JarClasses {

    private static final String SUFFIX = ".class";
    /** No class file that people call is larger. */
    private static final int MAX_BYTES = 4_000_000;

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final FileStamp stamp;
    private final long[] names;

    private JarClasses(FileStamp stamp, long[] names) {
        this.stamp = stamp;
        this.names = names;
    }

    /** Returns the classes of a jar; none if it cannot be read. Never fails. */
    static JarClasses read(FileStamp stamp) {
        long[] names = new long[256];
        int count = 0;
        try (ZipFile zip = new ZipFile(stamp.path().toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(SUFFIX) && !name.startsWith("META-INF/")) {
                    names = count == names.length ? Arrays.copyOf(names, 2 * count) : names;
                    names[count++] = hash(name, name.length() - SUFFIX.length());
                }
            }
        } catch (IOException | RuntimeException e) {
            // Damaged jars fail as the JDK likes: whatever is in them, it is not for us.
            count = 0;
        }
        long[] sorted = Arrays.copyOf(names, count);
        Arrays.sort(sorted);
        return new JarClasses(stamp, sorted);
    }

    FileStamp stamp() {
        return stamp;
    }

    /** Returns the bytes of a class by its canonical name; empty if it is not there, or cannot be read. Never fails. */
    Optional<byte[]> bytes(String canonicalName) {
        if (Arrays.binarySearch(names, hash(canonicalName, canonicalName.length())) < 0) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(stamp.path().toFile())) {
            for (String name : fileNames(canonicalName)) {
                ZipEntry entry = zip.getEntry(name);
                if (entry != null && entry.getSize() <= MAX_BYTES) {
                    try (InputStream stream = zip.getInputStream(entry)) {
                        return Optional.of(stream.readNBytes(MAX_BYTES));
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Returns the names that the file of a class may have: how many of the last words are nested classes nobody knows. */
    static List<String> fileNames(String canonicalName) {
        List<String> names = new ArrayList<>();
        String name = canonicalName.replace('.', '/');
        names.add(name + SUFFIX);
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            name = name.substring(0, slash) + '$' + name.substring(slash + 1);
            names.add(name + SUFFIX);
        }
        return names;
    }

    /** Returns a hash that is the same for canonical names and those of files: FNV-1a, with all separators alike. */
    private static long hash(String name, int end) {
        long hash = FNV_START;
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            hash = (hash ^ (c == '/' || c == '$' ? '.' : c)) * FNV_PRIME;
        }
        return hash;
    }
}
