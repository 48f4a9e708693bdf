package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ImportOutline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * What the modules of a program import, as far as somebody has looked; kept from run to run in a file of the cache folder.
 *
 * <p>An entry holds for a file as long as that has the same size and time. A file of the index that is damaged, or that
 * another build has written, counts as absent. Whoever writes last wins: entries are true for themselves. Safe for any
 * number of threads.
 */
final class OutlineIndex {

    private static final String ENDING = ".outlines";

    /** What was written so shortly before it was read may be written again within the precision of its time. */
    private static final long SETTLED_MILLIS = 2_000;

    /** More are not kept. */
    private static final int MAX_ENTRIES = 100_000;

    /** A larger file is none of ours. */
    private static final long MAX_BYTES = 256L << 20;

    private static final Duration UNUSED = Duration.ofDays(60);

    /** How often the time of a file that is used is set, so that it does not count as unused. */
    private static final Duration FRESH = Duration.ofDays(1);

    /**
     * What is known of a file.
     *
     * @param outline empty if nobody could read it
     */
    private record Entry(FileStamp stamp, Optional<ImportOutline> outline) {}

    private final Optional<Path> folder;
    private final String name;
    private final String title;
    private final Map<Path, Entry> entries = new HashMap<>();
    private boolean isLoaded;
    private boolean isChanged;

    /**
     * Makes an index whose file is read when somebody asks.
     *
     * @param folder where its file is kept; empty if it is not
     * @param origin what made the outlines: those of another build of this program may be others
     */
    OutlineIndex(Optional<Path> folder, String name, String origin) {
        this.folder = folder;
        this.name = name + ENDING;
        this.title = "spawnproof outlines 1 " + origin;
    }

    /**
     * Returns the index of a program.
     *
     * @param folder the cache folder; empty if nothing is to be kept
     * @param root the program's folder
     * @param key as in {@link io.github.spawnproof.project.OutlineReader}
     */
    static OutlineIndex of(Optional<Path> folder, Path root, String key) {
        Optional<String> build = build();
        return new OutlineIndex(
                folder.filter(some -> build.isPresent()), name(root, key), build.orElse("") + " " + key);
    }

    private static String name(Path root, String key) {
        CRC32 sum = new CRC32();
        sum.update((root + "\n" + key).getBytes(StandardCharsets.UTF_8));
        String name = String.valueOf(root.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
        return "%s-%08x".formatted(name, sum.getValue());
    }

    /** Returns what tells this build from others; empty for one that has not been packed. */
    private static Optional<String> build() {
        CodeSource source = OutlineIndex.class.getProtectionDomain().getCodeSource();
        URL place = source == null ? null : source.getLocation();
        try {
            return Optional.ofNullable(place == null ? null : Path.of(place.toURI()))
                    .filter(Files::isRegularFile)
                    .map(jar -> FileStamp.of(jar).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the outline of a file as it is; found out if it is not known. */
    synchronized Optional<ImportOutline> get(FileStamp stamp, Supplier<Optional<ImportOutline>> read) {
        load();
        Entry known = entries.get(stamp.path());
        if (known == null || !known.stamp().equals(stamp)) {
            known = new Entry(stamp, read.get());
            entries.put(stamp.path(), known);
            isChanged = true;
        }
        return known.outline();
    }

    // The file: a title, the number of entries, the entries, and a check sum of all that.

    private void load() {
        if (isLoaded) {
            return;
        }
        isLoaded = true;
        folder.map(some -> some.resolve(name)).ifPresent(path -> {
            try {
                if (Files.isRegularFile(path) && Files.size(path) <= MAX_BYTES) {
                    entries.putAll(parse(Files.readAllBytes(path)));
                    touch(path);
                }
            } catch (IOException | InvalidPathException e) {
                // What cannot be read is found out again.
            }
        });
    }

    private static void touch(Path path) throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(path).toInstant().isBefore(now.minus(FRESH))) {
            Files.setLastModifiedTime(path, FileTime.from(now));
        }
    }

    private Map<Path, Entry> parse(byte[] bytes) throws IOException {
        int end = bytes.length - Long.BYTES;
        if (end < 0 || ByteBuffer.wrap(bytes, end, Long.BYTES).getLong() != sum(bytes, end)) {
            return Map.of();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
        if (!in.readUTF().equals(title)) {
            return Map.of();
        }
        Map<Path, Entry> read = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Path path = Path.of(in.readUTF());
            FileStamp stamp = new FileStamp(path, in.readLong(), in.readLong());
            String folder = in.readUTF();
            boolean mayConcern = in.readBoolean();
            List<String> names = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                names.add(in.readUTF());
            }
            read.put(path, new Entry(stamp, Optional.of(new ImportOutline(folder, names, mayConcern))));
        }
        return read;
    }

    private static long sum(byte[] bytes, int end) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, end);
        return sum.getValue();
    }

    /**
     * Writes the file, if it does not say yet what is known; at once or not at all. An index that cannot be written is not
     * kept, which costs a later run some time and nothing else.
     */
    void save() {
        List<Entry> known;
        synchronized (this) {
            if (folder.isEmpty() || !isChanged) {
                return;
            }
            isChanged = false;
            known = List.copyOf(entries.values());
        }
        // Without the lock: the next keystroke may ask.
        try {
            if (!Files.isDirectory(folder.get())) {
                makeFolder(folder.get());
            }
            SourceWriter.write(folder.get().resolve(name), bytes(known));
            deleteUnused(folder.get());
        } catch (IOException | UncheckedIOException e) {
            // As if there were no cache folder.
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // What somebody works on is nobody else's business.
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private byte[] bytes(List<Entry> known) throws IOException {
        long settled = System.currentTimeMillis() - SETTLED_MILLIS;
        List<Entry> kept = known.stream()
                .filter(entry -> entry.outline().isPresent() && entry.stamp().modifiedMillis() <= settled)
                .filter(entry -> Files.isRegularFile(entry.stamp().path()))
                .limit(MAX_ENTRIES)
                .toList();
        ByteArrayOutputStream entryBytes = new ByteArrayOutputStream();
        int count = 0;
        for (Entry entry : kept) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            try {
                write(entry.stamp(), entry.outline().orElseThrow(), new DataOutputStream(one));
                one.writeTo(entryBytes);
                count++;
            } catch (UTFDataFormatException e) {
                // Somebody imports a name of more than 64 KiB.
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeUTF(title);
        out.writeInt(count);
        entryBytes.writeTo(out);
        byte[] summed = all.toByteArray();
        out.writeLong(sum(summed, summed.length));
        return all.toByteArray();
    }

    private static void write(FileStamp stamp, ImportOutline outline, DataOutputStream out) throws IOException {
        out.writeUTF(stamp.path().toString());
        out.writeLong(stamp.size());
        out.writeLong(stamp.modifiedMillis());
        out.writeUTF(outline.folder());
        out.writeBoolean(outline.mayConcern());
        out.writeInt(outline.names().size());
        for (String name : outline.names()) {
            out.writeUTF(name);
        }
    }

    private static void deleteUnused(Path folder) throws IOException {
        Instant before = Instant.now().minus(UNUSED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path other : files) {
                if (Files.getLastModifiedTime(other).toInstant().isBefore(before)) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }
}
