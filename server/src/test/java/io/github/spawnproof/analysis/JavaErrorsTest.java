package io.github.spawnproof.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.rule.RuleCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the stack traces of Java. */
class JavaErrorsTest {

    private static final RuleCatalog CATALOG = RuleCatalog.load();

    /** As Spark 4.2 printed it, but for the package. */
    private static final String SPARK = """
            Exception in thread "main" org.apache.spark.SparkException: Task not serializable
            	at org.apache.spark.util.SparkClosureCleaner$.clean(SparkClosureCleaner.scala:48)
            	at org.apache.spark.rdd.RDD.map(RDD.scala:424)
            	at shop.jobs.Job.run(Job.java:9)
            	at shop.jobs.Job.main(Job.java:19)
            Caused by: java.io.NotSerializableException: shop.jobs.Job
            Serialization stack:
            	- object not serializable (class: shop.jobs.Job, value: shop.jobs.Job@3a7b2e2)
            	- field (class: shop.jobs.Job$1, name: this$0, type: class shop.jobs.Job)
            	- object (class shop.jobs.Job$1, shop.jobs.Job$1@4342c13)
            	- element of array (index: 0)
            	- array (class [Ljava.lang.Object;, size 1)
            	- field (class: java.lang.invoke.SerializedLambda, name: capturedArgs, type: class [Ljava.lang.Object;)
            	at org.apache.spark.serializer.SerializationDebugger$.improveException(SerializationDebugger.scala:41)
            	at org.apache.spark.util.SparkClosureCleaner$.clean(SparkClosureCleaner.scala:45)
            	... 12 more
            """;

    @Test
    void the_innermost_cause_is_the_error_and_what_wraps_it_a_symptom() {
        List<ErrorExplanation> explanations = ErrorExplanations.of(SPARK, CATALOG);

        assertThat(explanations).extracting(ErrorExplanation::symptom).containsExactly(false, true);
        assertThat(explanations.get(0).message()).isEqualTo("java.io.NotSerializableException: shop.jobs.Job");
        assertThat(explanations.get(1).cause())
                .get()
                .extracting(ErrorCause::message)
                .isEqualTo("java.io.NotSerializableException: shop.jobs.Job");
        assertThat(explanations.get(1).rules()).isEqualTo(explanations.get(0).rules());
    }

    @Test
    void the_serialization_stack_names_the_field_and_decides_on_the_page() {
        ErrorExplanation first = ErrorExplanations.of(SPARK, CATALOG).get(0);

        assertThat(first.text()).startsWith("Field `this$0` of `shop.jobs.Job$1` holds `shop.jobs.Job`");
        assertThat(first.rules()).startsWith("inner-class-captures-outer");
    }

