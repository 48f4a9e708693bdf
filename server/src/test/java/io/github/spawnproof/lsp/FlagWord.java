package io.github.spawnproof.lsp;

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

/** A rule for tests: finds the word {@code FLAG} anywhere, with a safe and an unsafe fix. */
public final class FlagWord implements PythonRule {

    static final String WORD = "FLAG";

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        String text = module.source().text();
        for (int at = text.indexOf(WORD); at >= 0; at = text.indexOf(WORD, at + 1)) {
            TextRange range = new TextRange(at, at + WORD.length());
            faults.accept(new Fault(
                    range,
                    "`FLAG` is bad",
                    Impact.failsAlways(),
                    List.of(new Related(new TextRange(0, 0), "the text starts here")),
                    List.of(
                            new Fix("Delete it", Applicability.UNSAFE, List.of(TextEdit.delete(range))),
                            new Fix("Write GOOD", Applicability.SAFE, List.of(TextEdit.replace(range, "GOOD"))))));
        }
    }
}
