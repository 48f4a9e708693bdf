package io.github.spawnproof.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of library calls: its form, and that the one we ship is consistent. */
class BoundaryTableTest {

    private static final BoundaryTable SHIPPED = BoundaryTable.load();

    @Test
    void a_row_says_what_crosses_and_what_comes_back() {
        BoundaryTable table = BoundaryTable.of("""
                # a comment
                class lib.Farm
                lib.Farm(size, init @start, *, workers>0, backend='processes') -> lib.Farm starts method=spawn
                lib.Farm.run(func @pickle, *args @pickle, **options)
                """);

        Boundary row = table.callable("lib.Farm").orElseThrow();

        assertThat(row.starts()).isTrue();
        assertThat(row.method()).isEqualTo(StartMethod.SPAWN);
        assertThat(row.returns()).isEqualTo("lib.Farm");
        assertThat(row.parameters())
                .containsExactly(
                        new BoundaryParameter("size", BoundaryParameter.Kind.POSITIONAL, null, null),
                        new BoundaryParameter("init", BoundaryParameter.Kind.POSITIONAL, Role.AT_START, null),
                        new BoundaryParameter("workers", BoundaryParameter.Kind.KEYWORD_ONLY, null, ">0"),
                        new BoundaryParameter("backend", BoundaryParameter.Kind.KEYWORD_ONLY, null, "processes"));
        assertThat(table.method("lib.Farm", "run").orElseThrow().crosses()).isTrue();
    }

    @Test
    void rows_can_share_parameters() {
        BoundaryTable table = BoundaryTable.of("""
                parameters lib.data = env @json
                parameters lib.all = uses @executor, &lib.data
                lib.run(name, *, &lib.all)
                """);

        assertThat(table.callable("lib.run").orElseThrow().parameters())
                .extracting(BoundaryParameter::name, BoundaryParameter::role)
                .containsExactly(tuple("name", null), tuple("uses", Role.EXECUTOR), tuple("env", Role.JSON));
    }

    @Test
    void a_well_known_name_needs_evidence() {
        BoundaryTable table = BoundaryTable.of("well-known lib.Farm if uses=");

        assertThat(table.mayBeFragment("Farm(uses=1)")).isTrue();
        assertThat(table.mayBeFragment("Farm(causes=1)")).isFalse();
        assertThat(table.mayBeFragment("myFarm(uses=1)")).isFalse();
        assertThat(table.wellKnownNames()).extracting(WellKnownName::name).containsExactly("Farm");
        assertThat(table.wellKnownNames()).extracting(WellKnownName::module).containsExactly("lib");
    }

    @Test
    void what_is_no_json_has_words_and_perhaps_a_plain_form() {
        BoundaryTable table = BoundaryTable.of("no-json lib.box = a class\nno-json lib.box() = a box => str(#)");

        assertThat(table.noJson("lib.box")).contains(new NoJson("a class", ""));
        assertThat(table.noJson("lib.box()")).contains(new NoJson("a box", "str(#)"));
        assertThat(table.noJson("lib.other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-json lib.box",
                "lib.run(&lib.unknown)",
                "lib.run(func @unknown)",
                "lib.run(func",
                "lib.run() method=quick",
                "lib.run() -> ",
                "lib.run(a)\nlib.run(b)",
                "alias lib.a = lib.b\nalias lib.a = lib.c",
                "lib.run(a b)"
            })
    void a_wrong_row_is_an_error(String rows) {
        assertThatThrownBy(() -> BoundaryTable.of(rows)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "multiprocessing.Pool, multiprocessing.context.BaseContext.Pool",
        "torch.multiprocessing.Pool, multiprocessing.context.BaseContext.Pool",
        "torch.multiprocessing.spawn, torch_multiprocessing.spawn",
        "jina.orchestrate.flow.base.Flow, jina.Flow",
        "multiprocessing.dummy.Pool, multiprocessing.dummy.Pool",
        "os.path, os.path"
    })
    void aliases_lead_to_one_name(String name, String canonical) {
        assertThat(SHIPPED.canonical(name)).isEqualTo(canonical);
    }

    @Test
    void a_cycle_of_aliases_ends() {
        BoundaryTable table = BoundaryTable.of("alias a.b = c.d\nalias c.d = a.b");

        assertThat(table.canonical("a.b")).isIn("a.b", "c.d");
    }

    @Test
    void every_shipped_row_can_be_reached_and_returns_a_class_there_is() {
        assertThat(SHIPPED.rows()).hasSizeGreaterThan(60).allSatisfy(row -> {
            assertThat(SHIPPED.canonical(row.name())).isEqualTo(row.name());
            assertThat(row.returns() == null || row.returns().equals(Boundary.SELF) || SHIPPED.isClass(row.returns()))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "multiprocessing.context.BaseContext.Pool, Pool",
        "multiprocessing.process.BaseProcess.start, Process.start",
        "multiprocessing.process.BaseProcess, Process",
        "concurrent.futures.ProcessPoolExecutor.map, ProcessPoolExecutor.map",
        "jina.Flow.__enter__, Flow",
        "multiprocessing.managers.BaseManager.start, BaseManager.start"
    })
    void a_row_is_called_what_people_call_it(String name, String shortName) {
        BoundaryTable table = BoundaryTable.of(name + "()");

        assertThat(table.callable(name).orElseThrow().shortName()).isEqualTo(shortName);
    }

    @Test
    void methods_are_inherited() {
        assertThat(SHIPPED.method("multiprocessing.context.SpawnProcess", "start"))
                .isPresent();
        assertThat(SHIPPED.isSubclass("jina.AsyncFlow", "jina.Flow")).isTrue();
        assertThat(SHIPPED.isSubclass("jina.Flow", "jina.AsyncFlow")).isFalse();
    }

    @Test
    void a_text_without_any_library_of_the_table_is_of_no_concern() {
        assertThat(BoundaryTable.mayConcern("import os\nprint(os.cpu_count())\n"))
                .isFalse();
        assertThat(BoundaryTable.mayConcern("from concurrent.futures import ProcessPoolExecutor\n"))
                .isTrue();
    }
}
