package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ImportOutline;
import io.github.spawnproof.project.OutlineReader;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The Python files of a project and of its virtual environment, as the modules that its programs import. Reads a file again
 * when it has changed.
 */
final class ProgramFiles implements PythonSources {

    /** How long a file is taken to be what it was: each keystroke in another one may ask for it. */
    private static final long KEPT_NANOS = 1_000_000_000L;

    /** What is installed changes seldom. */
    private static final long PACKAGES_KEPT_NANOS = 30_000_000_000L;

    private static final String PACKAGE = "/__init__.py";

    /** A file as it was; without a text if nobody could read it. */
    private record Known(FileStamp stamp, Optional<DocumentSnapshot> text) {}

    /** What a reader with a key made of the text of an open file. */
    private record Shown(DocumentSnapshot snapshot, String key, ImportOutline outline) {}

    private record Stamped(FileStamp stamp, long sinceNanos) {}

    private final FileListing listing;
    private final Function<Path, Optional<DocumentSnapshot>> open;
    private final Optional<Path> active;
    private final Optional<Path> cache;
    private final AtomicLong edits = new AtomicLong();

    private final Map<Path, Known> texts = new HashMap<>();
    /** By the keys of their readers. */
    private final Map<String, OutlineIndex> outlines = new HashMap<>();

    private final Map<Path, Shown> shown = new HashMap<>();
    private final Map<Path, Stamped> stamps = new HashMap<>();
    /** The modules of packages that somebody has asked for, whether they are there or not. */
    private final Map<String, Optional<Path>> installed = new HashMap<>();

    private List<Path> packages = List.of();
    private List<String> packageFolders = List.of();
    private long installedSinceNanos = System.nanoTime() - PACKAGES_KEPT_NANOS;
    private long installations;

    /**
     * Makes modules of which none is read.
     *
     * @param open returns the text of a file that somebody has open
     * @param active the virtual environment that is active, for projects that have none of their own
     * @param cache the folder to keep in, from run to run, what was found out
     */
    ProgramFiles(
            FileListing listing,
            Function<Path, Optional<DocumentSnapshot>> open,
            Optional<Path> active,
            Optional<Path> cache) {
        this.listing = listing;
        this.open = open;
        this.active = active;
        this.cache = cache;
    }

    @Override
    public synchronized long listings() {
        packages();
        return listing.changes() + installations;
    }

    @Override
    public long revision() {
        return System.nanoTime() / KEPT_NANOS + edits.get();
    }

    /** Tells that files may have changed on disk. */
    synchronized void forget() {
        stamps.clear();
        installedSinceNanos = System.nanoTime() - PACKAGES_KEPT_NANOS;
        edited();
    }

    /** Tells that somebody has changed the text of an open file. */
    void edited() {
        edits.incrementAndGet();
    }

    @Override
    public synchronized boolean exists(String path) {
        return file(path).isPresent();
    }

    @Override
    public synchronized Optional<DocumentSnapshot> module(String path) {
        return file(path).flatMap(file -> open.apply(file).or(() -> text(file)));
    }

    private Optional<DocumentSnapshot> text(Path file) {
        FileStamp stamp = stamp(file);
        Known old = texts.get(file);
        if (old == null || !old.stamp().equals(stamp)) {
            old = new Known(stamp, read(file));
            texts.put(file, old);
        }
        return old.text();
    }

    private static Optional<DocumentSnapshot> read(Path file) {
        return SourceReader.read(file) instanceof FileContent.Text text
                ? Optional.of(DocumentSnapshot.of(file.toUri().toString(), Language.PYTHON, text.text()))
                : Optional.empty();
    }

    @Override
    public synchronized Optional<ImportOutline> outline(String path, OutlineReader reader) {
        return file(path)
                .flatMap(file -> open.apply(file)
                        .map(text -> shown(file, text, reader, path))
                        .or(() -> outlines.computeIfAbsent(
                                        reader.key(), key -> OutlineIndex.of(cache, listing.root(), key))
                                .get(stamp(file), () -> read(file).map(text -> reader.read(text, path)))));
    }

    private ImportOutline shown(Path file, DocumentSnapshot text, OutlineReader reader, String path) {
        Shown old = shown.get(file);
        if (old == null || !old.snapshot().equals(text) || !old.key().equals(reader.key())) {
            old = new Shown(text, reader.key(), reader.read(text, path));
            shown.put(file, old);
        }
        return old.outline();
    }

    /** Keeps what was found out for later runs. */
    void save() {
        List<OutlineIndex> all;
        synchronized (this) {
            all = List.copyOf(outlines.values());
        }
        all.forEach(OutlineIndex::save);
    }

    private FileStamp stamp(Path file) {
        long now = System.nanoTime();
        long kept = file.startsWith(listing.root()) ? KEPT_NANOS : PACKAGES_KEPT_NANOS;
        Stamped old = stamps.get(file);
        if (old == null || now - old.sinceNanos() >= kept) {
            old = new Stamped(FileStamp.of(file), now);
            stamps.put(file, old);
        }
        return old.stamp();
    }

    /** Returns the file of a module, or a package's. */
    private Optional<Path> file(String path) {
        if (PythonSources.isOfPackages(path)) {
            packages();
            return installed.computeIfAbsent(path, this::find);
        }
        Set<String> all = listing.pythonFiles();
        return endings(path).filter(all::contains).findFirst().map(listing.root()::resolve);
    }

    private Optional<Path> find(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return Optional.empty(); // The folder itself is no module.
        }
        int number = Integer.parseInt(path.substring(PACKAGES.length(), slash));
        return number >= packages.size()
                ? Optional.empty()
                : endings(path.substring(slash + 1))
                        .map(packages.get(number)::resolve)
                        .filter(Files::isRegularFile)
                        .findFirst();
    }

    private static Stream<String> endings(String path) {
        return Stream.of(path + PACKAGE, path + ".py");
    }

    /** Returns the folders of packages, looked for again from time to time. */
    private List<Path> packages() {
        long now = System.nanoTime();
        if (now - installedSinceNanos >= PACKAGES_KEPT_NANOS) {
            installedSinceNanos = now;
            List<Path> found = PackageFolders.of(listing.root(), active);
            packages = found;
            List<String> names = IntStream.range(0, found.size())
                    .mapToObj(number -> nameOf(found.get(number), number))
                    .toList();
            Map<String, Optional<Path>> before = Map.copyOf(installed);
            installed.replaceAll((path, file) -> find(path));
            if (!names.equals(packageFolders) || !before.equals(installed)) {
                packageFolders = names;
                installations++;
            }
        }
        return packages;
    }

    @Override
    public synchronized List<String> importFolders(String folder) {
        packages();
        List<String> own = PythonSources.isOfPackages(folder)
                ? List.of()
                : PythonSources.importFolders(folder, listing.pythonFiles()::contains);
        return Stream.concat(own.stream(), packageFolders.stream()).distinct().toList();
    }

    /** Returns how the modules of a folder of packages are known; it may be one of the project's own. */
    private String nameOf(Path folder, int number) {
        Path root = listing.root();
        if (folder.startsWith(root)) {
            String relative = FileDiscovery.relative(root, folder);
            String own = relative.isEmpty() ? "" : relative + "/";
            if (listing.pythonFiles().stream().anyMatch(file -> file.startsWith(own))) {
                return own;
            }
        }
        return PACKAGES + number + "/";
    }
}
