package io.github.spawnproof.environment;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a TOML file sets in the environment of programs: by keys in tables that are called so, and in the lists of
 * pytest-env. Whatever it cannot read costs one line.
 *
 * <p>Not by tomlj, which reads the settings: it tells where keys are, but neither where the text of a value begins nor where
 * comments are.
 */
final class TomlReader {

    /**
     * Tables of environment variables: {@code env} of pytest-env, PDM, Poe and Pixi, {@code pytest_env}, {@code set_env} of
     * tox, {@code env-vars} of Hatch, {@code environment} of cibuildwheel.
     */
    private static final Set<String> ENVIRONMENTS =
            Set.of("env", "environment", "env-vars", "env_vars", "pytest_env", "set_env", "setenv");

    /** Keys of a table that describes one variable. */
    private static final Set<String> VALUES = Set.of("value", "default");

    /** {@code NAME=value} of pytest-env, with its flags. */
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:[DRU]:)*\\s*(\\w+)\\s*=\\s*(.*?)\\s*");

    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int MAX_DEPTH = 50;

    private record Key(String text, TextRange range) {}

    /** A string in quotes; {@code content} is empty for one with escapes or several lines. */
    private record Quoted(Optional<String> content, TextRange inside) {}

    private final SourceText source;
    private final String text;
    private final CancelToken cancel;
    private final List<VariableSetting> settings = new ArrayList<>();
    private final List<TextRange> comments = new ArrayList<>();
    private int at;

    private TomlReader(SourceText source, CancelToken cancel) {
        this.source = source;
        this.text = source.text();
        this.cancel = cancel;
    }

    static EnvironmentFile of(SourceText source, CancelToken cancel) {
        TomlReader reader = new TomlReader(source, cancel);
        reader.skip(true);
        int first = reader.at;
        reader.read();
        return new EnvironmentFile(source, reader.settings, reader.comments, first);
    }

    private void read() {
        List<Key> table = List.of();
        for (skip(true); at < text.length(); skip(true)) {
            cancel.check();
            int line = at;
            if (text.charAt(at) == '[') {
                at += text.startsWith("[[", at) ? 2 : 1;
                table = keys();
            } else {
                List<Key> keys = keys();
                if (!keys.isEmpty() && take('=')) {
                    value(joined(table, keys), false, 0);
                }
            }
            restOfLine(line);
        }
    }

    /** Goes on to the next line; a comment on the way is one. */
    private void restOfLine(int line) {
        skip(false);
        if (at < text.length() && (text.charAt(at) != '\n' && text.charAt(at) != '\r')) {
            at = source.lineEnd(at);
        }
        at = Math.max(at, line + 1);
    }

    private static List<Key> joined(List<Key> first, List<Key> second) {
        List<Key> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Skips blanks and, if wanted, line ends; and comments. */
    private void skip(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = source.lineEnd(at);
                comments.add(new TextRange(at, end));
                at = end;
            } else if (c == ' ' || c == '\t' || c == '\uFEFF' || (lines && (c == '\n' || c == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean take(char wanted) {
        skip(false);
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** Reads keys with dots between them; none if there are none. */
    private List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        do {
            skip(false);
            if (at >= text.length()) {
                return List.of();
            }
            if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                Quoted quoted = quoted();
                keys.add(new Key(quoted.content().orElse(""), quoted.inside()));
            } else {
                Matcher bare = BARE_KEY.matcher(text).region(at, text.length());
                if (!bare.lookingAt()) {
                    return List.of();
                }
                keys.add(new Key(bare.group(), new TextRange(bare.start(), bare.end())));
                at = bare.end();
            }
        } while (take('.'));
        return keys;
    }

    private void value(List<Key> path, boolean inList, int depth) {
        skip(false);
        if (at >= text.length() || depth > MAX_DEPTH) {
            return;
        }
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            Quoted quoted = quoted();
            if (inList) {
                assignment(path, quoted);
            } else {
                string(path, quoted);
            }
        } else if (c == '[') {
            at++;
            items(']', () -> value(path, true, depth + 1));
        } else if (c == '{') {
            at++;
            items('}', () -> {
                List<Key> keys = keys();
                if (!keys.isEmpty() && take('=')) {
                    value(joined(path, keys), false, depth + 1);
                }
            });
        } else {
            while (at < text.length() && ",]}#\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
        }
    }

    /** Reads items with commas between them, up to the end or to something that is none of that. */
    private void items(char end, Runnable item) {
        while (true) {
            skip(true);
            int before = at;
            if (at >= text.length() || take(end)) {
                return;
            }
            item.run();
            skip(true);
            if (!take(',') && (at == before || at >= text.length() || text.charAt(at) != end)) {
                return;
            }
        }
    }

    private Quoted quoted() {
        char quote = text.charAt(at);
        String three = String.valueOf(quote).repeat(3);
        if (text.startsWith(three, at)) {
            int close = text.indexOf(three, at + 3);
            int start = at + 3;
            int end = close < 0 ? text.length() : close;
            at = Math.min(text.length(), end + 3);
            return new Quoted(Optional.empty(), new TextRange(Math.min(start, end), end));
        }
        int start = at + 1;
        int lineEnd = source.lineEnd(at);
        boolean plain = true;
        for (at = start; at < lineEnd && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\\' && quote == '"') {
                plain = false;
                at = Math.min(at + 1, lineEnd - 1);
            }
        }
        boolean closed = at < lineEnd;
        TextRange inside = new TextRange(start, Math.max(start, at));
        at += closed ? 1 : 0;
        return new Quoted(plain && closed ? Optional.of(source.slice(inside)) : Optional.empty(), inside);
    }

    /** Reads the text of a key: that of a variable, or one that describes it. */
    private void string(List<Key> path, Quoted value) {
        int last = path.size() - 1;
        if (last >= 2 && VALUES.contains(path.get(last).text()) && isVariable(path, last - 1)) {
            add(path.get(last - 1), value);
        } else if (last >= 1 && isVariable(path, last)) {
            add(path.get(last), value);
        }
    }

    private static boolean isVariable(List<Key> path, int index) {
        return BoundaryTable.VARIABLES.contains(path.get(index).text())
                && ENVIRONMENTS.contains(path.get(index - 1).text());
    }

    private void add(Key name, Quoted value) {
        settings.add(new VariableSetting(name.text(), name.range(), known(value.content()), value.inside()));
    }

    /** Reads {@code NAME=value} in a list of pytest-env. */
    private void assignment(List<Key> path, Quoted item) {
        Matcher matcher = ASSIGNMENT.matcher(item.content().orElse(""));
        if (path.get(path.size() - 1).text().equals("env")
                && matcher.matches()
                && BoundaryTable.VARIABLES.contains(matcher.group(1))) {
            int base = item.inside().start();
            settings.add(new VariableSetting(
                    matcher.group(1),
                    new TextRange(base + matcher.start(1), base + matcher.end(1)),
                    known(Optional.of(matcher.group(2))),
                    new TextRange(base + matcher.start(2), base + matcher.end(2))));
        }
    }

    /** Returns a value that no tool replaces parts of. */
    private static Optional<String> known(Optional<String> value) {
        return value.filter(text -> text.chars().noneMatch(c -> c == '{' || c == '$' || c == '%'));
    }
}
