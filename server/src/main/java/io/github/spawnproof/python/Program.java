package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.ProgramNames;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The modules of a program, and of packages that it imports: what their names mean, read when somebody asks. What was found
 * out is kept until a file that it rests on changes. Safe for any number of threads.
 */
final class Program {

    /** Longer chains of modules that have their names from each other are unknown. */
    private static final int MAX_HOPS = 20;

    /** Longer chains of calls from module to module are unknown. */
    private static final int MAX_CALLS = 25;

    /** Functions that call each other in all directions are given up. */
    private static final int MAX_EFFORT = 3_000;

    private final PythonSources sources;
    private final BoundaryTable library;
    private final Map<String, Optional<ModuleCode>> modules = new HashMap<>();
    /** For each module, those whose facts rest on it. */
    private final Map<String, Set<String>> dependents = new HashMap<>();

    private final Map<String, Boolean> concerned = new HashMap<>();
    /** The modules that were looked at for that, as they were. */
    private final Map<String, DocumentSnapshot> looked = new HashMap<>();
    /** The analysed files that have nothing to do with processes, also through what they import. */
    private final Map<String, Imports> unconcerned = new HashMap<>();

    private final List<ModuleCode.Query> running = new ArrayList<>();
    /** The outermost running query that the facts being found out rest on. */
    private int restsOn = Integer.MAX_VALUE;

    /** How many rows were worked out for the question that is being answered. */
    private int effort;

    private int hops;
    private long revision;
    private long files;

    /** What a file imports. */
    private record Imports(List<String> names, String folder) {}

    Program(PythonSources sources, BoundaryTable library) {
        this.sources = sources;
        this.library = library;
        this.revision = sources.revision();
        this.files = sources.listings();
    }

    /**
     * Forgets what files say that have changed, and all that rests on it.
     *
     * @return the analysed files that rest on it, as they were named to {@link ProgramView}
     */
    synchronized Set<String> refresh() {
        long now = sources.revision();
        if (now == revision || !running.isEmpty()) {
            return Set.of();
        }
        revision = now;
        if (sources.listings() != files) {
            // What a name leads to may be another file now.
            files = sources.listings();
            Set<String> all = new HashSet<>();
            dependents.values().forEach(all::addAll);
            modules.clear();
            dependents.clear();
            concerned.clear();
            all.addAll(concernedNow());
            return analysed(all);
        }
        Set<String> changed = new HashSet<>();
        for (Map.Entry<String, Optional<ModuleCode>> entry : modules.entrySet()) {
            if (!entry.getValue().map(ModuleCode::snapshot).equals(sources.module(entry.getKey()))) {
                changed.add(entry.getKey());
            }
        }
        Set<String> other = new HashSet<>();
        for (String path : changed) {
            Optional<ModuleCode> before =
                    modules.getOrDefault(path, Optional.empty()).filter(code -> !code.isUnasked());
            modules.remove(path);
            Optional<ModuleCode> after = module(path, path);
            if (before.isPresent()
                    && !after.filter(code -> code.answersLike(before.get())).isPresent()) {
                other.add(path);
            }
        }
        Set<String> all = forget(other);
        if (!changed.isEmpty() || haveConcernsChanged()) {
            concerned.clear();
            all.addAll(concernedNow());
        }
        return analysed(all);
    }

    /** Tells whether a module was edited of which only was known whether it may have to do with processes. */
    private boolean haveConcernsChanged() {
        boolean changed = false;
        for (Map.Entry<String, DocumentSnapshot> entry : looked.entrySet()) {
            changed |= sources.module(entry.getKey())
                    .filter(entry.getValue()::equals)
                    .isEmpty();
        }
        if (changed) {
            looked.clear();
        }
        return changed;
    }

    /** Forgets what rests on modules; returns what does. */
    private Set<String> forget(Set<String> changed) {
        Set<String> all = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(changed);
        while (!open.isEmpty()) {
            String path = open.remove();
            Set<String> others = dependents.remove(path);
            if (others != null) {
                others.stream().filter(all::add).forEach(open::add);
            }
        }
        all.forEach(modules::remove);
        return all;
    }

