package io.github.spawnproof.boundary;

import io.github.spawnproof.source.TextRange;
import java.util.Optional;

/**
 * A value that a file gives to an environment variable of programs that are started with it.
 *
 * @param name the variable
 * @param range where its name is written
 * @param value the value as programs see it; empty if the file does not tell, as with {@code $OTHER}
 * @param valueRange where the value is written, without quotes; empty at the place for it if there is none
 */
public record VariableSetting(String name, TextRange range, Optional<String> value, TextRange valueRange) {}
