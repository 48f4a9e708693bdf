package io.github.spawnproof.workspace;

import io.github.spawnproof.finding.KnownFinding;
import io.github.spawnproof.finding.KnownFindings;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that lists findings which are known and not to be shown.
 *
 * @param files the findings by the names of their files: relative to the folder of the baseline, with {@code /}
 * @param source its text; empty if it cannot be used
 * @param problem why it cannot be used, as a clause that follows its name; then it lists nothing
 */
public record BaselineFile(
        Path path, SortedMap<String, KnownFindings> files, SourceText source, Optional<String> problem) {

    /** The rule about entries that no finding matches. */
    public static final String RULE = "stale-baseline-entry";

    /** Reads a file; never fails. */
    public static BaselineFile read(Path path) {
        try {
            String text = Files.readString(path);
            return new BaselineFile(path, BaselineJson.read(text), new SourceText(text), Optional.empty());
        } catch (NoSuchFileException e) {
            return unusable(path, "does not exist; `spawnproof check --write-baseline` makes it");
        } catch (CharacterCodingException e) {
            return unusable(path, "cannot be read as UTF-8");
        } catch (BaselineJson.Malformed e) {
            return unusable(path, e.getMessage());
        } catch (IOException e) {
            return unusable(path, SourceReader.reason(e));
        }
    }

    private static BaselineFile unusable(Path path, String problem) {
        return new BaselineFile(path, new TreeMap<>(), new SourceText(""), Optional.of(problem));
    }

    /** Returns the findings that it lists of a file. */
    public KnownFindings of(Path file) {
        return files.getOrDefault(name(path, file), KnownFindings.NONE);
    }

    /** Returns where it lists a finding of a file; its beginning if somebody has written it in another form. */
    public TextRange place(Path file, KnownFinding finding) {
        String entry = BaselineJson.entry(finding);
        int list = source.text().indexOf(BaselineJson.key(name(path, file)));
        int start = list < 0 ? -1 : source.text().indexOf(entry, list);
        return start < 0 ? new TextRange(0, 0) : new TextRange(start, start + entry.length());
    }

    /** Returns where the file of a name in {@link #files} is. */
    public Path resolve(String name) {
        return folder(path).resolve(name).normalize();
    }

    /**
     * Writes a baseline, at once or not at all.
     *
     * @param files the findings by file, in any order; of files without findings nothing is written
     * @return why it was not written, as a clause without the file's name; empty if it was
     */
    public static Optional<String> write(Path path, Map<Path, KnownFindings> files) {
        SortedMap<String, KnownFindings> named = new TreeMap<>();
        files.forEach((file, known) -> {
            if (!known.isEmpty()) {
                named.put(name(path, file), known);
            }
        });
        return SourceWriter.put(path, BaselineJson.write(named));
    }

    private static String name(Path baseline, Path file) {
        Path folder = folder(baseline);
        Path absolute = file.toAbsolutePath().normalize();
        boolean sameRoot = folder.getRoot() != null && folder.getRoot().equals(absolute.getRoot());
        return (sameRoot ? folder.relativize(absolute) : absolute).toString().replace(File.separatorChar, '/');
    }

    private static Path folder(Path baseline) {
        Path absolute = baseline.toAbsolutePath().normalize();
        return absolute.getParent() == null ? absolute : absolute.getParent();
    }
}
