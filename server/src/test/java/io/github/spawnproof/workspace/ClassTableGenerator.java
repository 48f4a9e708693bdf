package io.github.spawnproof.workspace;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.ClassOutline.Kind;
import io.github.spawnproof.project.ClassOutline.MethodOutline;
import io.github.spawnproof.project.ClassOutline.Trait;
import io.github.spawnproof.workspace.LibraryClasses.LibraryClass;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Makes a resource of {@code java.ClassTable}, which says what is in it. {@code scripts/class-table} runs it, on the oldest
 * JDK that we know.
 */
final class ClassTableGenerator {

    private static final List<String> JDK_MODULES = List.of(
            "java.base",
            "java.sql",
            "java.net.http",
            "java.rmi",
            "java.logging",
            "java.management",
            "java.naming",
            "java.prefs");
    /** Large, and hardly anything to follow in them: without methods. */
    private static final List<String> JDK_MODULES_OF_CLASSES = List.of("java.xml", "java.desktop");

    /** What nobody follows, and everybody can send. */
    private static final Set<String> PLAIN = Set.of(
            "?",
            "void",
            "boolean",
            "byte",
            "char",
            "short",
            "int",
            "long",
            "float",
            "double",
            "java.lang.Object",
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Number",
            "java.lang.Void");

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals/1", "hashCode/0", "toString/0");

    private final LibraryClasses classes;
    private final Predicate<String> jdk = exportedBy(JDK_MODULES).or(exportedBy(JDK_MODULES_OF_CLASSES));
    private final Predicate<String> selected;
    private final Predicate<String> withMethods;
    private final boolean isFramework;
    private final Set<String> extended = new HashSet<>();
    private final Map<String, Boolean> serializable = new HashMap<>();

    private ClassTableGenerator(
            LibraryClasses classes, boolean isFramework, Predicate<String> selected, Predicate<String> withMethods) {
        this.classes = classes;
        this.isFramework = isFramework;
        this.selected = selected;
        this.withMethods = withMethods;
    }

    /**
     * Writes a resource.
     *
     * @param arguments the file, the words that its first line names it by, then nothing more for the JDK; for a framework
     *     two patterns, of the classes that are in and of those that are out nevertheless, and a class path for each of its
     *     versions: newer ones have their say first, older ones add what is missing
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, Set<String>> lines = new TreeMap<>();
        Map<String, String> heads = new HashMap<>();
        if (arguments.length == 2) {
            Predicate<String> withMethods = exportedBy(JDK_MODULES);
            try (LibraryClasses classes = new LibraryClasses(List.of())) {
                new ClassTableGenerator(classes, false, withMethods.or(exportedBy(JDK_MODULES_OF_CLASSES)), withMethods)
                        .add(heads, lines);
            }
        } else {
            Predicate<String> in = Pattern.compile(arguments[2]).asMatchPredicate();
            Predicate<String> out = Pattern.compile(arguments[3]).asMatchPredicate();
            for (String path : Arrays.asList(arguments).subList(4, arguments.length)) {
                List<Path> jars = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                        .splitAsStream(path.strip())
                        .map(Path::of)
                        .toList();
                try (LibraryClasses classes = new LibraryClasses(jars)) {
                    new ClassTableGenerator(classes, true, in.and(out.negate()), name -> true).add(heads, lines);
                }
            }
        }
        StringBuilder text = new StringBuilder("# " + arguments[1] + ": made by scripts/class-table\n");
        lines.forEach((name, methods) -> {
            text.append(heads.get(name)).append('\n');
            methods.forEach(method -> text.append(' ').append(method).append('\n'));
        });
        Files.writeString(Path.of(arguments[0]), text, StandardCharsets.US_ASCII);
        System.out.printf("%s: %d classes, %d KB%n", arguments[0], lines.size(), text.length() / 1024);
    }

    /** Returns which classes are in packages that modules of the JDK export to all. */
    private static Predicate<String> exportedBy(List<String> modules) {
        Set<String> packages = new HashSet<>();
        for (String name : modules) {
            for (Exports export : ModuleFinder.ofSystem()
                    .find(name)
                    .orElseThrow()
                    .descriptor()
                    .exports()) {
                if (!export.isQualified()) {
                    packages.add(export.source());
                }
            }
        }
        return name -> packages.contains(packageOf(name));
    }

    /** Returns what is in front of the first word with a capital letter. */
    private static String packageOf(String name) {
        int dot = name.indexOf('.');
        while (dot >= 0 && !Character.isUpperCase(name.charAt(dot + 1))) {
            dot = name.indexOf('.', dot + 1);
        }
        return dot < 0 ? "" : name.substring(0, dot);
    }