    private static Set<String> analysed(Set<String> askers) {
        return askers.stream()
                .filter(asker -> asker.startsWith(ProgramView.ANALYSED))
                .map(asker -> asker.substring(ProgramView.ANALYSED.length()))
                .collect(Collectors.toSet());
    }

    /**
     * Tells whether a file may have to do with processes through what it imports; cheap.
     *
     * @param asker the file, as in {@link ProgramView}
     */
    synchronized boolean mayConcern(String text, String folder, String asker) {
        Imports imports = new Imports(ImportedNames.of(text), folder);
        boolean concerned = mayConcern(imports);
        if (concerned) {
            unconcerned.remove(asker);
        } else {
            unconcerned.put(asker, imports);
        }
        return concerned;
    }

    private boolean mayConcern(Imports imports) {
        return imports.names().stream()
                .anyMatch(name -> !library.isOfLibrary(name)
                        && find(name, imports.folder()).filter(this::mayConcern).isPresent());
    }

    /** Returns the analysed files that had nothing to do with processes, and now may have. */
    private Set<String> concernedNow() {
        Set<String> now = new HashSet<>();
        unconcerned.forEach((asker, imports) -> {
            if (mayConcern(imports)) {
                now.add(asker);
            }
        });
        unconcerned.keySet().removeAll(now);
        return now;
    }