    @Test
    void a_cause_that_shares_its_frames_has_the_places_of_what_wraps_it() {
        assertThat(ErrorExplanations.of(SPARK, CATALOG).get(0).places())
                .containsExactly(new CodePlace("shop/jobs/Job.java", 9), new CodePlace("shop/jobs/Job.java", 19));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26/11/23 20:33:41 ERROR Executor: ",
                "26/11/23 20:33:41 WARN TaskSetManager: ",
                "20:33:41.123 [main] ERROR shop.jobs.Job - ",
                "2026-11-23 20:33:41,123 ERROR [pool-1-thread-2] shop.jobs.Job - ",
                "2026-11-23 20:33:41,123 [main] ERROR shop.jobs.Job:17 - ",
                "2026-11-23T20:33:41.123+01:00 ERROR 4711 --- [shop] [main] shop.jobs.Job : ",
                "job-1  | "
            })
    void the_prefixes_of_a_log_change_nothing(String prefix) {
        List<ErrorExplanation> plain = ErrorExplanations.of(SPARK, CATALOG);

        String everywhere = SPARK.replaceAll("(?m)^(?=.)", prefix.replace("$", "\\$"));
        String once = prefix + "failed\n" + SPARK.replace("Exception in thread \"main\" ", "");

        assertThat(ErrorExplanations.of(everywhere, CATALOG)).isEqualTo(plain);
        assertThat(ErrorExplanations.of(once, CATALOG)).isEqualTo(plain);
    }

    @Test
    void an_exception_in_the_middle_of_a_line_has_the_frames_below_it() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                26/11/23 20:33:41 WARN TaskSetManager: Lost task 0.0 in stage 0.0 (TID 0) (box executor driver): org.apache.spark.SparkException: This RDD lacks a SparkContext.
                	at org.apache.spark.rdd.RDD.sc(RDD.scala:97)
                	at shop.jobs.Job.lambda$main$e1ad7ce5$1(Job.java:12)
                """, CATALOG);

        assertThat(explanations).singleElement().satisfies(explanation -> {
            assertThat(explanation.rules()).containsExactly("driver-handle-in-closure");
            assertThat(explanation.places()).containsExactly(new CodePlace("shop/jobs/Job.java", 12));
        });
    }

    @Test
    void the_traces_of_several_threads_are_told_apart() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Exception in thread "writer" java.io.NotSerializableException: java.lang.Thread
                	at java.base/java.io.ObjectOutputStream.writeObject0(ObjectOutputStream.java:1187)
                	at java.base/java.io.ObjectOutputStream.writeObject(ObjectOutputStream.java:350)
                	at shop.Writer.run(Writer.java:8)
                Exception in thread "reader" java.io.InvalidClassException: shop.Order; no valid constructor
                	at java.base/java.io.ObjectInputStream.readObject(ObjectInputStream.java:467)
                	at app//shop.Reader.run(Reader.java:4)
                """, CATALOG);

        assertThat(explanations)
                .extracting(explanation -> explanation.places().get(0))
                .containsExactly(new CodePlace("shop/Writer.java", 8), new CodePlace("shop/Reader.java", 4));
    }

    @Test
    void the_frames_of_the_jdk_tell_what_held_the_object() {
        String trace = """
                java.io.NotSerializableException: shop.Job
                	at java.base/java.io.ObjectOutputStream.writeObject0(ObjectOutputStream.java:1187)
                	at java.base/java.io.ObjectOutputStream.%s
                	at shop.Program.main(Program.java:4)
                """;

        assertThat(rule(trace.formatted("writeObject(ObjectOutputStream.java:350)")))
                .isEqualTo("not-serializable-argument");
        assertThat(rule(trace.formatted("defaultWriteFields(ObjectOutputStream.java:1572)")))
                .isEqualTo("inner-class-captures-outer");
        assertThat(rule(trace.formatted("""
                        writeArray(ObjectOutputStream.java:1381)
                        	at java.base/java.io.ObjectOutputStream.writeObject0(ObjectOutputStream.java:1177)
                        	at java.base/java.io.ObjectOutputStream.defaultWriteFields(ObjectOutputStream.java:1572)"""))).isEqualTo("closure-captures-this");
    }

    private static String rule(String text) {
        return ErrorExplanations.of(text, CATALOG).get(0).rules().get(0);
    }

    @Test
    void the_root_cause_may_come_first() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                20:33:41.123 [main] ERROR shop.Job - failed
                java.io.NotSerializableException: shop.Job
                	at java.base/java.io.ObjectOutputStream.writeObject(ObjectOutputStream.java:350)
                	... 3 common frames omitted
                Wrapped by: org.apache.spark.SparkException: Task not serializable
                	at shop.Job.run(Job.java:9) ~[classes/:na]
                	at shop.library.Thing.run(Thing.java:7) ~[thing-1.2.jar:na]
                """, CATALOG);

        assertThat(explanations).extracting(ErrorExplanation::symptom).containsExactly(false, true);
        assertThat(explanations)
                .extracting(ErrorExplanation::places)
                .containsOnly(List.of(new CodePlace("shop/Job.java", 9)));
    }

    @Test
    void what_wraps_an_error_without_saying_more_is_passed_over() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                java.lang.IllegalStateException: Bolt 'c' contains a non-serializable field of type shop.Clock, which was instantiated prior to topology creation. shop.Clock should be instantiated within the prepare method of 'c at the earliest.
                	at org.apache.storm.topology.TopologyBuilder.createTopology(TopologyBuilder.java:122)
                	at Topology.main(Topology.java:36)
                Caused by: java.lang.RuntimeException: java.io.NotSerializableException: shop.Clock
                	at org.apache.storm.utils.Utils.javaSerialize(Utils.java:535)
                	... 1 more
                Caused by: java.io.NotSerializableException: shop.Clock
                	at java.base/java.io.ObjectOutputStream.writeObject0(ObjectOutputStream.java:1187)
                	... 2 more
                """, CATALOG);

        assertThat(explanations).singleElement().satisfies(explanation -> {
            assertThat(explanation.rules()).containsExactly("non-serializable-field");
            assertThat(explanation.places()).containsExactly(new CodePlace("Topology.java", 36));
        });
    }

    @Test
    void a_trace_without_a_known_error_is_left_alone() {
        assertThat(ErrorExplanations.of("""
                Exception in thread "main" java.lang.IllegalStateException: out of tea
                	at shop.Program.main(Program.java:4)
                Caused by: java.lang.NullPointerException: Cannot invoke "String.length()" because "this.name" is null
                	... 1 more
                """, CATALOG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"at x.", "at x", "Caused by: a.B.", "Exception in thread \"", "a.", "at a/", "Wrapped by: A$"})
    void endless_lines_are_no_trouble(String part) {
        String line = part + part.substring(part.length() - 2).repeat(100_000);

        assertThat(ErrorExplanations.of(line + "\n\tat shop.Job.run(Job.java:3)\n", CATALOG))
                .isEmpty();
    }

    @Test
    void an_error_between_programs_of_python_and_java_has_the_places_of_both() {
        List<ErrorExplanation> explanations = ErrorExplanations.of("""
                Traceback (most recent call last):
                  File "/home/me/shop/count.py", line 12, in <module>
                    print(rdd.count())
                py4j.protocol.Py4JJavaError: An error occurred while calling o35.count.
                : org.apache.spark.SparkException: This RDD lacks a SparkContext.
                	at org.apache.spark.rdd.RDD.sc(RDD.scala:97)
                	at shop.Counter.count(Counter.java:12)

                TypeError: cannot pickle '_thread.lock' object
                """, CATALOG);

        assertThat(explanations)
                .extracting(explanation -> explanation.places().get(0))
                .contains(new CodePlace("shop/Counter.java", 12), new CodePlace("/home/me/shop/count.py", 12));
    }
}
