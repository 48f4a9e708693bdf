package io.github.spawnproof.source;

/** A language that some front end reads. */
public enum Language {
    PYTHON
}
