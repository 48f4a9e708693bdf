package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.FieldOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ClassFilesTest {

    private static final String HERE = "io.github.spawnproof.workspace.ClassFilesTest.";

    /** What tests read, as the compiler writes it. */
    abstract static class Base<T extends Serializable> extends Thread implements Callable<T>, Serializable {

        protected static int count;
        protected Map<String, T> byName = Map.of();
        transient T[] variables;
        private final Thread hidden = new Thread();

        protected Base() {}

        abstract Map.Entry<String, T> entry(List<? super T> list, T single, int[][] numbers, Map.Entry<?, ?>[] entries);

        static <V> V of(V first, Object... others) {
            return others.length == 0 ? first : all(first);
        }

        @SafeVarargs
        @SuppressWarnings("varargs") // They are only counted.
        static <V> V all(V... values) {
            return values[0];
        }

        private Thread unseen() {
            return hidden;
        }

        class Inner {
            Base<T> outer() {
                unseen();
                return Base.this;
            }
        }

        static final class Dollar$Name<V> {
            private final List<V> values = List.of();

            class In {
                List<V> all() {
                    return values;
                }
            }

            In in() {
                return new In();
            }
        }
    }

    static class WritesItself implements Serializable {
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }
    }

    static class ReplacesItself implements Serializable {
        private Object writeReplace() {
            return this;
        }
    }

    static class WritesOthers implements Serializable {
        void writeObject(String name) {}
    }

    static class External implements Externalizable {
        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    record Pair(String left, Thread right) {}

    enum Colour {
        RED
    }

    @interface Mark {}

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream stream =
                ClassFilesTest.class.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return stream.readAllBytes();
        }
    }

    private static ClassOutline read(Class<?> type) throws IOException {
        return ClassFiles.read(bytes(type)).orElseThrow();
    }

    private static MethodOutline method(ClassOutline outline, String name) {
        return outline.methods().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_class_has_its_erased_types() throws IOException {
        ClassOutline base = read(Base.class);

        assertThat(base.name()).isEqualTo(HERE + "Base");
        assertThat(base.kind()).isEqualTo(Kind.CLASS);
        assertThat(base.supertypes())
                .containsExactly("java.lang.Thread", "java.util.concurrent.Callable", "java.io.Serializable");
        assertThat(method(base, "entry"))
                .isEqualTo(new MethodOutline(
                        "entry",
                        List.of("java.util.List", "?", "int[][]", "java.util.Map.Entry[]"),
                        "java.util.Map.Entry",
                        false,
                        true));
        assertThat(base.fields())
                .containsExactlyInAnyOrder(
                        new FieldOutline("count", "int", true, false),
                        new FieldOutline("byName", "java.util.Map", false, false),
                        new FieldOutline("variables", "?", false, true));
    }

    @Test
    void a_method_that_takes_any_number_says_so() throws IOException {
        ClassOutline base = read(Base.class);

        assertThat(method(base, "of"))
                .isEqualTo(new MethodOutline("of", List.of("?", "java.lang.Object..."), "?", true, false));
        assertThat(method(base, "all").parameters()).containsExactly("?...");
    }

    @Test
    void what_is_private_or_made_by_the_compiler_is_left_out() throws IOException {
        assertThat(read(Base.class).methods())
                .extracting(MethodOutline::name)
                .containsExactlyInAnyOrder("entry", "of", "all");
        assertThat(ClassFiles.readAccessible(bytes(Base.class)).orElseThrow().methods())
                .isEmpty();
    }

    @Test
    void nested_classes_have_canonical_names_and_a_dollar_stays() throws IOException {
        assertThat(method(read(Base.Inner.class), "outer").result()).isEqualTo(HERE + "Base");
        assertThat(read(Base.Dollar$Name.class).name()).isEqualTo(HERE + "Base.Dollar$Name");
        assertThat(method(read(Base.Dollar$Name.class), "in").result()).isEqualTo(HERE + "Base.Dollar$Name.In");
    }

    @Test
    void traits_are_those_of_the_declaration() throws IOException {
        assertThat(read(Base.class).traits())
                .containsExactlyInAnyOrder(
                        Trait.ABSTRACT, Trait.STATIC, Trait.DEFAULT_CONSTRUCTOR, Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
        assertThat(read(Base.Inner.class).traits()).isEmpty();
        assertThat(read(Base.Dollar$Name.class).traits())
                .containsExactlyInAnyOrder(Trait.STATIC, Trait.FINAL, Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
        assertThat(read(External.class).traits())
                .contains(Trait.PUBLIC_DEFAULT_CONSTRUCTOR, Trait.CUSTOM_SERIALIZATION);
        assertThat(read(WritesItself.class).traits()).contains(Trait.CUSTOM_SERIALIZATION);
        assertThat(read(ReplacesItself.class).traits()).contains(Trait.CUSTOM_SERIALIZATION);
        assertThat(read(WritesOthers.class).traits()).doesNotContain(Trait.CUSTOM_SERIALIZATION);
    }

    @Test
    void kinds_are_told_apart() throws IOException {
        assertThat(read(Pair.class).kind()).isEqualTo(Kind.RECORD);
        assertThat(read(Colour.class).kind()).isEqualTo(Kind.ENUM);
        assertThat(read(Mark.class).kind()).isEqualTo(Kind.ANNOTATION);
        assertThat(read(Callable.class).kind()).isEqualTo(Kind.INTERFACE);
        assertThat(read(Callable.class).traits()).containsExactly(Trait.STATIC);
    }

    @Test
    void what_code_cannot_name_is_nothing() throws IOException {
        class Local {}
        Object anonymous = new Object() {};

        assertThat(ClassFiles.read(bytes(Local.class))).isEmpty();
        assertThat(ClassFiles.read(bytes(anonymous.getClass()))).isEmpty();
    }

    @Test
    void a_file_that_is_newer_or_none_is_nothing() throws IOException {
        byte[] newer = bytes(Base.class);
        newer[7] = (byte) 200;

        assertThat(ClassFiles.read(newer)).isEmpty();
        assertThat(ClassFiles.read(new byte[0])).isEmpty();
        assertThat(ClassFiles.read("class A {}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void a_signature_that_nests_as_deep_as_it_is_long_is_read() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/Deep", null, "java/lang/Object", new String[0]);
        String deep = "La/X<".repeat(9_000) + "La/Y;" + ">;".repeat(9_000);
        writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "deep", "(La/X;)La/X;", "(" + deep + ")TT;", null);
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "loops", "()La/B$C;", null, null);
        writer.visitInnerClass("a/B$C", "a/B$C", "C", 0);

        ClassOutline read = ClassFiles.read(writer.toByteArray()).orElseThrow();

        assertThat(method(read, "deep").parameters()).containsExactly("a.X");
        assertThat(method(read, "loops").result()).startsWith("a.B$C.C");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damage_does_no_harm(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = bytes(Base.class);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextBoolean() ? whole.length : random.nextInt(whole.length));
            for (int i = 0; i < 5 && damaged.length > 0; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }

            assertThat(ClassFiles.read(damaged)).isNotNull();
        }
    }
}