    private boolean mayConcern(Found first) {
        Set<String> visited = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(first.path()));
        while (!open.isEmpty()) {
            String path = open.remove();
            if (!visited.add(path) || Boolean.FALSE.equals(concerned.get(path)) || !sources.mayConcern(path)) {
                continue;
            }
            Optional<DocumentSnapshot> snapshot = sources.module(path);
            snapshot.ifPresent(found -> looked.put(path, found));
            String text = snapshot.map(found -> found.source().text()).orElse("");
            if (Boolean.TRUE.equals(concerned.get(path)) || library.mayOccurIn(text)) {
                concerned.put(path, true);
                concerned.put(first.path(), true);
                return true;
            }
            if (snapshot.isPresent()) {
                for (String name : ImportedNames.of(text)) {
                    if (!library.isOfLibrary(name)) {
                        find(name, folderOf(path, snapshot.get())).ifPresent(found -> open.add(found.path()));
                    }
                }
            }
        }
        visited.forEach(path -> concerned.putIfAbsent(path, false));
        return false;
    }

    // Names

    /** A module that a dotted name leads to, and what of the name is left. */
    private record Found(String path, String base, List<String> inside, List<String> rest) {}

    /** Returns what a name means that a file imports. */
    synchronized String imported(String name, String folder, String asker) {
        return find(name, folder).map(found -> meaning(found, asker)).orElse(name);
    }

    private Optional<Found> find(String name, String folder) {
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') {
            dots++;
        }
        List<String> bases = dots == 0 ? sources.importFolders(folder) : List.of(above(folder, dots - 1));
        List<String> parts = dots == name.length()
                ? List.of()
                : Arrays.asList(name.substring(dots).split("\\.", -1));
        for (String base : bases) {
            for (int inside = parts.size(); inside >= (dots > 0 ? 0 : 1); inside--) {
                String path = base + String.join("/", parts.subList(0, inside));
                String clean = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
                if (!clean.isEmpty() && sources.module(clean).isPresent()) {
                    return Optional.of(new Found(
                            clean, base, parts.subList(0, inside), List.copyOf(parts.subList(inside, parts.size()))));
                }
            }
        }
        return Optional.empty();
    }

    private static String above(String folder, int levels) {
        String current = folder;
        for (int i = 0; i < levels && !current.isEmpty(); i++) {
            current = current.substring(0, current.lastIndexOf('/', current.length() - 2) + 1);
        }
        return current;
    }

    private String meaning(Found found, String asker) {
        if (found.rest().isEmpty() && found.inside().size() > 1) {
            // What a package binds itself hides its module of that name.
            String parent = found.base()
                    + String.join("/", found.inside().subList(0, found.inside().size() - 1));
            String last = found.inside().get(found.inside().size() - 1);
            Optional<String> bound = module(parent, asker).flatMap(code -> code.meaning(List.of(last)));
            if (bound.isPresent()) {
                return bound.get();
            }
        }
        return of(found.path(), found.rest(), asker);
    }

    /** Returns what a name means that says in which module it is. */
    synchronized String within(String name, String asker) {
        String member = member(name);
        return member.isEmpty() ? name : of(path(name), List.of(member.split("\\.", -1)), asker);
    }

    private String of(String path, List<String> rest, String asker) {
        String name = ProgramNames.MARK + path;
        if (rest.isEmpty()) {
            module(path, asker);
            return name;
        }
        String plain = name + "." + String.join(".", rest);
        if (hops >= MAX_HOPS) {
            return plain;
        }
        hops++;
        try {
            Optional<String> bound = module(path, asker).flatMap(code -> code.meaning(rest));
            String inside = path + "/" + rest.get(0);
            return bound.isEmpty() && sources.module(inside).isPresent()
                    ? of(inside, rest.subList(1, rest.size()), asker)
                    : bound.orElse(plain);
        } finally {
            hops--;
        }
    }

    /** Returns the module that a canonical name belongs to, by its path. */
    static String path(String name) {
        int dot = name.indexOf('.');
        return name.substring(ProgramNames.MARK.length(), dot < 0 ? name.length() : dot);
    }

    /** Returns what of a canonical name is inside the module; empty for the module itself. */
    static String member(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    /** Returns the code that a canonical name belongs to. */
    synchronized Optional<ModuleCode> code(String name, String asker) {
        return member(name).isEmpty() ? Optional.empty() : module(path(name), asker);
    }

    private Optional<ModuleCode> module(String path, String asker) {
        if (!asker.equals(path)) {
            dependents.computeIfAbsent(path, key -> new HashSet<>()).add(asker);
        }
        Optional<ModuleCode> known = modules.getOrDefault(path, Optional.empty());
        if (!modules.containsKey(path)) {
            known = sources.mayConcern(path)
                    ? sources.module(path).map(snapshot -> code(path, snapshot))
                    : Optional.empty();
            modules.put(path, known);
        }
        return known;
    }

    private ModuleCode code(String path, DocumentSnapshot snapshot) {
        return new ModuleCode(
                ProgramNames.MARK + path, snapshot, library, new ProgramView(this, folderOf(path, snapshot), path));
    }

    private static String folderOf(String path, DocumentSnapshot snapshot) {
        return isPackage(snapshot) ? path + "/" : path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static boolean isPackage(DocumentSnapshot snapshot) {
        return snapshot.uri().endsWith("/__init__.py");
    }

    // Calls

    /** Returns the row of a function, method or class for a call of it. */
    synchronized Optional<Boundary> callable(String name, Given given, String asker) {
        Optional<ModuleCode> code = code(name, asker);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        ModuleCode.Query query = new ModuleCode.Query(name, given);
        if (code.get().knows(query)) {
            return code.get().known(query);
        }
        int level = running.indexOf(query);
        effort = running.isEmpty() ? 0 : effort + 1;
        if (level >= 0 || running.size() >= MAX_CALLS || effort > MAX_EFFORT) {
            restsOn = Math.min(restsOn, Math.max(level, 0));
            return Optional.empty();
        }
        level = running.size();
        running.add(query);
        int outer = restsOn;
        restsOn = Integer.MAX_VALUE;
        try {
            Optional<Boundary> row = code.get().row(query);
            if (restsOn >= level) {
                code.get().remember(query, row);
                restsOn = Integer.MAX_VALUE;
            }
            return row;
        } finally {
            running.remove(level);
            restsOn = running.isEmpty() ? Integer.MAX_VALUE : Math.min(restsOn, outer);
        }
    }

    /** Tells whether what was found out last rests on a query that has no answer yet. */
    synchronized boolean isProvisional() {
        return restsOn < Integer.MAX_VALUE;
    }
}
