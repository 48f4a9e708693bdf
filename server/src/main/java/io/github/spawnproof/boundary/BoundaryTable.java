package io.github.spawnproof.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of libraries that start processes: calls, classes, and names for them. */
public final class BoundaryTable {

    /** The resource files, most of them of one library; the text of a file that names none of them has no boundary. */
    private static final List<String> LIBRARIES = List.of(
            "multiprocessing",
            "concurrent.futures",
            "asyncio",
            "standard",
            "exceptions",
            "json",
            "jina",
            "torch",
            "joblib",
            "multiprocess",
            "distributed",
            "loky",
            "pathos",
            "wrappers",
            "opaque");

    /** Says which start method Jina takes; read when Jina is imported. */
    public static final String JINA_VARIABLE = "JINA_MP_START_METHOD";

    /** Tells the Objective-C runtime of macOS to let forked processes go on; read when a process begins. */
    public static final String OBJC_VARIABLE = "OBJC_DISABLE_INITIALIZE_FORK_SAFETY";

    /** The environment variables that we know. */
    public static final List<String> VARIABLES = List.of(JINA_VARIABLE, OBJC_VARIABLE);

    /**
     * Words of which one must occur in a program's text for a boundary to be in it; rare ones, since a file with none of
     * them is not read any further (the bare word {@code distributed} is in the text of every licence).
     */
    private static final List<String> WORDS = List.of(
            "multiprocess",
            "concurrent",
            "jina",
            "torch",
            "joblib",
            "dask",
            "from distributed",
            "import distributed",
            "loky",
            "pathos",
            "pqdm",
            "p_tqdm",
            "parmap",
            "tsfresh",
            JINA_VARIABLE,
            OBJC_VARIABLE);

    /** Methods that start what their object stands for, and how people say that they are called. */
    private static final Map<String, String> STARTING_METHODS = new TreeMap<>(Map.of(
            "__enter__", "`with`",
            "start", "`.start()`",
            "submit", "`.submit()`",
            "map", "`.map()`",
            "__iter__", "iterating over it",
            "__call__", "calling it"));

    /** No hierarchy of classes is that big. */
    private static final int MAX_LINEAGE = 50;

    private final Map<String, Boundary> rows;
    private final Map<String, @Nullable String> classes;
    private final Map<String, String> aliases;
    private final Map<String, Opaque> opaque;
    private final Map<String, String> twins;
    private final Set<String> transparent;
    private final Set<String> scripts;
    private final Set<String> forksOnMac;
    private final List<WellKnownName> wellKnown;
    private final Map<String, NoJson> noJson;
    private final Set<String> cuda;
    private final Set<String> devices;
    private final Set<String> libraries;
    /** The names that rows of a project are about. */
    private final Set<String> own;

    private final ProgramNames program;
    private final Set<String> single;
    private final Set<String> daemonic;
    private final Set<String> barred;
    /** What makes something that is bound to its context, and the parameter that makes something else of it. */
    private final Map<String, String> bound;

    private BoundaryTable(Builder builder) {
        this.rows = new HashMap<>(builder.rows);
        this.classes = new HashMap<>(builder.classes);
        this.aliases = Map.copyOf(builder.aliases);
        this.opaque = Map.copyOf(builder.opaque);
        for (String name : opaque.keySet()) {
            classes.putIfAbsent(name, null);
            rows.computeIfAbsent(name, BoundaryTable::constructor);
        }
        this.twins = Map.copyOf(builder.twins);
        this.transparent = Set.copyOf(builder.transparent);
        this.scripts = Set.copyOf(builder.scripts);
        this.forksOnMac = Set.copyOf(builder.forksOnMac);
        this.wellKnown = List.copyOf(builder.wellKnown);
        this.noJson = Map.copyOf(builder.noJson);
        this.cuda = Set.copyOf(builder.cuda);
        this.devices = Set.copyOf(builder.devices);
        this.single = Set.copyOf(builder.single);
        this.daemonic = Set.copyOf(builder.daemonic);
        this.barred = Set.copyOf(builder.barred);
        this.bound = Map.copyOf(builder.bound);
        rows.replaceAll((name, row) -> row.withStartedBy(startedBy(row)));
        this.libraries = Stream.of(rows.keySet(), classes.keySet(), aliases.keySet())
                .flatMap(Set::stream)
                .map(BoundaryTable::firstPart)
                .collect(Collectors.toUnmodifiableSet());
        this.own = Set.of();
        this.program = ProgramNames.NONE;
    }

