/**
 * Front end for Java: JavaParser's tree in, facts out.
 *
 * <p>It may use what is above it in {@code server/docs/architecture.md}, and JavaParser. Types are known by their erasure,
 * from the file itself, from the classes that {@link io.github.spawnproof.project.Surroundings} finds, and from the
 * table of library classes.
 *
 * <p>Deliberately absent: a type checker. What does not resolve in a few steps is unknown, and nothing is said about it.
 */
@NullMarked
package io.github.spawnproof.java;

import org.jspecify.annotations.NullMarked;
