package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.ProgramNames;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    private final ModulePaths paths;
    private final Map<String, Optional<ModuleCode>> modules = new HashMap<>();
    /** For each module, those whose facts rest on it. */
    private final Map<String, Set<String>> dependents = new HashMap<>();

    private final ProcessConcerns concerns;
    private final List<ModuleCode.Query> running = new ArrayList<>();
    /** The outermost running query that the facts being found out rest on. */
    private int restsOn = Integer.MAX_VALUE;

    /** How many rows were worked out for the question that is being answered. */
    private int effort;

    private int hops;
    private long revision;
    private long files;

    Program(PythonSources sources, BoundaryTable library) {
        this.sources = sources;
        this.library = library;
        this.paths = new ModulePaths(sources);
        this.concerns = new ProcessConcerns(sources, library, paths);
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
            all.addAll(concerns.askAgain());
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
        if (!changed.isEmpty() || concerns.haveChanged()) {
            all.addAll(concerns.askAgain());
        }
        return analysed(all);
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
    synchronized boolean mayConcern(String text, ImportPlace from, String asker) {
        return concerns.ask(text, from, asker);
    }

    // Names

    /** Returns what a name means that a file imports. */
    synchronized String imported(String name, ImportPlace from, String asker) {
        return paths.find(name, from)
                .filter(found -> isRead(found.path()))
                .map(found -> meaning(found, asker))
                .orElse(name);
    }

    private String meaning(ModulePaths.Found found, String asker) {
        if (found.rest().isEmpty() && found.inside().size() > (found.isRelative() ? 0 : 1)) {
            // What a package binds itself hides its module of that name.
            int last = found.inside().size() - 1;
            String parent = found.base() + String.join("/", found.inside().subList(0, last));
            Optional<String> bound = module(
                            parent.endsWith("/") ? parent.substring(0, parent.length() - 1) : parent, asker)
                    .flatMap(code -> code.meaning(List.of(found.inside().get(last))));
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
            return bound.isEmpty() && sources.exists(inside)
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
            known = isRead(path) ? sources.module(path).map(snapshot -> code(path, snapshot)) : Optional.empty();
            modules.put(path, known);
        }
        return known;
    }

    /** Tells whether a module is looked into: each of the project, of packages those that may have to do with processes. */
    private boolean isRead(String path) {
        return !PythonSources.isOfPackages(path) || concerns.mayConcern(path);
    }

    private ModuleCode code(String path, DocumentSnapshot snapshot) {
        return new ModuleCode(
                ProgramNames.MARK + path,
                snapshot,
                library,
                new ProgramView(this, ImportPlace.of(ModulePaths.folderOf(path, snapshot)), path));
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