    private BoundaryTable(BoundaryTable library, Builder more) {
        this.rows = merged(library.rows, more.rows);
        this.classes = merged(library.classes, more.classes);
        this.aliases = merged(library.aliases, more.aliases);
        this.opaque = merged(library.opaque, more.opaque);
        for (String name : more.opaque.keySet()) {
            classes.putIfAbsent(name, null);
            rows.computeIfAbsent(name, BoundaryTable::constructor);
        }
        this.transparent = library.transparent;
        this.scripts = library.scripts;
        this.forksOnMac = library.forksOnMac;
        this.wellKnown = library.wellKnown;
        this.noJson = library.noJson;
        this.cuda = library.cuda;
        this.devices = library.devices;
        this.twins = library.twins;
        this.single = library.single;
        this.daemonic = library.daemonic;
        this.barred = library.barred;
        this.bound = library.bound;
        this.libraries = library.libraries;
        this.own = Stream.of(more.rows.keySet(), more.classes.keySet(), more.aliases.keySet(), more.opaque.keySet())
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
        rows.replaceAll((name, row) -> own.contains(name) ? row.withStartedBy(startedBy(row)) : row);
        this.program = library.program;
    }

    private static <T extends @Nullable Object> Map<String, T> merged(Map<String, T> one, Map<String, T> other) {
        Map<String, T> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }

    /**
     * Returns this table with rows about functions and classes of a project.
     *
     * @param more rows as {@link #row} gives them
     * @throws IllegalArgumentException if a row is wrong
     */
    public BoundaryTable with(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Builder builder = new Builder();
        BoundaryReader reader = new BoundaryReader(builder);
        more.forEach(reader::read);
        return new BoundaryTable(this, builder);
    }

    /**
     * Returns a row for a name of a project, as settings have it: {@code (func @pickle, items @items) starts} for a function
     * or method, {@code class}, {@code class : BASE}, {@code = OTHER NAME}, {@code opaque WORDS}.
     *
     * @throws IllegalArgumentException if the text has none of these forms
     */
    public static String row(String name, String text) {
        if (text.startsWith("(")) {
            return name + text;
        } else if (text.startsWith("= ")) {
            return "alias " + name + " " + text;
        } else if (text.equals("class") || text.startsWith("class : ") || text.startsWith("opaque ")) {
            int blank = text.indexOf(' ');
            return blank < 0 ? text + " " + name : text.substring(0, blank) + " " + name + text.substring(blank);
        }
        throw new IllegalArgumentException(
                "`%s`; write `(func @pickle, items @items) starts`, `class`, `= other.name` or `opaque what it is`"
                        .formatted(text));
    }

    private BoundaryTable(BoundaryTable library, ProgramNames program) {
        this.rows = library.rows;
        this.classes = library.classes;
        this.aliases = library.aliases;
        this.opaque = library.opaque;
        this.transparent = library.transparent;
        this.scripts = library.scripts;
        this.forksOnMac = library.forksOnMac;
        this.wellKnown = library.wellKnown;
        this.noJson = library.noJson;
        this.cuda = library.cuda;
        this.devices = library.devices;
        this.twins = library.twins;
        this.single = library.single;
        this.daemonic = library.daemonic;
        this.barred = library.barred;
        this.bound = library.bound;
        this.libraries = library.libraries;
        this.own = library.own;
        this.program = program;
    }

