package io.github.spawnproof.rule;

/** A rule about the tool's own input, such as suppressions and settings; whoever reads that input finds it. */
public non-sealed interface InputRule extends Rule {}
