package io.github.spawnproof.environment;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes environment variables into dotenv files. */
public final class DotenvEdits {

    private static final Pattern EXPORTED = Pattern.compile("(?m)^export[ \\t]");
    private static final Pattern PLAIN = Pattern.compile("(?m)^[A-Za-z_]\\w*[ \\t]*=");

    private DotenvEdits() {}

    /**
     * Returns the edits after which a file gives a variable a value, and no other one; no edits if it does already. Empty
     * if it sets the variable to something that only running it tells.
     */
    public static Optional<List<TextEdit>> setting(SourceText source, String name, String value) {
        List<VariableSetting> there = settings(source, name);
        if (there.stream().anyMatch(setting -> setting.value().isEmpty())) {
            return Optional.empty();
        }
        List<TextEdit> edits = new ArrayList<>();
        for (VariableSetting setting : there) {
            if (!setting.value().orElseThrow().equals(value)) {
                edits.add(TextEdit.replace(setting.valueRange(), value));
            }
        }
        if (there.isEmpty()) {
            edits.add(TextEdit.insert(source.length(), line(source, name + "=" + value)));
        }
        List<VariableSetting> after = settings(new SourceText(TextEdit.apply(source.text(), edits)), name);
        boolean done = !after.isEmpty()
                && after.stream().allMatch(setting -> setting.value().equals(Optional.of(value)));
        return done ? Optional.of(edits) : Optional.empty();
    }

    private static List<VariableSetting> settings(SourceText source, String name) {
        return EnvironmentReader.of(Form.DOTENV, source, CancelToken.NEVER).settings().stream()
                .filter(setting -> setting.name().equals(name))
                .toList();
    }

    /** Returns the text of a further last line, as the others are. */
    private static String line(SourceText source, String assignment) {
        String text = source.text();
        boolean exports = EXPORTED.matcher(text).find() && !PLAIN.matcher(text).find();
        boolean begun = !text.isEmpty() && !text.endsWith("\n") && !text.endsWith("\r");
        String separator = source.lineSeparator();
        return (begun ? separator : "") + (exports ? "export " : "") + assignment + (begun ? "" : separator);
    }
}
