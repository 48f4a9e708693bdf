package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.Opaque;
import io.github.spawnproof.boundary.ProgramValue;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Trail;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A module that others import: what its names mean to them, found out name by name. Guarded by its {@link Program}. */
final class ModuleCode {

    /** A question: what does a name do that is called so? */
    record Query(String name, Given given) {}

    private final String name;
    private final DocumentSnapshot snapshot;
    private final ProgramView view;
    private final BoundaryTable table;
    private final PythonTree tree;
    private final Evaluator evaluator;
    private final FunctionReader functions;
    private final InstanceState state;
    private final Map<String, Optional<String>> meanings = new HashMap<>();
    private final Map<String, Optional<ProgramValue>> values = new HashMap<>();
    private final Map<String, List<String>> bases = new HashMap<>();
    private final Map<String, Optional<Opaque>> opaques = new HashMap<>();
    private final Map<String, Boolean> classes = new HashMap<>();
    private final Map<String, Boolean> members = new HashMap<>();
    private final Map<Query, Optional<Boundary>> rows = new HashMap<>();
    private boolean isPrepared;

    ModuleCode(String name, DocumentSnapshot snapshot, BoundaryTable library, ProgramView view) {
        this.name = name;
        this.snapshot = snapshot;
        this.view = view;
        this.table = library.with(view);
        this.tree = PythonParser.parse(snapshot.source());
        this.evaluator = new Evaluator(ScopeBuilder.build(tree, CancelToken.NEVER), table, view);
        StartFinder starts = new StartFinder(evaluator);
        this.functions = reader(evaluator, starts);
        MainOnly mainOnly = new MainOnly(snapshot.source(), tree, evaluator, starts);
        this.state = new ObstacleFinder(snapshot.source(), evaluator, mainOnly, MainFile.SCRIPT).state();
    }

    private FunctionReader reader(Evaluator with, StartFinder starts) {
        return new FunctionReader(snapshot, tree, with, starts, view, function -> name + "." + path(function.scope()));
    }

    /** Finds out where the module's code runs, for which names of modules may be needed that need those of this one. */
    private void prepare() {
        if (!isPrepared) {
            isPrepared = true;
            evaluator.limit(PlatformLimits.of(tree, evaluator), MainParts.of(tree, evaluator));
        }
    }

    DocumentSnapshot snapshot() {
        return snapshot;
    }

    boolean knows(Query query) {
        return rows.containsKey(query);
    }

    /** Returns the answer to a question that was answered before. */
    Optional<Boundary> known(Query query) {
        return rows.getOrDefault(query, Optional.empty());
    }

    void remember(Query query, Optional<Boundary> row) {
        rows.put(query, row);
    }

    /** Tells whether nobody has asked anything. */
    boolean isUnasked() {
        return meanings.isEmpty() && values.isEmpty() && bases.isEmpty() && opaques.isEmpty() && rows.isEmpty();
    }

    /** Tells whether this code answers all that was asked of another as that did, places left aside. */
    boolean answersLike(ModuleCode other) {
        return isSame(other.meanings, this::meaning)
                && isSame(other.values, this::value)
                && isSame(other.bases, this::bases)
                && isSame(other.opaques, this::opaque)
                && isSame(other.classes, this::isClass)
                && isSame(other.members, this::isMember)
                && other.rows.entrySet().stream()
                        .allMatch(entry -> view.callable(
                                        entry.getKey().name(), entry.getKey().given())
                                .map(Boundary::withoutPlaces)
                                .equals(entry.getValue().map(Boundary::withoutPlaces)));
    }

    private static <T> boolean isSame(Map<String, T> before, Function<String, T> now) {
        return before.entrySet().stream().allMatch(entry -> entry.getValue().equals(now.apply(entry.getKey())));
    }

    // Names

    /** Returns what a name in the module stands for, canonical; empty if the module does not bind it. */
    Optional<String> meaning(List<String> parts) {
        Optional<String> first = meaning(parts.get(0));
        return parts.size() == 1
                ? first
                : first.map(known -> known.equals(name + "." + parts.get(0))
                        ? known + rest(parts)
                        : table.canonical(known + rest(parts)));
    }

    private Optional<String> meaning(String bound) {
        return answer(meanings, bound, Optional.empty(), this::findMeaning);
    }

    /** Answers a question once; whoever asks it meanwhile, by imports in a circle, finds nothing there yet, as in Python. */
    private static <T> T answer(Map<String, T> known, String question, T meanwhile, Function<String, T> find) {
        T before = known.get(question);
        if (before != null) {
            return before;
        }
        known.put(question, meanwhile);
        T found = find.apply(question);
        known.put(question, found);
        return found;
    }

