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
 * Reads one file, statement by statement: lines that end in a backslash, and quotes that stay open, go on in the next line
 * where the form has that.
 */
final class EnvironmentReader {

    /** Words behind which a shell looks for a command again, and so for an assignment. */
    private static final Set<String> BEFORE_COMMAND = Set.of(
            "export",
            "declare",
            "typeset",
            "local",
            "readonly",
            "env",
            "exec",
            "then",
            "do",
            "else",
            "if",
            "while",
            "until",
            "time",
            "!",
            "{",
            "sudo");

    private static final Pattern KEY = Pattern.compile("[ \\t]*([A-Za-z_.][\\w.-]*)[ \\t]*[=:]?");
    /** {@code cat <<EOF}, but not {@code <<<}, which is a word. */
    private static final Pattern HERE_DOCUMENT = Pattern.compile("\\d?<<-?(?!<)");

    private static final Pattern PYTEST_FLAGS = Pattern.compile("(?:[DRU]:)*");

    private final Form form;
    private final SourceText source;
    private final String text;
    private final List<VariableSetting> settings = new ArrayList<>();
    private final List<TextRange> comments = new ArrayList<>();
    /** The key of an INI file that the lines belong to. */
    private String key = "";

    private EnvironmentReader(Form form, SourceText source) {
        this.form = form;
        this.source = source;
        this.text = source.text();
    }

    static EnvironmentFile of(Form form, SourceText source, CancelToken cancel) {
        EnvironmentReader reader = new EnvironmentReader(form, source);
        int firstStatement = source.length();
        int at = source.text().startsWith("\uFEFF") ? 1 : 0;
        while (at < source.length()) {
            cancel.check();
            List<Word> words = new ArrayList<>();
            int end = reader.statement(at, words);
            if (!words.isEmpty()) {
                firstStatement = Math.min(firstStatement, words.get(0).start());
                reader.read(at, words);
            }
            at = form == Form.SHELL ? reader.behindDocuments(words, end) : end;
        }
        return new EnvironmentFile(source, reader.settings, reader.comments, firstStatement);
    }

    // Words

    /**
     * A word of a statement, as far as blanks outside of quotes go.
     *
     * @param value what is left when quotes and backslashes have done their work
     * @param isPlain whether that is all there is to it: no variable, no command
     * @param isOperator whether it is {@code ;} or the like
     */
    private record Word(int start, int end, String value, boolean isPlain, boolean isOperator) {}

