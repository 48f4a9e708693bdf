package io.github.spawnproof.project;

import io.github.spawnproof.boundary.StartMethod;

/**
 * The start method that a project's environment selects for Jina.
 *
 * @param place the file and line that say so, as people write it: {@code .env, line 3}
 */
public record SelectedMethod(StartMethod method, String place) {}
