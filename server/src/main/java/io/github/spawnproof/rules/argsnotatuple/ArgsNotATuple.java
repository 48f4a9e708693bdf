package io.github.spawnproof.rules.argsnotatuple;

import com.google.auto.service.AutoService;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.rule.Fault;
import io.github.spawnproof.rule.MisuseFaults;
import io.github.spawnproof.rule.PythonRule;
import io.github.spawnproof.rule.Rule;
import java.util.function.Consumer;

/** Single values where the arguments of a function have to be; see {@code args-not-a-tuple.md}. */
@AutoService(Rule.class)
public final class ArgsNotATuple implements PythonRule {

    @Override
    public void check(PythonModule module, Consumer<Fault> faults) {
        MisuseFaults.of(module, Misuse.Kind.ARGUMENTS_NOT_TUPLE, ArgsNotATuple::message, faults);
    }

    private static String message(Misuse misuse) {
        return "`%s` has to be a tuple of arguments; this is %s".formatted(misuse.api(), misuse.what());
    }
}