    /** Reads the words from an offset to the end of the statement; returns where the next one starts. */
    private int statement(int from, List<Word> words) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                return source.nextLineStart(at);
            } else if (isContinued(at)) {
                at = source.nextLineStart(at);
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (isComment(at)) {
                int end = source.lineEnd(at);
                comments.add(new TextRange(at, end));
                // A Dockerfile's statement goes on behind a comment between its lines.
                at = form == Form.DOCKERFILE && !words.isEmpty() ? source.nextLineStart(at) : end;
            } else if (form == Form.SHELL && isOperator(c)) {
                words.add(new Word(at, at + 1, "", true, true));
                at++;
            } else {
                at = word(at, words);
            }
        }
        return at;
    }

    /** Returns where the lines end that a statement hands to its command: text of another kind, often a usage. */
    private int behindDocuments(List<Word> words, int end) {
        int at = end;
        for (int i = 0; i < words.size(); i++) {
            Matcher start = HERE_DOCUMENT
                    .matcher(text)
                    .region(words.get(i).start(), words.get(i).end());
            boolean opens = start.lookingAt() && !words.get(i).isOperator();
            boolean apart = opens && start.end() == words.get(i).end();
            if (opens && (!apart || i + 1 < words.size())) {
                String mark =
                        apart ? words.get(i + 1).value() : words.get(i).value().substring(start.end() - start.start());
                at = behindLine(mark, at);
            }
        }
        return at;
    }

    /** Returns the start of the line behind the next one that is a mark, tabs before it apart; the same if there is none. */
    private int behindLine(String mark, int from) {
        for (int at = from; at < text.length(); at = source.nextLineStart(at)) {
            if (text.substring(at, source.lineEnd(at)).strip().equals(mark)) {
                return source.nextLineStart(at);
            }
        }
        return from;
    }

    /** Tells whether a backslash at an offset makes the next line part of this statement. */
    private boolean isContinued(int at) {
        return text.charAt(at) == '\\' && form != Form.DOTENV && form != Form.INI && at + 1 == source.lineEnd(at);
    }

    /** Tells whether a comment begins at an offset that is no part of a word. */
    private boolean isComment(int at) {
        boolean first = source.text()
                .substring(source.lineStart(at), at)
                .replace("\uFEFF", "")
                .isBlank();
        return switch (form) {
            case DOTENV, SHELL -> text.charAt(at) == '#';
            case DOCKERFILE -> first && text.charAt(at) == '#';
            case UNIT, INI -> first && "#;".indexOf(text.charAt(at)) >= 0;
        };
    }

    private static boolean isOperator(char c) {
        return ";&|()".indexOf(c) >= 0;
    }

    private int word(int from, List<Word> words) {
        StringBuilder value = new StringBuilder();
        boolean plain = true;
        char quote = 0;
        int at = from;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0
                    && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || (form == Form.SHELL && isOperator(c)))) {
                break;
            } else if (quote == 0 && isContinued(at)) {
                break;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                if (isQuoteOpenForEver(at)) {
                    plain = false;
                } else {
                    quote = c;
                }
            } else if (c == '\\' && quote != '\'' && at + 1 < text.length() && form != Form.INI) {
                at++;
                value.append(text.charAt(at));
            } else {
                // Only a shell and its relatives look into the value; systemd has specifiers.
                plain &= quote == '\'' || (c != '$' && c != '`') || form == Form.INI;
                plain &= c != '%' || form != Form.UNIT;
                plain &= c != '{' || form != Form.INI;
                value.append(c);
            }
        }
        words.add(new Word(from, at, value.toString(), plain && quote == 0, false));
        return at;
    }

    /** Tells whether nothing closes a quote: an apostrophe in a sentence, or text that is being typed. */
    private boolean isQuoteOpenForEver(int at) {
        int close = text.indexOf(text.charAt(at), at + 1);
        return close < 0 || (form != Form.SHELL && close > source.lineEnd(at));
    }

    // Statements

    private void read(int from, List<Word> words) {
        switch (form) {
            case DOTENV -> dotenv(words);
            case SHELL -> shell(words);
            case DOCKERFILE -> dockerfile(words);
            case UNIT -> unit(words);
            case INI -> ini(from, words);
        }
    }

    private void dotenv(List<Word> words) {
        int first = words.get(0).value().equals("export") && words.size() > 1 ? 1 : 0;
        spaced(words.get(first).start(), true);
    }

    private void shell(List<Word> words) {
        boolean command = true;
        for (Word word : words) {
            if (word.isOperator()) {
                command = true;
            } else if (command && !assignment(word, word.start())) {
                boolean option = word.value().startsWith("-");
                boolean other = text.charAt(word.start()) != '"' && word.value().indexOf('=') > 0;
                command = option || other || BEFORE_COMMAND.contains(word.value());
            }
        }
    }

    private void dockerfile(List<Word> words) {
        if (!words.get(0).value().equalsIgnoreCase("ENV") || words.size() < 2) {
            return;
        }
        if (words.get(1).value().indexOf('=') < 0) {
            spaced(words.get(1).start(), false);
            return;
        }
        words.subList(1, words.size()).forEach(word -> assignment(word, word.start()));
    }

    private void unit(List<Word> words) {
        Word first = words.get(0);
        String start = "Environment=";
        if (!text.startsWith(start, first.start())) {
            return;
        }
        int behind = first.start() + start.length();
        if (behind < first.end()) {
            List<Word> rest = new ArrayList<>();
            word(behind, rest);
            rest.forEach(word -> assignment(word, word.start()));
        }
        words.subList(1, words.size()).forEach(word -> assignment(word, word.start()));
    }

    private void ini(int from, List<Word> words) {
        boolean indented = words.get(0).start() > source.lineStart(words.get(0).start());
        int first = 0;
        if (!indented) {
            Matcher matcher = KEY.matcher(text).region(from, source.lineEnd(from));
            boolean found = matcher.lookingAt();
            key = found ? matcher.group(1) : "";
            // The first variable may stand behind the key.
            while (found && first < words.size() && words.get(first).start() < matcher.end()) {
                first++;
            }
        }
        if (first < words.size()) {
            if (key.equals("setenv") || key.equals("set_env")) {
                spaced(words.get(first).start(), true);
            } else if (key.equals("env")) {
                Word word = words.get(first);
                Matcher flags = PYTEST_FLAGS.matcher(text).region(word.start(), word.end());
                spaced(flags.lookingAt() ? flags.end() : word.start(), true);
            }
        }
    }

    // Assignments

    /** Reads {@code NAME=value} in one word whose name starts at an offset; tells whether it is of a variable we know. */
    private boolean assignment(Word word, int start) {
        int at = start;
        if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
            at++;
        }
        Optional<String> name = nameAt(at);
        if (name.isEmpty() || !text.startsWith("=", at + name.get().length())) {
            return false;
        }
        int end = at + name.get().length();
        String value = word.value().substring(word.value().indexOf('=') + 1);
        add(name.get(), at, word.isPlain() ? Optional.of(value) : Optional.empty(), end + 1, word.end());
        return true;
    }

    /** Reads {@code NAME = value} or {@code NAME value} of a line, the value being the rest of them. */
    private void spaced(int start, boolean equals) {
        Optional<String> name = nameAt(start);
        if (name.isEmpty()) {
            return;
        }
        int lineEnd = source.lineEnd(start);
        int at = start + name.get().length();
        while (at < lineEnd && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (equals) {
            if (at >= lineEnd || text.charAt(at) != '=') {
                return;
            }
            at++;
            while (at < lineEnd && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
        List<Word> values = new ArrayList<>();
        int seen = comments.size();
        statement(at, values);
        comments.subList(seen, comments.size()).clear();
        boolean plain = values.stream().allMatch(Word::isPlain);
        String value = String.join(" ", values.stream().map(Word::value).toList());
        int end = values.isEmpty() ? at : values.get(values.size() - 1).end();
        add(
                name.get(),
                start,
                plain ? Optional.of(value) : Optional.empty(),
                values.isEmpty() ? at : values.get(0).start(),
                end);
    }

    /** Returns the variable we know whose whole name stands at an offset. */
    private Optional<String> nameAt(int at) {
        return BoundaryTable.VARIABLES.stream()
                .filter(name -> text.startsWith(name, at))
                .filter(name -> at + name.length() == text.length()
                        || !Character.isJavaIdentifierPart(text.charAt(at + name.length())))
                .findFirst();
    }

    private void add(String name, int start, Optional<String> value, int from, int to) {
        int first = from;
        int last = to;
        if (last - first >= 2
                && text.charAt(first) == text.charAt(last - 1)
                && "\"'".indexOf(text.charAt(first)) >= 0) {
            first++;
            last--;
        } else if (last > first && "\"'".indexOf(text.charAt(last - 1)) >= 0) {
            last--; // The quote before the name.
        }
        settings.add(new VariableSetting(
                name, new TextRange(start, start + name.length()), value, new TextRange(first, last)));
    }
}
