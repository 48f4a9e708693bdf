package io.github.spawnproof.workspace;

import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Python files of a project, as the modules that its programs import. Reads a file again when it has changed. */
final class ProgramFiles implements PythonSources {

    /** How long a file is taken to be what it was: each keystroke in another one may ask for it. */
    private static final long KEPT_NANOS = 1_000_000_000L;

    private static final String PACKAGE = "/__init__.py";

    private record Known(FileStamp stamp, DocumentSnapshot snapshot, long sinceNanos) {}

    private final FileListing listing;
    private final AtomicLong edits = new AtomicLong();

    private final Map<String, Known> known = new HashMap<>();
    private final Function<Path, Optional<DocumentSnapshot>> open;

    ProgramFiles(FileListing listing, Function<Path, Optional<DocumentSnapshot>> open) {
        this.listing = listing;
        this.open = open;
    }

    @Override
    public long listings() {
        return listing.changes();
    }

    @Override
    public long revision() {
        return System.nanoTime() / KEPT_NANOS + edits.get();
    }

    /** Tells that files may have changed on disk. */
    synchronized void forget() {
        known.replaceAll((file, old) -> new Known(old.stamp(), old.snapshot(), System.nanoTime() - KEPT_NANOS));
        edited();
    }

    /** Tells that somebody has changed the text of an open file. */
    void edited() {
        edits.incrementAndGet();
    }

    @Override
    public synchronized Optional<DocumentSnapshot> module(String path) {
        String file = fileOf(path);
        if (file == null) {
            return Optional.empty();
        }
        Path location = listing.root().resolve(file);
        Optional<DocumentSnapshot> shown = open.apply(location);
        if (shown.isPresent()) {
            return shown;
        }
        Known old = known.get(file);
        if (old != null && System.nanoTime() - old.sinceNanos() < KEPT_NANOS) {
            return Optional.of(old.snapshot());
        }
        FileStamp stamp = FileStamp.of(location);
        if (old != null && stamp.equals(old.stamp())) {
            known.put(file, new Known(stamp, old.snapshot(), System.nanoTime()));
            return Optional.of(old.snapshot());
        }
        if (!(SourceReader.read(location) instanceof FileContent.Text text)) {
            return Optional.empty();
        }
        DocumentSnapshot snapshot = DocumentSnapshot.of(location.toUri().toString(), Language.PYTHON, text.text());
        known.put(file, new Known(stamp, snapshot, System.nanoTime()));
        return Optional.of(snapshot);
    }

    private @Nullable String fileOf(String path) {
        Set<String> all = listing.pythonFiles();
        return all.contains(path + PACKAGE) ? path + PACKAGE : all.contains(path + ".py") ? path + ".py" : null;
    }

    @Override
    public List<String> importFolders(String folder) {
        return PythonSources.importFolders(folder, listing.pythonFiles()::contains);
    }

    @Override
    public boolean mayConcern(String path) {
        return true;
    }
}
