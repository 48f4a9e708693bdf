package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where things are kept from run to run. */
@DisabledOnOs(OS.WINDOWS)
class CacheFolderTest {

    @Test
    void is_the_place_that_each_system_has_for_it() {
        assertThat(CacheFolder.of(Map.of(), "Linux", "/home/ada")).hasValue(Path.of("/home/ada/.cache/spawnproof"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/fast"), "Linux", "/home/ada"))
                .hasValue(Path.of("/fast/spawnproof"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "relative"), "Linux", "/home/ada"))
                .hasValue(Path.of("/home/ada/.cache/spawnproof"));
        assertThat(CacheFolder.of(Map.of(), "Mac OS X", "/Users/ada"))
                .hasValue(Path.of("/Users/ada/Library/Caches/spawnproof"));
        assertThat(CacheFolder.of(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/ignored"))
                .hasValue(Path.of("/local/spawnproof/cache"));
    }

    @Test
    void is_what_the_variable_says() {
        assertThat(CacheFolder.of(Map.of("SPAWNPROOF_CACHE_DIR", "/mine"), "Linux", "/home/ada"))
                .hasValue(Path.of("/mine"));
        assertThat(CacheFolder.of(Map.of("SPAWNPROOF_CACHE_DIR", ""), "Linux", "/home/ada"))
                .isEmpty();
    }

    @Test
    void is_none_where_nothing_can_be_known() {
        assertThat(CacheFolder.of(Map.of(), "Linux", "")).isEmpty();
        assertThat(CacheFolder.of(Map.of(), "Windows 11", "/home")).isEmpty();
        assertThat(CacheFolder.of(Map.of("SPAWNPROOF_CACHE_DIR", "a\0b"), "Linux", "/home/ada"))
                .isEmpty();
    }
}