    private void add(Map<String, String> heads, Map<String, Set<String>> lines) {
        findExtended();
        for (String name : classes.names()) {
            Optional<ClassOutline> found =
                    classes.find(name).filter(this::isInTable).map(LibraryClass::outline);
            found.filter(outline -> selected.test(outline.name())).ifPresent(outline -> {
                heads.putIfAbsent(outline.name(), head(outline));
                Set<String> newer = lines.putIfAbsent(outline.name(), methods(outline));
                if (newer != null) {
                    newer.addAll(added(methods(outline), newer));
                }
            });
        }
    }

    /** Returns the methods that a newer version of a class no longer has, under their names and with their parameters. */
    private static List<String> added(Set<String> older, Set<String> newer) {
        Set<String> known = new HashSet<>();
        newer.forEach(line -> known.add(withoutResult(line)));
        return older.stream()
                .filter(line -> !line.startsWith("abstract ") && !known.contains(withoutResult(line)))
                .toList();
    }

    private static String withoutResult(String line) {
        return line.substring(line.startsWith("abstract ") ? "abstract ".length() : 0, line.indexOf(')') + 1);
    }

    private boolean isInTable(LibraryClass type) {
        String name = type.outline().name();
        return type.isAccessible() && !name.contains("$") && (selected.test(name) || jdk.test(name));
    }

    private Optional<ClassOutline> inTable(String name) {
        return classes.find(name).filter(this::isInTable).map(LibraryClass::outline);
    }

    private Optional<ClassOutline> outline(String name) {
        return classes.find(name).map(LibraryClass::outline);
    }

    /** Finds the classes that are not serialisable, but have a subclass in the library, public or not, that is. */
    private void findExtended() {
        for (String name : classes.names()) {
            if (isFramework && !selected.test(name)) {
                continue;
            }
            outline(name).filter(type -> isSerializable(type.name())).ifPresent(this::extendSupertypes);
        }
    }

    private void extendSupertypes(ClassOutline type) {
        for (String supertype : type.supertypes()) {
            outline(supertype)
                    .filter(found -> found.kind() == Kind.CLASS && !isSerializable(found.name()))
                    .ifPresent(found -> {
                        extended.add(found.name());
                        extendSupertypes(found);
                    });
        }
    }

    private boolean isSerializable(String name) {
        Boolean before = serializable.get(name);
        if (before == null) {
            before = name.equals("java.io.Serializable")
                    || outline(name)
                            .filter(type -> type.supertypes().stream().anyMatch(this::isSerializable))
                            .isPresent();
            serializable.put(name, before);
        }
        return before;
    }

    private String head(ClassOutline type) {
        StringBuilder line =
                new StringBuilder(type.name() + ' ' + type.kind().name().toLowerCase(Locale.ROOT));
        Set<Trait> traits = type.traits();
        mark(line, traits.contains(Trait.ABSTRACT), "abstract");
        mark(line, traits.contains(Trait.FINAL), "final");
        mark(line, !traits.contains(Trait.STATIC), "inner");
        if (traits.contains(Trait.PUBLIC_DEFAULT_CONSTRUCTOR)) {
            line.append(" new");
        } else if (traits.contains(Trait.DEFAULT_CONSTRUCTOR)) {
            line.append(" protected-new");
        } else {
            mark(line, traits.contains(Trait.PACKAGE_DEFAULT_CONSTRUCTOR), "package-new");
        }
        mark(line, traits.contains(Trait.CUSTOM_SERIALIZATION), "custom");
        mark(line, extended.contains(type.name()), "extended");
        Set<String> supertypes = supertypes(type);
        if (!supertypes.isEmpty()) {
            line.append(" : ").append(String.join(" ", supertypes));
        }
        return line.toString();
    }

    private static void mark(StringBuilder line, boolean isSo, String word) {
        if (isSo) {
            line.append(' ').append(word);
        }
    }

    private Set<String> supertypes(ClassOutline type) {
        Set<String> nearest = new LinkedHashSet<>();
        for (String supertype : type.supertypes()) {
            if (inTable(supertype).isPresent()) {
                nearest.add(supertype);
            } else {
                outline(supertype).ifPresent(hidden -> nearest.addAll(supertypes(hidden)));
            }
        }
        return nearest;
    }

