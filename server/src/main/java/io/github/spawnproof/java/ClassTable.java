package io.github.spawnproof.java;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of the JDK and of the frameworks that send objects around, by a table that is made of their jars by
 * {@code scripts/class-table}. Safe for any number of threads. A library is loaded when one of its classes is asked for,
 * a class is read when it is asked for itself.
 *
 * <p>The table has a text for each library. Lines that start with {@code #} are comments. A class has a line, in order of
 * the names, and below it a line for each method, which starts with a blank:
 *
 * <pre>
 * java.util.HashMap class new custom : java.util.AbstractMap java.util.Map java.lang.Cloneable java.io.Serializable
 * java.util.Map interface
 *  entrySet() java.util.Set
 *  static of(?,?) java.util.Map
 * java.util.function.Predicate interface
 *  abstract test(?) boolean
 * </pre>
 *
 * <ul>
 *   <li>The name is followed by the kind, the words below, and behind a colon the supertypes. All of them are in the table.
 *   <li>{@code abstract}, {@code final}; {@code inner}: has an enclosing object; {@code new}, {@code protected-new},
 *       {@code package-new}: who can call the constructor without parameters; {@code custom}:
 *       {@link Trait#CUSTOM_SERIALIZATION}; {@code extended}: {@link Trait#SERIALIZABLE_SUBCLASS}, as far as the library's
 *       own classes go.
 *   <li>Of the methods there are those whose result is worth following: an object that is neither text nor a number; and
 *       those that take a function. A function is an interface with one abstract method, or an interface or abstract class
 *       that is serialisable; other parameters are {@code ?}. What is inherited is left out, also if it is overridden.
 *   <li>An interface has an abstract method in the table if it is the only one that it has, inherited ones included. That
 *       one is there with all its types.
 *   <li>Fields are left out.
 * </ul>
 */
public final class ClassTable {

    private record Library(String prefix, String resource) {}

    private static final List<Library> LIBRARIES = List.of(
            new Library("java.", "jdk"),
            new Library("javax.", "jdk"),
            new Library("org.w3c.", "jdk"),
            new Library("org.xml.", "jdk"),
            new Library("org.apache.spark.", "spark"),
            new Library("scala.", "spark"),
            new Library("org.apache.flink.", "flink"),
            new Library("org.apache.beam.", "beam"),
            new Library("com.hazelcast.", "hazelcast"),
            new Library("org.apache.ignite.", "ignite"),
            new Library("org.apache.storm.", "storm"));

    private static final String ABSTRACT = "abstract";
    private static final String STATIC = "static";

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, ClassOutline> known = new ConcurrentHashMap<>();

    /** Returns a library class by its canonical name; empty if it is none that we know. */
    public Optional<ClassOutline> find(String name) {
        ClassOutline before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        for (Library library : LIBRARIES) {
            if (name.startsWith(library.prefix)) {
                Optional<ClassOutline> found = find(name, texts.computeIfAbsent(library.resource, ClassTable::load));
                found.ifPresent(outline -> known.put(name, outline));
                return found;
            }
        }
        return Optional.empty();
    }

    private static String load(String library) {
        String resource = "classes/" + library + ".classes";
        try (InputStream stream = ClassTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable resource " + resource, e);
        }
    }

    /** Bisects the text, which is in order of the names: to index it would take longer than all questions of a session. */
    private static Optional<ClassOutline> find(String name, String text) {
        int low = 0;
        int high = text.length();
        while (low < high) {
            int line = classLine(text, low, (low + high) >>> 1);
            int order = name.compareTo(text.substring(line, Math.max(line, text.indexOf(' ', line))));
            if (order == 0) {
                return Optional.of(read(text, line));
            }
            if (order < 0) {
                high = line;
            } else {
                low = nextClass(text, line);
            }
        }
        return Optional.empty();
    }

    /** Returns the start of the nearest line of a class at or before an offset, but not before {@code low}. */
    private static int classLine(String text, int low, int offset) {
        int line = lineStart(text, offset);
        while (line > low && text.charAt(line) == ' ') {
            line = lineStart(text, line - 1);
        }
        return line;
    }

    private static int lineStart(String text, int offset) {
        return offset == 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    }

    private static int nextClass(String text, int line) {
        int next = nextLine(text, line);
        while (next < text.length() && text.charAt(next) == ' ') {
            next = nextLine(text, next);
        }
        return next;
    }

    private static int nextLine(String text, int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? text.length() : end + 1;
    }

    private static ClassOutline read(String text, int line) {
        int end = nextLine(text, line);
        List<String> words = List.of(text.substring(line, end).strip().split(" ", -1));
        int colon = words.indexOf(":");
        List<String> marks = words.subList(2, colon < 0 ? words.size() : colon);
        List<MethodOutline> methods = new ArrayList<>();
        for (int at = end; at < text.length() && text.charAt(at) == ' '; at = nextLine(text, at)) {
            methods.add(method(text.substring(at, nextLine(text, at)).strip()));
        }
        return new ClassOutline(
                words.get(0),
                Kind.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                traits(marks),
                colon < 0 ? List.of() : words.subList(colon + 1, words.size()),
                methods,
                List.of());
    }

    private static Set<Trait> traits(List<String> marks) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (!marks.contains("inner")) {
            traits.add(Trait.STATIC);
        }
        for (String mark : marks) {
            switch (mark) {
                case "inner" -> {}
                case ABSTRACT -> traits.add(Trait.ABSTRACT);
                case "final" -> traits.add(Trait.FINAL);
                case "new" -> {
                    traits.add(Trait.PUBLIC_DEFAULT_CONSTRUCTOR);
                    traits.add(Trait.DEFAULT_CONSTRUCTOR);
                    traits.add(Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
                }
                case "protected-new" -> {
                    traits.add(Trait.DEFAULT_CONSTRUCTOR);
                    traits.add(Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
                }
                case "package-new" -> traits.add(Trait.PACKAGE_DEFAULT_CONSTRUCTOR);
                case "custom" -> traits.add(Trait.CUSTOM_SERIALIZATION);
                case "extended" -> traits.add(Trait.SERIALIZABLE_SUBCLASS);
                default -> throw new IllegalStateException("unknown mark in the table of classes: " + mark);
            }
        }
        return traits;
    }

    /** Reads {@code static name(parameter,parameter) result}. */
    private static MethodOutline method(String line) {
        int open = line.indexOf('(');
        int close = line.indexOf(')', open);
        int name = line.lastIndexOf(' ', open) + 1;
        String parameters = line.substring(open + 1, close);
        return new MethodOutline(
                line.substring(name, open),
                parameters.isEmpty() ? List.of() : List.of(parameters.split(",", -1)),
                line.substring(close + 2),
                line.startsWith(STATIC + " "),
                line.startsWith(ABSTRACT + " "));
    }
}
