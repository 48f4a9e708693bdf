package io.github.spawnproof.environment;

/** How a file writes that a variable has a value. */
enum Form {
    /** {@code NAME=value}, with or without {@code export}: each line is one, and nothing is run. */
    DOTENV,
    /** {@code NAME=value} where a command can stand: a POSIX shell's, bash's and zsh's. */
    SHELL,
    /** {@code ENV NAME=value …} and {@code ENV NAME value}: docs.docker.com/reference/dockerfile/#env. */
    DOCKERFILE,
    /** {@code Environment=NAME=value "NAME=value"}: systemd.exec(5). */
    UNIT,
    /** {@code NAME = value} below {@code setenv} of tox, {@code NAME=value} below {@code env} of pytest-env. */
    INI
}
