package io.github.spawnproof.analysis;

/** A rule or front end that threw; the snapshot has none of its findings. */
public record RuleFailure(String rule, String uri, int version, RuntimeException cause) {}
