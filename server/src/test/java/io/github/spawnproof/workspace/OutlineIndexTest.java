package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.ImportOutline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of outlines from run to run, and when it counts. */
class OutlineIndexTest {

    private static final ImportOutline OUTLINE = new ImportOutline("app/", List.of("os", ".sibling", "größe.模块"), true);

    @TempDir
    Path temporary;

    private Path cache;
    private Path module;
    private int reads;

    @BeforeEach
    void make_a_module() throws IOException {
        cache = temporary.resolve("cache/spawnproof");
        module = temporary.resolve("module.py");
        write("import os", Duration.ofMinutes(1));
    }

    private void write(String text, Duration age) throws IOException {
        Files.writeString(module, text);
        Files.setLastModifiedTime(module, FileTime.from(Instant.now().minus(age)));
    }

    private OutlineIndex index(String origin) {
        return new OutlineIndex(Optional.of(cache), "program", origin);
    }

    private Optional<ImportOutline> get(OutlineIndex index, ImportOutline made) {
        return index.get(FileStamp.of(module), () -> {
            reads++;
            return Optional.of(made);
        });
    }

    private Optional<ImportOutline> get(OutlineIndex index) {
        return get(index, OUTLINE);
    }

    private void keep(String origin) {
        OutlineIndex index = index(origin);
        assertThat(get(index)).hasValue(OUTLINE);
        index.save();
        assertThat(reads).isEqualTo(1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    @Test
    void the_next_run_reads_nothing_again() {
        keep("build");

        assertThat(get(index("build"), new ImportOutline("", List.of(), false))).hasValue(OUTLINE);

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void a_file_that_has_changed_is_read_again() throws IOException {
        keep("build");
        write("import sys", Duration.ofSeconds(30));
        ImportOutline other = new ImportOutline("app/", List.of("sys"), false);

        assertThat(get(index("build"), other)).hasValue(other);
    }

    @Test
    void what_another_build_has_written_does_not_count() {
        keep("build");

        get(index("another build"));

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void a_file_that_was_written_just_now_is_not_kept() throws IOException {
        write("import os", Duration.ZERO);
        keep("build");

        get(index("build"));

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void a_file_that_is_gone_is_not_kept() throws IOException {
        OutlineIndex index = index("build");
        FileStamp stamp = FileStamp.of(module);
        get(index);
        Files.delete(module);
        index.save();

        index("build").get(stamp, () -> {
            reads++;
            return Optional.empty();
        });

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void what_one_run_does_not_ask_for_stays_for_the_next() throws IOException {
        keep("build");
        Path second = Files.writeString(temporary.resolve("second.py"), "");
        Files.setLastModifiedTime(second, FileTime.from(Instant.now().minusSeconds(60)));
        OutlineIndex index = index("build");
        index.get(FileStamp.of(second), () -> Optional.of(OUTLINE));
        index.save();

        get(index("build"));

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void a_name_that_is_too_long_to_be_written_costs_its_own_entry_alone() throws IOException {
        Path odd = Files.writeString(temporary.resolve("odd.py"), "");
        Files.setLastModifiedTime(odd, FileTime.from(Instant.now().minusSeconds(60)));
        OutlineIndex index = index("build");
        index.get(FileStamp.of(odd), () -> Optional.of(new ImportOutline("", List.of("a".repeat(1 << 17)), false)));
        get(index);
        index.save();

        get(index("build"));

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void a_file_of_the_index_that_is_damaged_anywhere_counts_as_absent() throws IOException {
        keep("build");
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x41;
            Files.write(file, damaged);
            reads = 0;
            assertThat(get(index("build"))).hasValue(OUTLINE);
            assertThat(reads).as("changed at %d", i).isEqualTo(1);
            Files.write(file, Arrays.copyOf(whole, i));
            assertThat(get(index("build"))).hasValue(OUTLINE);
            assertThat(reads).as("cut at %d", i).isEqualTo(2);
        }
    }

    @Test
    void programs_that_write_at_the_same_time_leave_a_whole_file() throws Exception {
        keep("build");
        AtomicInteger found = new AtomicInteger();
        List<CompletableFuture<Void>> programs = new ArrayList<>();
        for (int program = 0; program < 4; program++) {
            Path own = Files.writeString(temporary.resolve("own" + program + ".py"), "");
            Files.setLastModifiedTime(own, FileTime.from(Instant.now().minusSeconds(60)));
            programs.add(CompletableFuture.runAsync(() -> {
                for (int run = 0; run < 50; run++) {
                    OutlineIndex index = index("build");
                    boolean[] read = {false};
                    index.get(FileStamp.of(module), () -> {
                        read[0] = true;
                        return Optional.of(OUTLINE);
                    });
                    if (!read[0]) {
                        found.incrementAndGet();
                    }
                    index.get(new FileStamp(own, run, 0), () -> Optional.of(OUTLINE));
                    index.save();
                }
            }));
        }
        for (CompletableFuture<Void> program : programs) {
            program.get();
        }

        assertThat(found).hasValue(200);
        assertThat(files()).hasSize(1);
    }

    @Test
    void indexes_that_nobody_uses_are_deleted() throws IOException {
        Files.createDirectories(cache);
        Path old = Files.writeString(cache.resolve("old.outlines"), "");
        Path other = Files.writeString(cache.resolve("notes.txt"), "");
        for (Path file : List.of(old, other)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(100))));
        }

        keep("build");

        assertThat(old).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void a_folder_that_cannot_be_made_costs_nothing_but_time() throws IOException {
        Files.writeString(temporary.resolve("cache"), "a file where the folder should be");

        keep("build");

        get(index("build"));
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void a_build_that_is_not_packed_keeps_nothing() {
        OutlineIndex index = OutlineIndex.of(Optional.of(cache), temporary, "");
        get(index);
        index.save();

        assertThat(cache).doesNotExist();
    }
}
