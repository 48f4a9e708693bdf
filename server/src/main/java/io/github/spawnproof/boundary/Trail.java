package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Related;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a function of the program comes to do what its row says: the way through its code, from call to call.
 *
 * @param api the library call that starts a process in the end, as people say it; empty if none does
 * @param choice the start methods of what it starts or returns; null if the program chooses them
 * @param start the calls that lead to the start, which is the last
 * @param crossings for each parameter that crosses, the calls that lead to the one that sends it, which is the last
 */
public record Trail(
        String api, @Nullable StartMethodChoice choice, List<Related> start, Map<String, List<Related>> crossings) {

    public Trail {
        start = List.copyOf(start);
        crossings = Map.copyOf(crossings);
    }
}
