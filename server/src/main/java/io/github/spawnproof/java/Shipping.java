package io.github.spawnproof.java;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is known of libraries that send objects and code to other processes: {@code shipping.facts}, one row a fact.
 *
 * <ul>
 *   <li>{@code function TYPE}: what is of the type is sent, whoever takes it; {@code PACKAGE.*} for all types of a package
 *   <li>{@code driver TYPE.METHOD}: does not send its functions; {@code PACKAGE.*} for all methods of all types of a package
 *   <li>{@code ships TYPE.METHOD INDEX}: sends an argument whose type does not say so
 *   <li>{@code writes TYPE.METHOD INDEX}: hands an argument to Java serialisation
 *   <li>{@code handle TYPE}: is of use in the process that made it alone
 *   <li>{@code cleans TYPE}: what is sent as this type loses an enclosing object that it does not use
 *   <li>{@code restores TYPE METHOD}: a method, or one with an annotation, in which the other side makes what did not cross
 *   <li>{@code live TYPE}: no object of the type can be written, though the type is an interface, or not in the table
 *   <li>{@code maybe TYPE}: some objects of the type can be written, whatever the type says
 *   <li>{@code word TEXT}: a file that has none of these words is not looked at
 *   <li>{@code property NAME}: a system property that is read before any code of the program runs
 * </ul>
 */
final class Shipping {

    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Restore> restores = new ArrayList<>();

    /** A method in which the other side makes what did not cross; with an {@code @} in front, an annotation of it. */
    record Restore(String type, String method) {}

    private Shipping(String text) {
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                read(List.of(line.strip().split(" ", -1)));
            }
        }
    }

    private void read(List<String> row) {
        String kind = row.get(0);
        String name = row.get(1);
        switch (kind) {
            case "ships", "writes" -> indexes.put(kind + " " + name, Integer.valueOf(row.get(2)));
            case "restores" -> restores.add(new Restore(name, row.get(2)));
            default -> names.computeIfAbsent(kind, key -> new HashSet<>()).add(name);
        }
    }

    static Shipping load() {
        try (InputStream in = Shipping.class.getResourceAsStream("shipping.facts")) {
            if (in == null) {
                throw new IllegalStateException("shipping.facts is missing");
            }
            return new Shipping(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether code with a text can have anything to do with other processes. */
    boolean concerns(String text) {
        return names.getOrDefault("word", Set.of()).stream().anyMatch(text::contains);
    }

    private boolean is(String kind, String name) {
        return names.getOrDefault(kind, Set.of()).contains(name);
    }

    /** Tells whether the type itself, whatever is above it, is one of functions that are sent. */
    boolean isFunction(String type) {
        return is("function", type) || is("function", type.substring(0, Math.max(0, type.lastIndexOf('.'))) + ".*");
    }

    boolean staysOnDriver(String owner, String method) {
        return is("driver", owner + "." + method)
                || is("driver", owner.substring(0, Math.max(0, owner.lastIndexOf('.'))) + ".*");
    }

    boolean isHandle(String type) {
        return is("handle", type);
    }

    boolean cleansUnusedOuter(String type) {
        return is("cleans", type);
    }

    boolean neverCrosses(String type) {
        return is("live", type);
    }

    boolean mayCross(String type) {
        return is("maybe", type);
    }

    boolean isReadAtStart(String property) {
        return is("property", property);
    }

    /** Returns which argument a method sends, though its type does not say so. */
    OptionalInt shipped(String owner, String method) {
        return index("ships", owner, method);
    }

    /** Returns which argument a method hands to Java serialisation. */
    OptionalInt written(String owner, String method) {
        return index("writes", owner, method);
    }

    /** Tells whether some method of a name hands an argument to Java serialisation. */
    boolean writesSome(String method) {
        return indexes.keySet().stream().anyMatch(key -> key.startsWith("writes ") && key.endsWith("." + method));
    }

    private OptionalInt index(String kind, String owner, String method) {
        Integer index = indexes.get(kind + " " + owner + "." + method);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    List<Restore> restores() {
        return List.copyOf(restores);
    }
}
