package io.github.spawnproof.rules.invalidsuppression;

import com.google.auto.service.AutoService;
import io.github.spawnproof.rule.InputRule;
import io.github.spawnproof.rule.Rule;

/** A suppression that names no rule there is; see {@code invalid-suppression.md}. */
@AutoService(Rule.class)
public final class InvalidSuppression implements InputRule {}
