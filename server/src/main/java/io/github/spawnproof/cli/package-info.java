/**
 * The command line: arguments in, findings as text or JSON out, exit status.
 *
 * <p>Uses everything below it, picocli and Gson. Streams, environment, clock and rules are parameters, so that tests run
 * whole commands inside one process.
 *
 * <p>Deliberately absent: knowledge about rules and files beyond what {@code analysis} and {@code workspace} say; the
 * server, which starts without loading this package.
 */
@NullMarked
package io.github.spawnproof.cli;

import org.jspecify.annotations.NullMarked;
