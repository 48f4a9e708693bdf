package io.github.spawnproof.source;

/** What a front end reads; which files those are is {@code workspace.FileKinds}' to say. */
public enum Language {
    PYTHON,
    /** A Jupyter notebook whose code cells are Python. */
    NOTEBOOK,
    JAVA,
    /** Jina's configuration, and files of tools that set environment variables; JSON with comments is read as YAML. */
    YAML,
    /** Files that set environment variables: dotenv, shell, Dockerfile, units of systemd, INI and TOML. */
    ENVIRONMENT,
    /** Logs, notes, documentation: nothing is found in them, but the errors that they quote are explained. */
    TEXT
}