    private Optional<String> findMeaning(String bound) {
        List<Binding> bindings = evaluator.scopes().module().bindings(bound);
        if (bindings.isEmpty()) {
            return fromStar(bound);
        }
        return Optional.of(value(bindings) instanceof Value.Named named ? named.name() : name + "." + bound);
    }

    private Optional<String> fromStar(String bound) {
        for (String module : evaluator.scopes().module().starImports()) {
            String imported = module.endsWith(".") ? module + bound : module + "." + bound;
            String canonical = table.canonical(imported);
            if (!canonical.equals(imported) || table.callable(canonical).isPresent() || table.isClass(canonical)) {
                return Optional.of(canonical);
            }
        }
        return Optional.empty();
    }

    private static String rest(List<String> parts) {
        return "." + String.join(".", parts.subList(1, parts.size()));
    }

    private Value value(List<Binding> bindings) {
        return Value.oneOf(bindings.stream().map(evaluator::value).toList());
    }

    /** Returns what a dotted name in the module stands for here: a variable, or a member that a class has itself. */
    private Value find(String member) {
        String[] parts = member.split("\\.", -1);
        Value value = value(evaluator.scopes().module().bindings(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            if (!(value instanceof Value.ClassOf type)) {
                return Value.Unknown.VALUE;
            }
            value = value(type.scope().bindings(parts[i]));
        }
        return value;
    }

    // Classes

    boolean isClass(String member) {
        return answer(classes, member, false, question -> find(question) instanceof Value.ClassOf);
    }

    /** Tells whether a class has a member itself: in its body, or stored in its instances. */
    boolean isMember(String member) {
        return answer(members, member, false, this::findMember);
    }

    private boolean findMember(String member) {
        int dot = member.lastIndexOf('.');
        String name = member.substring(dot + 1);
        return dot >= 0
                && find(member.substring(0, dot)) instanceof Value.ClassOf type
                && (!type.scope().bindings(name).isEmpty()
                        || evaluator.scopes().attributes(type.definition()).containsKey(name));
    }

    /** Returns the bases of a class that are known, by canonical name. */
    List<String> bases(String member) {
        return answer(bases, member, List.of(), this::findBases);
    }

    private List<String> findBases(String member) {
        return find(member) instanceof Value.ClassOf type
                ? type.definition().bases().stream()
                        .flatMap(base -> nameOfClass(evaluator.evaluate(base, Evaluator.outside(type))).stream())
                        .toList()
                : List.of();
    }

    /** Returns why no pickle carries the instances of a class. */
    Optional<Opaque> opaque(String member) {
        return answer(opaques, member, Optional.empty(), this::findOpaque);
    }

    private Optional<Opaque> findOpaque(String member) {
        if (!(find(member) instanceof Value.ClassOf type)) {
            return Optional.empty();
        }
        Value.Instance instance = Value.Instance.of(type, evaluator.programChoice());
        Site anywhere = new Site(
                type.definition().bases().isEmpty()
                        ? NOTHING
                        : type.definition().bases().get(0),
                type.scope());
        Optional<InstanceState.Part> always = state.obstacle(instance, anywhere, true);
        Optional<InstanceState.Part> part = always.isPresent() ? always : state.obstacle(instance, anywhere, false);
        return part.map(found -> new Opaque(
                "a `%s` with %s in it".formatted(type.definition().name(), found.what()),
                always.isPresent() ? Opaque.Kind.ANY : Opaque.Kind.PICKLED));
    }

    private static final Expression NOTHING = new Expression.Constant(0, 0, Expression.ConstantKind.NONE, "None");

    /** Returns what a variable, or an attribute of a class's instances, holds. */
    Optional<ProgramValue> value(String member) {
        return answer(values, member, Optional.empty(), this::findValue);
    }

    private Optional<ProgramValue> findValue(String member) {
        int dot = member.lastIndexOf('.');
        Value value = find(member);
        if (dot >= 0 && find(member.substring(0, dot)) instanceof Value.ClassOf type) {
            List<Site> assigned =
                    evaluator.scopes().attributes(type.definition()).getOrDefault(member.substring(dot + 1), List.of());
            if (!assigned.isEmpty()) {
                value = Value.oneOf(assigned.stream().map(evaluator::evaluate).toList());
            }
        }
        return held(value);
    }

    private Optional<ProgramValue> held(Value value) {
        List<ProgramValue> held = new ArrayList<>();
        for (Value alternative : value.alternatives()) {
            if (alternative instanceof Value.Instance instance
                    && nameOfClass(instance.type()).isPresent()) {
                held.add(new ProgramValue(nameOfClass(instance.type()).get(), own(instance.choice())));
            } else if (!alternative.isNone()) {
                return Optional.empty();
            }
        }
        return held.stream().distinct().count() == 1 ? Optional.of(held.get(0)) : Optional.empty();
    }

    /** Returns a choice that the module makes itself; null if it leaves it to the program. */
    private @Nullable StartMethodChoice own(StartMethodChoice choice) {
        return choice.equals(evaluator.programChoice()) ? null : choice;
    }

    private Optional<String> nameOfClass(Value type) {
        if (type instanceof Value.Named named) {
            return Optional.of(named.name());
        }
        return type instanceof Value.ClassOf own && !Definitions.isLocal(own.scope())
                ? Optional.of(name + "." + path(own.scope()))
                : Optional.empty();
    }

    /** Returns the dotted name of a function or class in its module, by its own scope. */
    private static String path(Scope definition) {
        String path = Definitions.name(definition);
        for (Scope scope = definition.parent(); scope != null; scope = scope.parent()) {
            if (scope.owner() instanceof Statement.ClassDef outer) {
                path = outer.name() + "." + path;
            }
        }
        return path;
    }

    // Calls

    /** Works out the row of a function, method or class. */
    Optional<Boundary> row(Query query) {
        prepare();
        Value value = find(Program.member(query.name()));
        if (value instanceof Value.ClassOf type) {
            return Optional.of(constructor(type, query));
        }
        Value.FunctionOf function = value instanceof Value.FunctionOf plain
                ? plain
                : value instanceof Value.Wrapper wrapper ? wrapper.wrapped() : null;
        return function == null ? Optional.empty() : Optional.of(row(query, function, null));
    }

    private Boundary constructor(Value.ClassOf type, Query query) {
        Value initializer = evaluator.specialMethod(Value.Instance.of(type, evaluator.programChoice()), "__init__");
        if (initializer instanceof Value.BoundMethod method) {
            return row(query, method.function(), query.name());
        }
        Boundary inherited = evaluator.boundary(type).orElse(null);
        return inherited == null
                ? Boundary.ofProgram(query.name(), List.of(), query.name(), false, NO_TRAIL)
                : inherited.as(query.name());
    }

    private static final Trail NO_TRAIL = new Trail("", null, List.of(), Map.of());

    /**
     * Works out the row of a function.
     *
     * @param made the class that the call makes an instance of; null for a function that is no constructor
     */
    private Boundary row(Query query, Value.FunctionOf function, @Nullable String made) {
        Evaluator with = evaluator;
        FunctionReader reader = functions;
        if (!query.given().values().isEmpty()) {
            with = new Evaluator(evaluator.scopes(), table, view);
            with.limit(evaluator.limits(), evaluator.mainParts());
            with.suppose(function, query.given().values());
            reader = reader(with, new StartFinder(with));
        }
        FunctionReader.Effects effects = reader.read(function, query.given());
        Optional<ProgramValue> returned =
                made != null || reader.isPutOff(function) ? Optional.empty() : held(with.returnedBy(function));
        StartMethodChoice choice = effects.start() != null
                ? own(effects.start().choice())
                : returned.map(ProgramValue::choice).orElse(null);
        return row(
                query.name(),
                function,
                effects,
                made != null ? made : returned.map(ProgramValue::type).orElse(null),
                choice);
    }

    /** Returns the row of a function that has some effects. */
    static Boundary row(
            String called,
            Value.FunctionOf function,
            FunctionReader.Effects effects,
            @Nullable String returns,
            @Nullable StartMethodChoice choice) {
        StartFinder.Start start = effects.start();
        return Boundary.ofProgram(
                called,
                FunctionReader.parameters(function).stream()
                        .map(parameter -> new BoundaryParameter(
                                parameter.name(),
                                kind(parameter),
                                effects.roles().get(parameter.name()),
                                null))
                        .toList(),
                returns,
                start != null,
                new Trail(
                        start == null ? "" : start.api(),
                        choice,
                        start == null ? List.of() : start.path(),
                        effects.crossings()));
    }

    private static BoundaryParameter.Kind kind(Node.Parameter parameter) {
        return switch (parameter.kind()) {
            case POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD -> BoundaryParameter.Kind.POSITIONAL;
            case KEYWORD_ONLY -> BoundaryParameter.Kind.KEYWORD_ONLY;
            case VAR_POSITIONAL -> BoundaryParameter.Kind.VAR_POSITIONAL;
            case VAR_KEYWORD -> BoundaryParameter.Kind.VAR_KEYWORD;
        };
    }
}