    private Set<String> methods(ClassOutline type) {
        Set<String> lines = new TreeSet<>();
        if (!withMethods.test(type.name())) {
            return lines;
        }
        Optional<MethodOutline> only = onlyMethod(type);
        only.ifPresent(method -> lines.add("abstract " + line(method, method.parameters())));
        List<MethodOutline> own = ownMethods(type);
        for (MethodOutline method : own) {
            List<String> parameters = shortened(method);
            boolean matters = isFollowed(method.result())
                    || parameters.stream().anyMatch(parameter -> !parameter.startsWith("?"));
            if (matters && only.filter(method::equals).isEmpty()) {
                // Methods with several results need their parameters, to be told apart.
                boolean isAmbiguous = own.stream()
                        .anyMatch(other -> other.name().equals(method.name())
                                && !other.result().equals(method.result())
                                && !other.parameters().equals(method.parameters())
                                && shortened(other).equals(parameters));
                String line = line(method, isAmbiguous ? method.parameters() : parameters);
                if (method.isStatic()) {
                    lines.add("static " + line);
                } else if (!isInherited(type, line)) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static String line(MethodOutline method, List<String> parameters) {
        return method.name() + '(' + String.join(",", parameters) + ") " + method.result();
    }

    /** Returns the methods of a class and of those of its superclasses that are not in the table. */
    private List<MethodOutline> ownMethods(ClassOutline type) {
        List<MethodOutline> own = new ArrayList<>(type.methods());
        for (String supertype : type.supertypes()) {
            if (inTable(supertype).isEmpty()) {
                outline(supertype)
                        .ifPresent(hidden -> ownMethods(hidden).stream()
                                .filter(method -> !method.isStatic() || hidden.kind() == Kind.CLASS)
                                .forEach(own::add));
            }
        }
        return own;
    }

    private boolean isInherited(ClassOutline type, String line) {
        for (String supertype : supertypes(type)) {
            Optional<ClassOutline> found = inTable(supertype);
            if (found.isPresent() && (methods(found.get()).contains(line) || isInherited(found.get(), line))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the types of the functions among the parameters. */
    private List<String> shortened(MethodOutline method) {
        return method.parameters().stream().map(this::functionOrUnknown).toList();
    }

    private static boolean isFollowed(String type) {
        String element = type.replace("[]", "");
        return !PLAIN.contains(element) && !element.startsWith("?");
    }

    private String functionOrUnknown(String parameter) {
        String type = parameter.replaceFirst("\\.\\.\\.$", "");
        String end = parameter.substring(type.length());
        return (isFunction(type) ? type : "?") + end;
    }

    private boolean isFunction(String type) {
        return outline(type)
                .filter(found -> onlyMethod(found).isPresent()
                        || (isFramework && isSerializable(type) && isOpen(found) && !type.startsWith("java")))
                .isPresent();
    }

    private static boolean isOpen(ClassOutline type) {
        return type.kind() == Kind.INTERFACE || type.traits().contains(Trait.ABSTRACT);
    }

    /** Returns the one method of an interface that has to be implemented, if it has only one. */
    private Optional<MethodOutline> onlyMethod(ClassOutline type) {
        if (type.kind() != Kind.INTERFACE) {
            return Optional.empty();
        }
        List<MethodOutline> left = new ArrayList<>();
        toImplement(type, new ArrayList<>(), left, new HashSet<>());
        return left.size() == 1 ? Optional.of(left.get(0)) : Optional.empty();
    }

    /** Collects what is abstract from an interface upward, without what another one below has. */
    private void toImplement(
            ClassOutline type, List<MethodOutline> below, List<MethodOutline> left, Set<String> visited) {
        if (!visited.add(type.name())) {
            return;
        }
        List<MethodOutline> here = new ArrayList<>(below);
        for (MethodOutline method : type.methods()) {
            if (!method.isStatic()) {
                boolean isOfEveryObject = OF_EVERY_OBJECT.contains(
                        method.name() + "/" + method.parameters().size());
                boolean isThere = below.stream().anyMatch(lower -> overrides(lower, method))
                        || (method.isAbstract() && left.contains(method));
                if (method.isAbstract() && !isOfEveryObject && !isThere) {
                    left.add(method);
                }
                here.add(method);
            }
        }
        for (String supertype : type.supertypes()) {
            outline(supertype).ifPresent(found -> toImplement(found, here, left, visited));
        }
    }

    /** Tells whether a method of a subtype is another's: type variables may have become types. */
    private static boolean overrides(MethodOutline lower, MethodOutline upper) {
        if (!lower.name().equals(upper.name())
                || lower.parameters().size() != upper.parameters().size()) {
            return false;
        }
        for (int i = 0; i < lower.parameters().size(); i++) {
            String inherited = upper.parameters().get(i);
            if (!inherited.equals(lower.parameters().get(i)) && !inherited.startsWith("?")) {
                return false;
            }
        }
        return true;
    }
}
