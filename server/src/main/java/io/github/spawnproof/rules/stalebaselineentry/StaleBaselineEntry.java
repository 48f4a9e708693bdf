package io.github.spawnproof.rules.stalebaselineentry;

import com.google.auto.service.AutoService;
import io.github.spawnproof.rule.InputRule;
import io.github.spawnproof.rule.Rule;

/** An entry of a baseline that no finding matches any more; see {@code stale-baseline-entry.md}. */
@AutoService(Rule.class)
public final class StaleBaselineEntry implements InputRule {}
