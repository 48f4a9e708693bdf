package io.github.spawnproof.cli;

import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.Impact;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule for tests: words in capitals stand for faults of every kind. */
public final class FlaggedWord implements PythonRule {

    private static final Pattern WORD = Pattern.compile("\\b(FLAG|EURO|UNSAFE|REMARK)\\b");

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        String text = module.source().text();
        int made = text.indexOf("MADE");
        List<Related> related =
                made < 0 ? List.of() : List.of(new Related(new TextRange(made, made + 4), "it is made here"));
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            TextRange range = new TextRange(matcher.start(), matcher.end());
            String message = "`%s` must not cross".formatted(matcher.group());
            faults.accept(
                    switch (matcher.group()) {
                        case "FLAG" ->
                            new Fault(
                                    range,
                                    message,
                                    Impact.failsWithoutFork(StartMethodChoice.PLATFORM_DEFAULT),
                                    related,
                                    List.of(fix("Write it small", Applicability.SAFE, range, "flag")));
                        case "EURO" ->
                            new Fault(
                                    range,
                                    message,
                                    Impact.failsAlways(),
                                    List.of(),
                                    List.of(fix("Write the sign", Applicability.SAFE, range, "'€'")));
                        case "UNSAFE" ->
                            new Fault(
                                    range,
                                    message,
                                    Impact.failsAlways(),
                                    List.of(),
                                    List.of(fix("Take it away", Applicability.UNSAFE, range, "None")));
                        default -> new Fault(range, message, Impact.remark(), List.of(), List.of());
                    });
        }
    }

    private static Fix fix(String title, Applicability applicability, TextRange range, String text) {
        return new Fix(title, applicability, List.of(TextEdit.replace(range, text)));
    }
}
