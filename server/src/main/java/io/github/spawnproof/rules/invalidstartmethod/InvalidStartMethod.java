package io.github.spawnproof.rules.invalidstartmethod;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.EnvironmentRule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.source.Spelling;
import io.github.spawnproof.source.TextRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Names of start methods that do not exist; see {@code invalid-start-method.md}. */
@AutoService(Rule.class)
public final class InvalidStartMethod implements PythonRule, EnvironmentRule {

    private static final List<String> METHODS =
            Arrays.stream(StartMethod.values()).map(StartMethod::label).toList();
    /** What can be shown in a message as it is. */
    private static final Pattern SHORT = Pattern.compile("[\\w .-]*[\\w.-]{1,30}");

    /** Examples say what can be written: {@code <method>}, {@code spawn|fork}. */
    private static final String PLACEHOLDER = "<>[]{}|/@";

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        for (StartMethodName name : module.setup().names()) {
            String text = name.isOfJina() ? name.text().toLowerCase(Locale.ROOT) : name.text();
            boolean unset = name.isOfJina() && text.isEmpty();
            if (StartMethod.parse(text).isEmpty() && !unset && (name.isOfJina() || !name.isTried())) {
                Impact impact = name.isOfJina() ? Impact.misbehavesAlways() : Impact.failsAlways();
                faults.accept(new Fault(
                        name.range(),
                        message(name.text(), name.isOfJina()),
                        impact.notOn(name.choice().absentFrom()),
                        List.of(),
                        name.content()
                                .map(content -> fixes(name.text(), content, name.isOfJina()))
                                .orElse(List.of())));
            }
        }
    }

    @Override
    public void check(List<VariableSetting> settings, Consumer<Fault> faults) {
        for (VariableSetting setting : settings) {
            String text = setting.value().orElse("").toLowerCase(Locale.ROOT);
            if (setting.name().equals(BoundaryTable.JINA_VARIABLE)
                    && !text.isEmpty()
                    && PLACEHOLDER.chars().noneMatch(c -> text.indexOf(c) >= 0)
                    && StartMethod.parse(text).isEmpty()) {
                faults.accept(new Fault(
                        setting.valueRange(),
                        message(setting.value().orElseThrow(), true),
                        Impact.misbehavesAlways(),
                        List.of(),
                        fixes(text, setting.valueRange(), true)));
            }
        }
    }

    @Override
    public boolean concernsVariable(String name) {
        return name.equals(BoundaryTable.JINA_VARIABLE);
    }

    private static String message(String text, boolean isOfJina) {
        boolean shown = text.length() <= 30 && SHORT.matcher(text).matches();
        boolean blank = isOfJina
                && StartMethod.parse(text.strip().toLowerCase(Locale.ROOT)).isPresent();
        return blank
                ? "with a blank around it, `%s` is no start method, so Jina ignores it".formatted(text.strip())
                : (shown ? "`" + text + "`" : "this") + " is no start method"
                        + (isOfJina ? ", so Jina ignores it" : "");
    }

    private static List<Fix> fixes(String text, TextRange content, boolean isOfJina) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        Optional<String> meant = Spelling.nearest(bare, METHODS);
        if (meant.isEmpty()) {
            return List.of();
        }
        // Jina has taken the default so far, and a guess is a guess.
        boolean sure = !isOfJina && meant.get().equals(bare);
        return List.of(new Fix(
                "Write `%s`".formatted(meant.get()),
                sure ? Applicability.SAFE : Applicability.UNSAFE,
                List.of(TextEdit.replace(content, meant.get()))));
    }
}
