package io.github.spawnproof.rules.invalidsetting;

import com.google.auto.service.AutoService;
import io.github.spawnproof.rule.InputRule;
import io.github.spawnproof.rule.Rule;

/** A setting that means nothing or has a wrong value; see {@code invalid-setting.md}. */
@AutoService(Rule.class)
public final class InvalidSetting implements InputRule {}
