package io.github.spawnproof.workspace;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not asked for longest, once it is full. Not safe for threads. */
final class Remembered<K, V> extends LinkedHashMap<K, V> {

    private final int most;

    Remembered(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