    /** Returns this table together with what the names of a program's own modules mean. */
    public BoundaryTable with(ProgramNames names) {
        return new BoundaryTable(this, names);
    }

    private static String firstPart(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Tells whether the table knows something of the library that a dotted name belongs to. */
    public boolean isOfLibrary(String name) {
        return libraries.contains(firstPart(name));
    }

    private static Boundary constructor(String name) {
        return new Boundary(name, List.of(), name, false, false, null, false);
    }

    private List<String> startedBy(Boundary row) {
        List<String> ways = new ArrayList<>();
        if (row.returns() != null && isClass(row.returns())) {
            STARTING_METHODS.forEach((method, words) -> {
                if (method(row.returns(), method).filter(Boundary::starts).isPresent()) {
                    ways.add(words);
                }
            });
        }
        return ways;
    }

    /**
     * Reads the table that this program is packed with.
     *
     * @throws IllegalArgumentException if one of its rows is wrong
     */
    public static BoundaryTable load() {
        Builder builder = new Builder();
        for (String library : LIBRARIES) {
            new BoundaryReader(builder).read(resource(library + ".boundaries"));
        }
        return new BoundaryTable(builder);
    }

    /**
     * Reads a table from text of the same form.
     *
     * @throws IllegalArgumentException if a row is wrong
     */
    public static BoundaryTable of(String text) {
        Builder builder = new Builder();
        new BoundaryReader(builder).read(text);
        return new BoundaryTable(builder);
    }

    private static String resource(String name) {
        try (InputStream in = BoundaryTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a text can have a boundary in it at all; cheap. */
    public static boolean mayConcern(String text) {
        for (String word : WORDS) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a text can have a boundary of this very table in it; cheap. */
    public boolean mayOccurIn(String text) {
        return mayConcern(text)
                || own.stream().anyMatch(name -> text.contains(name.substring(name.lastIndexOf('.') + 1)));
    }

    /** Returns the names of the rows that are the project's own, in order. */
    public List<String> ownNames() {
        return own.stream().sorted().toList();
    }

    /** Tells whether a text without any import of the table's libraries may be a fragment that uses one; cheap. */
    public boolean mayBeFragment(String text) {
        for (WellKnownName name : wellKnown) {
            if (name.mayOccurIn(text)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the names that fragments use without importing them. */
    public List<WellKnownName> wellKnownNames() {
        return wellKnown;
    }

    /**
     * Returns why something is no plain data.
     *
     * @param name qualified; with {@code ()} behind it what calling it gives
     */
    public Optional<NoJson> noJson(String name) {
        return Optional.ofNullable(noJson.get(name));
    }

    /** Returns all rows, in no order. */
    public Collection<Boundary> rows() {
        return rows.values();
    }

    /** Returns the name that the table knows something by: aliases of the name, or of its beginning, are followed. */
    public String canonical(String name) {
        if (own.isEmpty() || ProgramNames.isOfProgram(name)) {
            String known = isOfLibrary(name) ? name : program.canonical(name);
            return ProgramNames.isOfProgram(known) ? ownName(known) : withoutAliases(known);
        }
        String plain = withoutAliases(name);
        if (isOwn(plain) || isOfLibrary(plain)) {
            return plain;
        }
        String known = program.canonical(plain);
        return ProgramNames.isOfProgram(known) ? ownName(known) : withoutAliases(known);
    }

    /** Tells whether a name, or the class that it is a member of, has a row of the project. */
    private boolean isOwn(String name) {
        int dot = name.lastIndexOf('.');
        return own.contains(name) || (dot > 0 && own.contains(name.substring(0, dot)));
    }

    /** Returns the name that a row of the project has for something of the program, or else its own. */
    private String ownName(String name) {
        if (!own.isEmpty()) {
            String dotted = name.replace('/', '.');
            for (int dot = 0; dot >= 0; dot = dotted.indexOf('.', dot + 1)) {
                if (isOwn(dotted.substring(dot + 1))) {
                    return withoutAliases(dotted.substring(dot + 1));
                }
            }
        }
        return name;
    }

    private String withoutAliases(String name) {
        String current = name;
        // Aliases may lead to aliases; the bound ends a cycle that a wrong table would make.
        for (int i = 0; i < 8; i++) {
            String next = aliases.get(current);
            if (next == null) {
                int dot = current.lastIndexOf('.');
                while (dot > 0 && next == null) {
                    String prefix = aliases.get(current.substring(0, dot));
                    if (prefix != null) {
                        next = prefix + current.substring(dot);
                    }
                    dot = current.lastIndexOf('.', dot - 1);
                }
            }
            if (next == null) {
                return current;
            }
            current = next;
        }
        return current;
    }

    /** Returns the row of a function or a constructor, by canonical name. */
    public Optional<Boundary> callable(String name) {
        return ProgramNames.isOfProgram(name) ? program.callable(name) : Optional.ofNullable(rows.get(name));
    }

    /** Returns the row of a method of a class or of its bases, by canonical name of the class. */
    public Optional<Boundary> method(String className, String method) {
        for (String current : lineage(className)) {
            Optional<Boundary> row = callable(current + "." + method);
            // What a class has itself hides what it inherits, whatever it is.
            if (row.isPresent() || (ProgramNames.isOfProgram(current) && program.isMember(current + "." + method))) {
                return row;
            }
        }
        return Optional.empty();
    }

    /** Returns what an attribute of a class's instances holds, as far as the program's code tells. */
    public Optional<ProgramValue> attribute(String className, String attribute) {
        return lineage(className).stream()
                .filter(ProgramNames::isOfProgram)
                .flatMap(current -> program.value(current + "." + attribute).stream())
                .findFirst();
    }

    /** Returns what a variable of a module of the program holds, by its canonical name. */
    public Optional<ProgramValue> variable(String name) {
        return ProgramNames.isOfProgram(name) ? program.value(name) : Optional.empty();
    }

    /** Returns a class and those that it derives from, nearest first. */
    private List<String> lineage(String className) {
        List<String> all = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(className));
        while (!open.isEmpty() && all.size() < MAX_LINEAGE) {
            String current = open.remove();
            if (!all.contains(current)) {
                all.add(current);
                String base = classes.get(current);
                if (base != null) {
                    open.add(base);
                }
                if (ProgramNames.isOfProgram(current)) {
                    open.addAll(program.bases(current));
                }
            }
        }
        return all;
    }

    /** Returns the row of a method that means the same whatever it is called on, such as {@code run_in_executor}. */
    public Optional<Boundary> methodOfAnything(String method) {
        return Optional.ofNullable(rows.get("*." + method));
    }

    /** Tells whether a canonical name is one of a class. */
    public boolean isClass(String name) {
        return ProgramNames.isOfProgram(name) ? program.isClass(name) : classes.containsKey(name);
    }

    /** Tells whether the class is the other or derives from it, by canonical names. */
    public boolean isSubclass(String className, String base) {
        return lineage(className).contains(base);
    }

    /** Returns why no pickle carries instances of the class or of its bases, by canonical name. */
    public Optional<Opaque> opaque(String className) {
        if (ProgramNames.isOfProgram(className)) {
            return program.opaque(className);
        }
        return lineage(className).stream()
                .map(opaque::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Returns what goes where instances of a class do not, and does the same there, by qualified name. */
    public Optional<String> twin(String className) {
        return Optional.ofNullable(twins.get(className));
    }

    /** Tells whether nobody can iterate over instances of the class or of its bases, by canonical name. */
    public boolean isSingle(String className) {
        return isMarked(className, single);
    }

    /** Tells whether the workers of instances of the class are daemons, by canonical name. */
    public boolean isDaemonic(String className) {
        return isMarked(className, daemonic);
    }

    /** Tells whether a call that starts processes raises in a daemon. */
    public boolean isBarred(Boundary row) {
        return row.starts() && barred.stream().anyMatch(module -> row.name().startsWith(module + "."));
    }

    /**
     * Tells whether what a call makes holds a semaphore of its context.
     *
     * @param given the parameters that the call has arguments for
     */
    public boolean isBoundToContext(Boundary row, Set<String> given) {
        String parameter = bound.get(row.name());
        return parameter != null && !given.contains(parameter);
    }

    private boolean isMarked(String className, Set<String> marked) {
        return lineage(className).stream().anyMatch(marked::contains);
    }

    /** Tells whether a decorator gives back something that is called like the function itself. */
    public boolean isTransparent(String name) {
        return transparent.contains(name);
    }

    /** Tells whether a decorator runs the body of a function as a program of its own. */
    public boolean isScript(String name) {
        return scripts.contains(name);
    }

    /** Tells whether importing the module chooses fork on macOS. */
    public boolean forksOnMac(String module) {
        int dot = module.indexOf('.');
        return forksOnMac.contains(dot < 0 ? module : module.substring(0, dot));
    }

    /** Tells whether calling the function initialises CUDA, by canonical name. */
    public boolean usesCuda(String name) {
        return cuda.contains(name);
    }

    /** Tells whether calls in a module put what they make on the device that they are given. */
    public boolean usesDevices(String name) {
        int dot = name.indexOf('.');
        return devices.contains(dot < 0 ? name : name.substring(0, dot));
    }

    /** Collects rows. */
    static final class Builder {
        private final Map<String, Boundary> rows = new HashMap<>();
        private final Map<String, @Nullable String> classes = new HashMap<>();
        private final Map<String, String> aliases = new HashMap<>();
        private final Map<String, Opaque> opaque = new HashMap<>();
        private final Map<String, String> twins = new HashMap<>();
        private final Set<String> transparent = new HashSet<>();
        private final Set<String> scripts = new HashSet<>();
        private final Set<String> forksOnMac = new HashSet<>();
        private final List<WellKnownName> wellKnown = new ArrayList<>();
        private final Map<String, NoJson> noJson = new HashMap<>();
        private final Set<String> cuda = new HashSet<>();
        private final Set<String> devices = new HashSet<>();
        private final Set<String> single = new HashSet<>();
        private final Set<String> daemonic = new HashSet<>();
        private final Set<String> barred = new HashSet<>();
        private final Map<String, String> bound = new HashMap<>();

        void add(Boundary row) {
            if (rows.put(row.name(), row) != null) {
                throw new IllegalArgumentException("two rows for " + row.name());
            }
        }

        void addClass(String name, @Nullable String base) {
            classes.put(name, base);
        }

        void addAlias(String name, String meaning) {
            if (aliases.put(name, meaning) != null) {
                throw new IllegalArgumentException("two meanings of " + name);
            }
        }

        void addOpaque(String name, Opaque what) {
            if (opaque.put(name, what) != null) {
                throw new IllegalArgumentException("two lines for opaque " + name);
            }
        }

        void addTwin(String name, String twin) {
            twins.put(name, twin);
        }

        void addTransparent(String name) {
            transparent.add(name);
        }

        void addCuda(String name) {
            cuda.add(name);
        }

        void addDevice(String name) {
            devices.add(name);
        }

        void addBound(String name, String parameter) {
            bound.put(name, parameter);
        }

        void addBarred(String name) {
            barred.add(name);
        }

        void addDaemonic(String name) {
            daemonic.add(name);
        }

        void addSingle(String name) {
            single.add(name);
        }

        void addScript(String name) {
            scripts.add(name);
        }

        void addForksOnMac(String name) {
            forksOnMac.add(name);
        }

        void addNoJson(String name, NoJson row) {
            noJson.put(name, row);
        }

        void addWellKnown(WellKnownName name) {
            wellKnown.add(name);
        }
    }
}
