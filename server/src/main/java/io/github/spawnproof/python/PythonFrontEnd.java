package io.github.spawnproof.python;

import io.github.spawnproof.boundary.ApiUse;
import io.github.spawnproof.boundary.AssumedImport;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.ExecutionTime;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.ProcessStart;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.project.PythonSources;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.Cancelled;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads Python text into facts. Remembers what the modules of programs do; safe for any number of threads. */
public final class PythonFrontEnd {

    /** Where the files of a program come from, and what its project says of its own functions. */
    private record Place(PythonSources sources, List<String> boundaries) {}

    /** The same edits mend all starts of a file; a file with more starts than that has them at the first ones alone. */
    private static final int MAX_FIXABLE = 50;

    /** Workspaces have a few projects at most. */
    private static final int MAX_PROGRAMS = 8;

    private final BoundaryTable library;
    private final Map<List<String>, BoundaryTable> tables = new ConcurrentHashMap<>();
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();
    /** The programs that were looked into last, by where their files come from. */
    private final Map<Place, Program> programs = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Program> eldest) {
            return size() > MAX_PROGRAMS;
        }
    });

    public PythonFrontEnd(BoundaryTable table) {
        this.library = table;
    }

    /**
     * Returns the URIs of files, as they were read, whose facts rest on other files that have changed since in what they
     * mean to others; each once.
     */
    public Set<String> takeOutdated() {
        List.copyOf(programs.values()).forEach(program -> outdated.addAll(program.refresh()));
        Set<String> taken = Set.copyOf(outdated);
        outdated.removeAll(taken);
        return taken;
    }

    /**
     * Returns the facts of the snapshot; of damaged text, those of the parts that parse.
     *
     * @throws Cancelled if the token says that the work is no longer wanted
     */
    public PythonModule read(DocumentSnapshot snapshot, Surroundings surroundings, CancelToken cancel) {
        return read(snapshot, surroundings, List.of(), cancel);
    }

    /**
     * Returns the facts of the snapshot in a project that has rows of its own for the table; rows that are wrong count as
     * none.
     *
     * @param boundaries rows as {@link BoundaryTable#row} gives them
     * @throws Cancelled if the token says that the work is no longer wanted
     */
    public PythonModule read(
            DocumentSnapshot snapshot, Surroundings surroundings, List<String> boundaries, CancelToken cancel) {
        BoundaryTable table = boundaries.isEmpty() ? library : tables.computeIfAbsent(boundaries, library::with);
        MainFile mainFile = MainFile.of(snapshot);
        SourceText source = mainFile == MainFile.NOTEBOOK ? NotebookCode.of(snapshot) : snapshot.source();
        Program program = surroundings
                .python()
                .map(sources -> programs.computeIfAbsent(
                        new Place(sources, boundaries), key -> new Program(key.sources(), table)))
                .orElse(null);
        if (program != null) {
            outdated.addAll(program.refresh());
            outdated.remove(snapshot.uri());
        }
        String asker = ProgramView.ANALYSED + snapshot.uri();
        ImportPlace place = ImportPlace.of(surroundings.folder());
        PythonTree parsed = null;
        if (program != null && source.text().contains("sys.path")) {
            parsed = PythonParser.parse(source, cancel::check);
            String name = snapshot.uri().substring(snapshot.uri().lastIndexOf('/') + 1);
            place = new ImportPlace(surroundings.folder(), SearchPath.of(parsed, surroundings.folder(), name));
        }
        boolean mayConcern = table.mayOccurIn(source.text())
                || table.mayBeFragment(source.text())
                || (program != null && program.mayConcern(source.text(), place, asker));
        if (!mayConcern && !source.text().contains("spawnproof")) {
            return PythonModule.empty(source);
        }
        PythonTree tree = parsed == null ? PythonParser.parse(source, cancel::check) : parsed;
        int free = new Layout(tree).firstFreeStatement();
        int firstStatement =
                free < tree.statements().size() ? tree.statements().get(free).offset() : source.length();
        if (!mayConcern) {
            return PythonModule.withoutFacts(
                    source,
                    mainFile,
                    !tree.errors().isEmpty(),
                    tree.comments(),
                    firstStatement,
                    tree.multilineStrings());
        }
        ProgramView view = program == null ? null : new ProgramView(program, place, asker);
        Evaluator evaluator =
                new Evaluator(ScopeBuilder.build(tree, cancel), view == null ? table : table.with(view), view);
        evaluator.assume(Fragment.of(tree, evaluator.scopes(), table));
        evaluator.limit(PlatformLimits.of(tree, evaluator), MainParts.of(tree, evaluator));
        evaluator.choose(choice(evaluator, tree, cancel));
        StartFinder finder = new StartFinder(evaluator);
        ModuleStarts starts = ModuleStarts.of(tree, evaluator, finder, cancel);
        MainOnly mainOnly = new MainOnly(source, tree, evaluator, finder);
        MainOnlyFix mainOnlyFix = new MainOnlyFix(tree, evaluator, mainOnly);
        ObstacleFinder obstacles = new ObstacleFinder(source, evaluator, mainOnly, mainFile);
        Lifts lifts = Lifts.of(tree, evaluator, mainOnly, obstacles, starts.firstStatement());
        ChildCode child = new ChildCode(evaluator, mainOnly, mainOnlyFix);
        CrossingFinder crossings = new CrossingFinder(
                mainFile,
                evaluator,
                obstacles,
                new CrossingFixes(
                        mainFile,
                        lifts,
                        mainOnlyFix,
                        new MethodFixes(tree, evaluator, obstacles.state(), lifts.functools()),
                        new TwinFix(tree, evaluator),
                        new RunFix(tree, evaluator, obstacles.state()),
                        new ManagerFix(tree, evaluator, mainOnly)),
                mainOnly,
                child);
        crossings.find(tree, cancel);
        JinaArguments jina = new JinaArguments(tree, evaluator, snapshot.uri());
        jina.find(cancel);
        GuardEdits guards = new GuardEdits(tree, evaluator, finder);
        List<Misuse> misuses = misuses(tree, evaluator, obstacles, crossings, mainOnly);
        return new PythonModule(
                source,
                mainFile,
                !tree.errors().isEmpty(),
                facts(starts, guards, crossings.apiUses(), evaluator.fragment()),
                mainFile == MainFile.NOTEBOOK
                        ? movable(crossings.crossings(), new ModuleMove(snapshot, surroundings, tree, evaluator))
                        : crossings.crossings(),
                jina.arguments(),
                jina.files(),
                misuses,
                // What a child does not even have, it does not read.
                mainFile.isImportedAgain() ? child.missing() : List.of(),
                crossings.apiUses(),
                new RegisteredClassFinder(tree, evaluator, finder, starts, lifts.definitions()).find(cancel),
                new StartSetupReader(tree, evaluator, finder, guards).read(starts, snapshot.uri(), cancel),
                tree.comments(),
                firstStatement,
                tree.multilineStrings());
    }

    private static List<Misuse> misuses(
            PythonTree tree,
            Evaluator evaluator,
            ObstacleFinder obstacles,
            CrossingFinder crossings,
            MainOnly mainOnly) {
        List<Misuse> found = new ArrayList<>();
        TargetEdits targets = new TargetEdits(tree.source(), new Layout(tree));
        CoroutineTargets coroutines = new CoroutineTargets(tree, evaluator, targets);
        found.addAll(new TargetFinder(evaluator, obstacles, targets, coroutines).find(crossings.calls()));
        found.addAll(new ArgumentTupleFinder(evaluator, targets).find(crossings.calls()));
        Variables variables = new Variables(tree, evaluator.scopes());
        found.addAll(new UnstartedFinder(tree, evaluator, variables, mainOnly, obstacles).find(crossings.calls()));
        found.addAll(new ProcessClassFinder(tree, evaluator).find(crossings.classes()));
        found.addAll(new ReturnFinder(evaluator, obstacles).find(crossings.sent()));
        found.addAll(new ExceptionFinder(tree, evaluator).find(crossings.sent()));
        found.addAll(new JoinFinder(tree, evaluator, variables).find(crossings.calls()));
        found.addAll(new ManagerFinder(tree, evaluator, variables).find(crossings.calls()));
        found.addAll(new PoolOrderFinder(tree, evaluator, variables, mainOnly, crossings).find(crossings.calls()));
        found.addAll(new ContextFinder(evaluator).find(crossings.calls()));
        found.addAll(new DaemonFinder(tree, evaluator, variables).find(crossings.calls(), crossings.classes()));
        found.sort(Comparator.comparing(Misuse::range).thenComparing(Misuse::kind));
        return found;
    }

    /** Gives the definitions of a notebook that cross the fixes that move all of them together. */
    private static List<Crossing> movable(List<Crossing> crossings, ModuleMove move) {
        Set<String> names = crossings.stream()
                .filter(crossing -> crossing.kind() == Crossing.Kind.NOTEBOOK)
                .map(Crossing::what)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Fix> fixes = names.isEmpty() ? List.of() : move.fixes(names);
        return crossings.stream()
                .map(crossing -> crossing.kind() == Crossing.Kind.NOTEBOOK ? crossing.with(fixes) : crossing)
                .toList();
    }

    private static StartMethodChoice choice(Evaluator evaluator, PythonTree tree, CancelToken cancel) {
        StartMethodChoice choice = new StartMethodReader(evaluator).read(tree, cancel);
        return new StartMethodChoice(
                choice.certain(),
                choice.chosen(),
                choice.forksOnMac() || evaluator.fragment().forksOnMac(evaluator.table()),
                choice.onTarget());
    }

    private static List<ProcessStart> facts(
            ModuleStarts starts, GuardEdits edits, List<ApiUse> uses, Fragment fragment) {
        List<TextEdit> guard = starts.firstUnguarded() < 0 ? List.of() : edits.from(starts.firstUnguarded());
        List<ProcessStart> facts = new ArrayList<>();
        for (StartFinder.Start start : starts.list()) {
            boolean atImport = start.inChild() && start.inMain();
            if (atImport || start.inMain()) {
                facts.add(new ProcessStart(
                        start.api(),
                        start.range(),
                        start.path().isEmpty(),
                        atImport ? ExecutionTime.IMPORT : ExecutionTime.MAIN,
                        start.choice(),
                        start.path(),
                        atImport && facts.size() < MAX_FIXABLE ? guard : List.of(),
                        fragment.isAssumed() ? assumed(start, uses, fragment) : null));
            }
        }
        return facts;
    }

    /** Returns the import that the library call rests on that a start comes to in the end. */
    private static @Nullable AssumedImport assumed(StartFinder.Start start, List<ApiUse> uses, Fragment fragment) {
        TextRange place = start.path().isEmpty()
                ? start.range()
                : start.path().get(start.path().size() - 1).range();
        for (ApiUse use : uses) {
            if (use.range().equals(place)) {
                return fragment.assumed(use.boundary().name());
            }
        }
        return null;
    }
}
