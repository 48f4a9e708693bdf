/**
 * Front end of files that set environment variables for programs: dotenv, shell, Dockerfile, units of systemd, INI and
 * TOML. Compose files, Kubernetes manifests, workflows and the JSON of editors are read by {@code yaml}.
 *
 * <p>May use {@code source}, {@code finding}, {@code boundary} and {@code project}.
 *
 * <p>There is no shell in here: a value that depends on anything but its own line is unknown.
 */
@NullMarked
package io.github.spawnproof.environment;

import org.jspecify.annotations.NullMarked;
