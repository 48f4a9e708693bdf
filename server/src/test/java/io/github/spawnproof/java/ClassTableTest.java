package io.github.spawnproof.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassTableTest {

    private final ClassTable table = new ClassTable();

    private ClassOutline find(String name) {
        return table.find(name).orElseThrow(() -> new AssertionError(name + " is not in the table"));
    }

    private boolean isSerializable(String name) {
        return name.equals("java.io.Serializable")
                || find(name).supertypes().stream().anyMatch(this::isSerializable);
    }

    /** Returns the methods of that name of a class and its supertypes, as in the table. */
    private Set<String> methods(String type, String name) {
        Set<String> found = new HashSet<>();
        ClassOutline outline = find(type);
        for (MethodOutline method : outline.methods()) {
            if (method.name().equals(name)) {
                found.add(String.join(",", method.parameters()) + " -> " + method.result());
            }
        }
        outline.supertypes().forEach(supertype -> found.addAll(methods(supertype, name)));
        return found;
    }

    private Optional<String> onlyMethod(String type) {
        return find(type).methods().stream()
                .filter(MethodOutline::isAbstract)
                .map(method -> method.name() + method.parameters() + method.result())
                .reduce((one, other) -> one + other);
    }

    // What a JVM says, of 17 and of 25, for objects of these classes.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.concurrent.locks.ReentrantLock",
                "java.util.concurrent.Semaphore",
                "java.util.concurrent.atomic.AtomicLong",
                "java.util.Random",
                "java.security.SecureRandom",
                "java.util.regex.Pattern",
                "java.io.File",
                "java.net.URL",
                "java.text.SimpleDateFormat",
                "java.lang.StringBuilder",
                "java.lang.Class",
                "java.lang.String",
                "java.lang.Integer",
                "java.lang.Enum",
                "java.time.Instant",
                "java.math.BigDecimal",
                "java.util.ArrayList",
                "java.util.HashMap",
                "java.lang.Throwable",
                "org.apache.spark.sql.SparkSession",
                "org.apache.spark.api.java.JavaRDD",
                "org.apache.spark.api.java.function.Function",
                "org.apache.spark.sql.Dataset",
                "org.apache.flink.api.common.functions.RichMapFunction",
                "org.apache.beam.sdk.transforms.DoFn",
                "com.hazelcast.map.EntryProcessor",
                "org.apache.ignite.lang.IgniteCallable",
                "org.apache.storm.topology.base.BaseRichBolt",
                "scala.Tuple2"
            })
    void these_are_serializable(String name) {
        assertThat(isSerializable(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Object",
                "java.util.Optional",
                "java.nio.file.Path",
                "java.nio.charset.Charset",
                "java.time.format.DateTimeFormatter",
                "java.util.logging.Logger",
                "java.util.concurrent.CountDownLatch",
                "java.lang.ThreadLocal",
                "java.util.concurrent.CompletableFuture",
                "java.util.regex.Matcher",
                "java.nio.ByteBuffer",
                "java.security.MessageDigest",
                "java.lang.reflect.Method",
                "java.lang.ClassLoader",
                "java.util.Iterator",
                "java.util.stream.Stream",
                "java.util.IntSummaryStatistics",
                "java.util.Map.Entry",
                "java.util.Set",
                "java.util.List",
                "java.util.Comparator",
                "java.lang.Thread",
                "java.sql.Connection",
                "java.net.Socket",
                "java.io.PrintStream",
                "java.net.http.HttpClient",
                "org.apache.spark.api.java.JavaSparkContext",
                "com.hazelcast.core.HazelcastInstance",
                "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment"
            })
    void these_are_not(String name) {
        assertThat(isSerializable(name)).isFalse();
    }

    // Their runtime classes are what counts: JDK's own, behind an interface.
    @ParameterizedTest
    @CsvSource({
        "java.util.HashMap, keySet, java.util.Set",
        "java.util.TreeMap, keySet, java.util.Set",
        "java.util.HashMap, values, java.util.Collection",
        "java.util.ArrayList, subList, java.util.List",
        "java.util.Map, entry, java.util.Map.Entry",
        "java.util.List, of, java.util.List",
        "java.util.Map, of, java.util.Map",
        "java.util.Arrays, asList, java.util.List",
        "java.util.Collections, unmodifiableList, java.util.List",
        "java.util.ArrayList, iterator, java.util.Iterator",
        "java.util.ArrayList, stream, java.util.stream.Stream",
        "java.util.stream.Stream, toList, java.util.List"
    })
    void views_and_copies_are_of_interfaces(String type, String method, String result) {
        assertThat(methods(type, method)).isNotEmpty().allMatch(found -> found.endsWith(" -> " + result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.util.concurrent.Callable | call[]?",
                "java.lang.Runnable | run[]void",
                "java.util.Comparator | compare[?, ?]int",
                "java.util.function.UnaryOperator | apply[?]?",
                "org.apache.spark.api.java.function.PairFunction | call[?]scala.Tuple2",
                "org.apache.flink.api.common.functions.FlatMapFunction | flatMap[?, org.apache.flink.util.Collector]void",
                "org.apache.beam.sdk.transforms.SerializableFunction | apply[?]?",
                "com.hazelcast.function.FunctionEx | applyEx[?]?",
                "com.hazelcast.map.EntryProcessor | process[java.util.Map.Entry]?",
                "org.apache.ignite.lang.IgniteCallable | call[]?"
            })
    void a_functional_interface_has_its_one_method(String type, String method) {
        assertThat(onlyMethod(type)).contains(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.List", "java.util.concurrent.Future", "org.apache.storm.topology.IRichBolt"})
    void others_have_none(String type) {
        assertThat(onlyMethod(type)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.apache.spark.api.java.JavaRDD | map | org.apache.spark.api.java.function.Function -> org.apache.spark.api.java.JavaRDD",
                "org.apache.spark.api.java.JavaSparkContext | parallelize | ? -> org.apache.spark.api.java.JavaRDD",
                "org.apache.spark.sql.SparkSession | read | ' -> org.apache.spark.sql.DataFrameReader'",
                "org.apache.spark.sql.SparkSession | builder | ' -> org.apache.spark.sql.SparkSession.Builder'",
                "org.apache.spark.streaming.api.java.JavaDStream | map | org.apache.spark.api.java.function.Function -> org.apache.spark.streaming.api.java.JavaDStream",
                "com.hazelcast.core.HazelcastInstance | getExecutorService | ? -> com.hazelcast.core.IExecutorService",
                "com.hazelcast.core.IMap | executeOnKey | ?,com.hazelcast.map.EntryProcessor -> java.lang.Object",
                "com.hazelcast.core.IExecutorService | submit | java.util.concurrent.Callable -> java.util.concurrent.Future",
                "com.hazelcast.core.IExecutorService | execute | java.lang.Runnable -> void",
                "com.hazelcast.map.IMap | executeOnKey | ?,com.hazelcast.map.EntryProcessor -> ?",
                "org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator | map | org.apache.flink.api.common.functions.MapFunction -> org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator",
                "org.apache.flink.streaming.api.datastream.DataStream | addSink | org.apache.flink.streaming.api.functions.sink.SinkFunction -> org.apache.flink.streaming.api.datastream.DataStreamSink",
                "org.apache.flink.streaming.api.datastream.DataStream | sinkTo | org.apache.flink.api.connector.sink2.Sink -> org.apache.flink.streaming.api.datastream.DataStreamSink",
                "org.apache.beam.sdk.transforms.ParDo | of | org.apache.beam.sdk.transforms.DoFn -> org.apache.beam.sdk.transforms.ParDo.SingleOutput",
                "org.apache.ignite.Ignite | compute | ' -> org.apache.ignite.IgniteCompute'",
                "org.apache.ignite.IgniteCompute | call | org.apache.ignite.lang.IgniteCallable -> ?",
                "org.apache.storm.topology.TopologyBuilder | setBolt | ?,org.apache.storm.topology.IRichBolt -> org.apache.storm.topology.BoltDeclarer",
                "java.util.concurrent.Executors | newFixedThreadPool | ? -> java.util.concurrent.ExecutorService",
                "java.sql.DriverManager | getConnection | ? -> java.sql.Connection"
            })
    void calls_can_be_followed(String type, String name, String method) {
        assertThat(methods(type, name)).contains(method);
    }

    @Test
    void newer_versions_have_their_say_first() {
        assertThat(methods("com.hazelcast.core.HazelcastInstance", "getMap"))
                .containsExactly("? -> com.hazelcast.map.IMap");
        assertThat(methods("org.apache.flink.streaming.api.datastream.DataStream", "addSink"))
                .contains(
                        "org.apache.flink.streaming.api.functions.sink.SinkFunction"
                                + " -> org.apache.flink.streaming.api.datastream.DataStreamSink",
                        "org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction"
                                + " -> org.apache.flink.streaming.api.datastream.DataStreamSink");
    }

    @Test
    void traits_are_there() {
        assertThat(find("java.util.HashMap").traits())
                .containsExactlyInAnyOrder(
                        Trait.STATIC,
                        Trait.CUSTOM_SERIALIZATION,
                        Trait.PUBLIC_DEFAULT_CONSTRUCTOR,
                        Trait.DEFAULT_CONSTRUCTOR,
                        Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
        assertThat(find("java.lang.String").traits()).contains(Trait.FINAL);
        assertThat(find("java.util.AbstractMap").traits())
                .contains(Trait.ABSTRACT, Trait.SERIALIZABLE_SUBCLASS, Trait.DEFAULT_CONSTRUCTOR)
                .doesNotContain(Trait.PUBLIC_DEFAULT_CONSTRUCTOR);
        assertThat(find("java.lang.Thread").traits()).doesNotContain(Trait.SERIALIZABLE_SUBCLASS);
        assertThat(find("org.apache.beam.sdk.transforms.DoFn.ProcessContext").traits())
                .doesNotContain(Trait.STATIC);
        assertThat(find("java.lang.annotation.RetentionPolicy").kind()).isEqualTo(Kind.ENUM);
    }

    @Test
    void what_we_do_not_know_is_not_there() {
        assertThat(table.find("com.acme.Order")).isEmpty();
        assertThat(table.find("java.util.Hash")).isEmpty();
        assertThat(table.find("java.util.HashMap.Node")).isEmpty();
        assertThat(table.find("java.")).isEmpty();
        assertThat(table.find("org.apache.storm.zzz")).isEmpty();
        assertThat(table.find("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "spark", "flink", "beam", "hazelcast", "ignite", "storm"})
    void each_class_can_be_read_and_so_can_all_its_supertypes(String library) {
        List<String> names = names(library);

        assertThat(names).hasSizeGreaterThan(500).isSorted().doesNotHaveDuplicates();
        assertThat(names).allSatisfy(name -> {
            ClassOutline outline = find(name);
            assertThat(outline.name()).isEqualTo(name);
            assertThat(outline.supertypes()).allSatisfy(this::find);
            assertThat(outline.methods()).allSatisfy(method -> {
                assertThat(method.name()).matches("[\\w$]+");
                assertThat(method.result()).isNotEmpty();
            });
        });
    }

    private static List<String> names(String library) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ClassTable.class.getResourceAsStream("classes/" + library + ".classes"), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith(" ") && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void threads_can_share_a_table() {
        List<String> names = new ArrayList<>(names("storm"));

        Set<String> found = IntStream.range(0, 4)
                .parallel()
                .boxed()
                .flatMap(thread -> names.stream().map(name -> find(name).name()))
                .collect(Collectors.toSet());

        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
    }
}
