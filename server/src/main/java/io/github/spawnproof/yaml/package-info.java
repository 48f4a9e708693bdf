/**
 * Front end of YAML files: Jina's Flow, Deployment, Gateway and Executor files, and environment variables in compose files,
 * Kubernetes manifests, workflows and the JSON of VS Code.
 *
 * <p>May use {@code source}, {@code boundary}, {@code project} and SnakeYAML Engine, whose nodes do not leave it.
 *
 * <p>It knows files by what is in them, not by their names, and opens none.
 */
@NullMarked
package io.github.spawnproof.yaml;

import org.jspecify.annotations.NullMarked;
