package io.github.spawnproof.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.TypeDeclaration;
import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a file can name, for one analysis of it: its own, those of the project's other files, of its class
 * path, and of the libraries we know.
 */
final class Classes {

    /** More supertypes above each other than any real class has. */
    static final int MAX_DEPTH = 30;

    private static final String SERIALIZABLE = "java.io.Serializable";
    private static final String OBJECT = "java.lang.Object";
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    private static final Set<String> PLAIN_VALUES = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.lang.String[]",
            "int[]",
            "long[]",
            "double[]",
            "byte[]");

    /** An answer that may be missing. */
    enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    private final Shipping shipping;
    private final ClassTable table;
    private final Surroundings surroundings;
    private final Function<DocumentSnapshot, JavaFile> reader;
    private final Map<String, Optional<ClassOutline>> known = new HashMap<>();
    private final Map<String, Optional<ClassOutline>> libraries = new HashMap<>();
    private final Map<String, TypeDeclaration<?>> declarations = new HashMap<>();
    private final Map<String, JavaFile> files = new HashMap<>();
    private final Map<String, Boolean> existing = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final IdentityHashMap<JavaFile, TypeNames> names = new IdentityHashMap<>();
    private final IdentityHashMap<Node, List<String>> supertypes = new IdentityHashMap<>();
    private final Set<Node> inProgress = Collections.newSetFromMap(new IdentityHashMap<>());

    Classes(
            Shipping shipping,
            ClassTable table,
            Surroundings surroundings,
            Function<DocumentSnapshot, JavaFile> reader) {
        this.shipping = shipping;
        this.table = table;
        this.surroundings = surroundings;
        this.reader = reader;
    }

    /** Makes the classes of a file known. */
    void add(JavaFile file) {
        for (TypeDeclaration<?> type : file.unit().findAll(TypeDeclaration.class)) {
            String name = file.nameOf(type);
            declarations.putIfAbsent(name, type);
            files.putIfAbsent(name, file);
        }
    }

    /** Returns a class by its canonical name; empty if it is not known. */
    Optional<ClassOutline> find(String name) {
        Optional<ClassOutline> found = known.get(name);
        if (found == null) {
            found = search(name);
            known.put(name, found);
        }
        return found;
    }

    /** Tells whether there is a class of a name. Finds that out without reading the file of another class of the project. */
    boolean exists(String name) {
        if (declarations.containsKey(name)) {
            return true;
        }
        Boolean found = existing.get(name);
        if (found == null) {
            found = table.find(name).isPresent()
                    || (surroundings.hasJavaSource(path(name)) && !asked.contains(name))
                    || supertypes(name).isPresent();
            existing.put(name, found);
        }
        return found;
    }

    private static String path(String name) {
        return name.replace('.', '/') + ".java";
    }

    private Optional<ClassOutline> search(String name) {
        TypeDeclaration<?> declaration = declaration(name);
        JavaFile file = files.get(name);
        if (declaration != null && file != null) {
            return Optional.of(new Outlines(file, names(file)).of(declaration));
        }
        return ofLibrary(name);
    }

    private Optional<ClassOutline> ofLibrary(String name) {
        Optional<ClassOutline> found = libraries.get(name);
        if (found == null) {
            found = table.find(name).or(() -> surroundings.compiledClass(name));
            libraries.put(name, found);
        }
        return found;
    }

    /** Returns the declaration of a class of the project; null if it is not from there. */
    @Nullable
    TypeDeclaration<?> declaration(String name) {
        if (!declarations.containsKey(name) && table.find(name).isEmpty()) {
            addSourceOf(name);
        }
        return declarations.get(name);
    }

    /** Returns the names of the direct supertypes of a class; empty if it is not known. */
    Optional<List<String>> supertypes(String name) {
        TypeDeclaration<?> declaration = declaration(name);
        JavaFile file = files.get(name);
        return declaration != null && file != null
                ? Optional.of(supertypesOf(file, declaration))
                : ofLibrary(name).map(ClassOutline::supertypes);
    }

    /** Reads the file of the project that has a class, if there is one: it has the name of the class, or of one around it. */
    private void addSourceOf(String name) {
        for (String outer = name; !outer.isEmpty(); outer = outer.substring(0, Math.max(0, outer.lastIndexOf('.')))) {
            int dot = outer.lastIndexOf('.');
            boolean isType = Character.isUpperCase(outer.charAt(dot + 1));
            if (isType && asked.add(outer)) {
                surroundings.javaSource(path(outer)).ifPresent(source -> add(reader.apply(source)));
            }
        }
    }

    /** Returns the names of the direct supertypes of a class in a file, an anonymous one included. */
    List<String> supertypesOf(JavaFile file, Node body) {
        List<String> found = supertypes.get(body);
        if (found != null) {
            return found;
        }
        if (!inProgress.add(body)) {
            return List.of(); // The class is asked for while its own supertypes are looked for.
        }
        try {
            found = new Outlines(file, names(file)).supertypes(body);
            supertypes.put(body, found);
            return found;
        } finally {
            inProgress.remove(body);
        }
    }

    /** Returns what the names of types mean in a file. */
    TypeNames names(JavaFile file) {
        return names.computeIfAbsent(file, found -> new TypeNames(found, this));
    }

    /** Returns the file of a class of the project; null if it is not from there. */
    @Nullable
    JavaFile fileOf(String name) {
        return files.get(name);
    }

    /** Tells whether one type is another, or below it. */
    Answer isA(String type, String wanted) {
        return isA(type, wanted, new HashSet<>());
    }

    private Answer isA(String type, String wanted, Set<String> seen) {
        if (type.equals(wanted)) {
            return Answer.YES;
        }
        if (!seen.add(type)) {
            return Answer.NO;
        }
        Optional<List<String>> direct = supertypes(type);
        if (direct.isEmpty()) {
            return type.equals(OBJECT) || PRIMITIVES.contains(type) ? Answer.NO : Answer.UNKNOWN;
        }
        Answer answer = Answer.NO;
        for (String supertype : direct.get()) {
            Answer above = isA(supertype, wanted, seen);
            if (above == Answer.YES) {
                return Answer.YES;
            }
            answer = above == Answer.UNKNOWN ? Answer.UNKNOWN : answer;
        }
        return answer;
    }

    /** Tells whether a class of the project, or one of the project above it, names {@code Serializable} in its header. */
    boolean saysSerializable(String type) {
        return saysSerializable(type, new HashSet<>());
    }

    private boolean saysSerializable(String type, Set<String> seen) {
        if (!seen.add(type) || declaration(type) == null) {
            return false;
        }
        List<String> direct = supertypes(type).orElse(List.of());
        return direct.contains(SERIALIZABLE)
                || direct.contains("java.io.Externalizable")
                || direct.stream().anyMatch(supertype -> saysSerializable(supertype, seen));
    }

    /** Returns a type and all types above it that are known. */
    Set<String> withSupertypes(String type) {
        Set<String> all = new LinkedHashSet<>();
        List<String> left = new ArrayList<>(List.of(type));
        while (!left.isEmpty()) {
            String next = left.remove(left.size() - 1);
            if (all.add(next)) {
                supertypes(next).ifPresent(left::addAll);
            }
        }
        return all;
    }

    /** Tells whether Java serialisation takes an object that is declared to be of a type. */
    Answer serializable(@Nullable String type) {
        return serializable(type, false);
    }

    /**
     * Tells whether Java serialisation takes an object.
     *
     * @param exact whether the object is of that very class, and of none below it
     */
    Answer serializable(@Nullable String type, boolean exact) {
        if (type == null || type.startsWith(Outlines.UNKNOWN)) {
            return Answer.UNKNOWN;
        }
        if (type.endsWith("[]")) {
            String element = type.substring(0, type.length() - 2);
            return PRIMITIVES.contains(element) ? Answer.YES : Answer.UNKNOWN;
        }
        if (PRIMITIVES.contains(type)) {
            return Answer.YES;
        }
        if (shipping.neverCrosses(type)) {
            return Answer.NO;
        }
        Optional<ClassOutline> outline = find(type);
        if (type.equals(OBJECT)) {
            return exact ? Answer.NO : Answer.UNKNOWN;
        }
        if (outline.isEmpty()) {
            return Answer.UNKNOWN;
        }
        Answer answer = isA(type, SERIALIZABLE);
        if (answer == Answer.NO && withSupertypes(type).stream().anyMatch(shipping::mayCross)) {
            return Answer.UNKNOWN;
        }
        if (answer != Answer.NO || exact) {
            return answer;
        }
        Set<Trait> traits = outline.get().traits();
        boolean open = outline.get().kind() == Kind.INTERFACE
                || traits.contains(Trait.SERIALIZABLE_SUBCLASS)
                // The table has all classes of the JDK, but not what other libraries add to theirs.
                || (traits.contains(Trait.ABSTRACT) && !type.startsWith("java"));
        return open ? Answer.UNKNOWN : Answer.NO;
    }

    /** Tells whether all values of a type are plain data, which any process can be sent. */
    boolean isPlainValue(String type) {
        return PRIMITIVES.contains(type) || PLAIN_VALUES.contains(type);
    }

    /** Returns the methods of a name that a type has or inherits, nearest first, an overridden one included. */
    List<MethodOutline> methods(String type, String name) {
        List<MethodOutline> found = new ArrayList<>();
        for (String owner : withSupertypes(type)) {
            find(owner)
                    .ifPresent(outline -> outline.methods().stream()
                            .filter(method -> method.name().equals(name))
                            .forEach(found::add));
        }
        return found;
    }

    /** Tells whether all supertypes of a type are known, so that what it does not have it does not inherit. */
    boolean isComplete(String type) {
        return withSupertypes(type).stream()
                .allMatch(above -> above.equals(OBJECT) || supertypes(above).isPresent());
    }

    /** Tells whether a type is an interface with one abstract method, as a lambda can be of. */
    boolean isFunctional(String type) {
        return find(type).filter(outline -> outline.kind() == Kind.INTERFACE).isPresent()
                && withSupertypes(type).stream()
                                .flatMap(owner -> find(owner).stream())
                                .flatMap(outline -> outline.methods().stream())
                                .filter(MethodOutline::isAbstract)
                                .map(method -> method.name() + "/"
                                        + method.parameters().size())
                                .distinct()
                                .limit(2)
                                .count()
                        == 1;
    }
}
