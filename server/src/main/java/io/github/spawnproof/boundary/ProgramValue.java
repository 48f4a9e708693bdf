package io.github.spawnproof.boundary;

import org.jspecify.annotations.Nullable;

/**
 * What a variable of a module, or an attribute of the instances of a class, holds.
 *
 * @param type the class of it, by canonical name
 * @param choice the start methods of its processes; null if the program chooses them
 */
public record ProgramValue(String type, @Nullable StartMethodChoice choice) {}
