package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.boundary.VariableValues;
import io.github.spawnproof.environment.EnvironmentFrontEnd;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import io.github.spawnproof.source.TextRange;
import io.github.spawnproof.yaml.YamlFrontEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what can be written at a place of a file that sets environment variables: values of those we know, and their
 * names. Whether a place is one is asked of the front ends, by reading the text with a word at that place.
 */
public final class Completions {

    /** Stands for what would be written; nothing replaces parts of it, and no tool takes it for anything but text. */
    private static final String WORD = "word";

    private static final Map<String, String> ABOUT = Map.of(
            "spawn",
            "Starts each child as a new interpreter that imports the main module: what CUDA needs, and all that Windows has.",
            "forkserver",
            "Forks children from a server that has done nothing else; not on Windows.",
            "fork",
            "Copies the process: not on Windows, not after CUDA was used, and at a risk on macOS.",
            VariableValues.YES,
            "Lets forked processes go on where macOS would end them; no other value has an effect.",
            BoundaryTable.JINA_VARIABLE,
            "How Jina starts processes; read once, when Jina is imported.",
            BoundaryTable.OBJC_VARIABLE,
            "Turns off a check of forked processes on macOS; read once, before Python starts.");

    private final DocumentSnapshot snapshot;
    private final String text;
    private final TextRange word;
    private final CancelToken cancel;

    private Completions(DocumentSnapshot snapshot, TextRange word, CancelToken cancel) {
        this.snapshot = snapshot;
        this.text = snapshot.source().text();
        this.word = word;
        this.cancel = cancel;
    }

    /** Returns what can be written at an offset, best first; nothing in Python. */
    public static List<Completion> at(DocumentSnapshot snapshot, int offset, CancelToken cancel) {
        if (snapshot.language() != Language.YAML && snapshot.language() != Language.ENVIRONMENT) {
            return List.of();
        }
        Completions completions =
                new Completions(snapshot, wordAt(snapshot.source().text(), offset), cancel);
        List<Completion> values = completions.values();
        return values.isEmpty() ? completions.names(offset) : values;
    }

    private static TextRange wordAt(String text, int offset) {
        int start = offset;
        while (start > 0 && isPartOfWord(text.charAt(start - 1))) {
            start--;
        }
        int end = offset;
        while (end < text.length() && isPartOfWord(text.charAt(end))) {
            end++;
        }
        return new TextRange(start, end);
    }

    private static boolean isPartOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    // Values

    /** Text to write around a value so that it is one. */
    private record Frame(String before, String behind) {}

    private List<Completion> values() {
        if (BoundaryTable.VARIABLES.stream().noneMatch(text::contains)) {
            return List.of();
        }
        for (Frame frame : frames()) {
            String framed = frame.before() + WORD + frame.behind();
            Optional<VariableSetting> setting = settings(framed).stream()
                    .filter(one -> one.value().equals(Optional.of(WORD)))
                    .filter(one -> one.valueRange().start()
                            == word.start() + frame.before().length())
                    .findFirst();
            if (setting.isPresent()) {
                return VariableValues.of(setting.get().name()).stream()
                        .map(value -> completion(value, frame.before() + value + frame.behind()))
                        .toList();
            }
        }
        return List.of();
    }

    private List<Frame> frames() {
        char before = word.start() == 0 ? '\n' : text.charAt(word.start() - 1);
        List<Frame> frames = new ArrayList<>();
        if (before == '"' || before == '\'') {
            frames.add(new Frame("", ""));
            // A quote that nothing closes.
            frames.add(new Frame("", String.valueOf(before)));
        } else if (isOf(".json") || isOf(".toml")) {
            frames.add(new Frame("\"", "\""));
        } else {
            frames.add(new Frame("", ""));
            if (before == ':' && snapshot.language() == Language.YAML) {
                frames.add(new Frame(" ", ""));
            }
        }
        return frames;
    }

    // Names

    private List<Completion> names(int offset) {
        String typed = text.substring(word.start(), offset).toUpperCase(Locale.ROOT);
        List<Completion> found = new ArrayList<>();
        for (String name : BoundaryTable.VARIABLES) {
            // Where nothing is typed yet, nobody has asked for these two among all there are.
            if (!typed.isEmpty() && name.startsWith(typed) && offset == word.end() && !typed.equals(name)) {
                name(name).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Completion> name(String name) {
        for (Frame frame : namingFrames()) {
            boolean sets = settings(name + frame.before() + WORD + frame.behind()).stream()
                    .anyMatch(setting -> setting.range().start() == word.start()
                            && setting.name().equals(name)
                            && setting.value().equals(Optional.of(WORD)));
            if (sets) {
                // In quotes, what comes behind them is left to whoever writes.
                boolean quoted = frame.before().startsWith("\"");
                return Optional.of(completion(name, quoted ? name : name + frame.before()));
            }
        }
        return Optional.empty();
    }

    /** Returns what makes a name a setting, with the word between its parts. */
    private List<Frame> namingFrames() {
        if (isOf(".json")) {
            return List.of(new Frame("\": \"", ""));
        } else if (isOf(".toml")) {
            return List.of(new Frame(" = \"", "\""), new Frame("=", ""));
        }
        return snapshot.language() == Language.YAML
                ? List.of(new Frame(": ", ""), new Frame("=", ""))
                : List.of(new Frame("=", ""));
    }

    // Both

    private Completion completion(String label, String newText) {
        return new Completion(label, word, newText, ABOUT.getOrDefault(label, ""));
    }

    private boolean isOf(String ending) {
        return snapshot.uri().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** Returns what the text sets with another word in the place of that at the cursor. */
    private List<VariableSetting> settings(String replacement) {
        String changed = text.substring(0, word.start()) + replacement + text.substring(word.end());
        DocumentSnapshot other = DocumentSnapshot.of(snapshot.uri(), snapshot.language(), changed);
        return snapshot.language() == Language.YAML
                ? new YamlFrontEnd().read(other, cancel).settings()
                : new EnvironmentFrontEnd().read(other, cancel).settings();
    }
}
