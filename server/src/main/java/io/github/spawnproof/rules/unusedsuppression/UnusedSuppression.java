package io.github.spawnproof.rules.unusedsuppression;

import com.google.auto.service.AutoService;
import io.github.spawnproof.rule.InputRule;
import io.github.spawnproof.rule.Rule;

/** A suppression that silences nothing; see {@code unused-suppression.md}. */
@AutoService(Rule.class)
public final class UnusedSuppression implements InputRule {}
