package io.github.spawnproof.rules.invalidstartmethod;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.source.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Names of start methods that do not exist; see {@code invalid-start-method.md}. */
@AutoService(Rule.class)
public final class InvalidStartMethod implements PythonRule {

    private static final List<String> METHODS =
            Arrays.stream(StartMethod.values()).map(StartMethod::label).toList();
    /** What can be shown in a message as it is. */
    private static final Pattern SHORT = Pattern.compile("[\\w .-]*[\\w.-]{1,30}");

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (StartMethodName name : module.setup().names()) {
            String text = name.isOfJina() ? name.text().toLowerCase(Locale.ROOT) : name.text();
            boolean unset = name.isOfJina() && text.isEmpty();
            if (StartMethod.parse(text).isEmpty() && !unset && (name.isOfJina() || !name.isTried())) {
                Impact impact = name.isOfJina() ? Impact.misbehavesAlways() : Impact.failsAlways();
                faults.accept(new Fault(
                        name.range(), message(name), impact.notOn(name.choice().absentFrom()), List.of(), fixes(name)));
            }
        }
    }

    private static String message(StartMethodName name) {
        String text = name.text();
        boolean shown = text.length() <= 30 && SHORT.matcher(text).matches();
        return (shown ? "`" + text + "`" : "this") + " is no start method"
                + (name.isOfJina() ? ", so Jina ignores it" : "");
    }

    private static List<Fix> fixes(StartMethodName name) {
        String bare = name.text().strip().toLowerCase(Locale.ROOT);
        Optional<String> meant = Spelling.nearest(bare, METHODS);
        if (meant.isEmpty() || name.content().isEmpty()) {
            return List.of();
        }
        // Jina has taken the default so far, and a guess is a guess.
        boolean sure = !name.isOfJina() && meant.get().equals(bare);
        return List.of(new Fix(
                "Write `%s`".formatted(meant.get()),
                sure ? Applicability.SAFE : Applicability.UNSAFE,
                List.of(TextEdit.replace(name.content().get(), meant.get()))));
    }
}
