package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryParameter;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.ProgramNames;
import io.github.spawnproof.boundary.ProgramValue;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.Trail;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions to abstract values, on demand, remembering what it found.
 *
 * <p>An expression that is needed to evaluate itself is unknown. One instance serves one analysis on one thread.
 */
final class Evaluator {

    /** Deeper chains of names, calls and returns are unknown; real programs stay far below. */
    private static final int MAX_DEPTH = 60;

    /** Decorators that say how a method is bound; the function stays what it is. */
    private static final Set<String> METHOD_KINDS = Set.of("staticmethod", "classmethod");

    private final Scopes scopes;
    private final BoundaryTable table;
    private final @Nullable ProgramView program;
    private final IdentityHashMap<Expression, Value> known = new IdentityHashMap<>();
    private final IdentityHashMap<Statement.FunctionDef, Returns> returns = new IdentityHashMap<>();
    private Fragment fragment = Fragment.NONE;
    private final ParameterValues parameters;
    private final Wrappers wrappers;
    private final Builtins builtins;
    private final ParsedArguments parsedArguments;
    private StartMethodChoice programChoice = StartMethodChoice.PLATFORM_DEFAULT;
    private PlatformLimits limits = PlatformLimits.NONE;
    private MainParts mainParts = MainParts.NONE;
    private int depth;

    Evaluator(Scopes scopes, BoundaryTable table) {
        this(scopes, table, null);
    }

    /**
     * Makes an evaluator.
     *
     * @param table what is known, also of the program
     * @param program the same program as the file sees it; null if nothing is known of one
     */
    Evaluator(Scopes scopes, BoundaryTable table, @Nullable ProgramView program) {
        this.scopes = scopes;
        this.table = table;
        this.program = program;
        this.parameters = new ParameterValues(this);
        this.wrappers = new Wrappers(this);
        this.builtins = new Builtins(this);
        this.parsedArguments = new ParsedArguments(this);
    }

    BoundaryTable table() {
        return table;
    }

    Scopes scopes() {
        return scopes;
    }

    /** Sets what the names mean that nothing in the file binds; before anything is evaluated. */
    void assume(Fragment names) {
        known.clear();
        fragment = names;
    }

    Fragment fragment() {
        return fragment;
    }

    /** Sets what the program chooses for everything that does not choose by itself; before anything is evaluated. */
    void choose(StartMethodChoice choice) {
        known.clear();
        programChoice = choice;
    }

    StartMethodChoice programChoice() {
        return programChoice;
    }

    /** Sets where the parts of the file run, and which only the program itself does; before {@link #choose}. */
    void limit(PlatformLimits found, MainParts parts) {
        limits = found;
        mainParts = parts;
    }

    MainParts mainParts() {
        return mainParts;
    }

    PlatformLimits limits() {
        return limits;
    }

    /** Returns the choice for what happens at an offset whatever the start method is: only the targets matter. */
    StartMethodChoice choiceAt(int offset) {
        return StartMethodChoice.PLATFORM_DEFAULT.notOn(limits.absentAt(offset));
    }

    Value evaluate(Site site) {
        return evaluate(site.expression(), site.scope());
    }

    Value evaluate(Expression expression, Scope scope) {
        Value value = known.get(expression);
        if (value != null) {
            return value;
        }
        if (depth >= MAX_DEPTH) {
            return Value.Unknown.VALUE;
        }
        known.put(expression, Value.Unknown.VALUE);
        depth++;
        try {
            value = compute(expression, scope);
        } finally {
            depth--;
        }
        known.put(expression, value);
        return value;
    }

    private Value compute(Expression expression, Scope scope) {
        if (expression instanceof Expression.Name name) {
            return name(name, scope);
        } else if (expression instanceof Expression.Attribute attribute) {
            return each(evaluate(attribute.value(), scope), value -> attribute(value, attribute.name()));
        } else if (expression instanceof Expression.Call call) {
            Value builtin = builtins.result(call, scope);
            return builtin != null
                    ? builtin
                    : each(evaluate(call.function(), scope), callee -> result(callee, call, scope));
        } else if (expression instanceof Expression.Constant constant) {
            return new Value.Literal(constant);
        } else if (expression instanceof Expression.UnaryOp operation
                && operation.operator().equals("-")
                && operation.operand() instanceof Expression.Constant constant
                && constant.kind() == Expression.ConstantKind.INTEGER) {
            return new Value.Literal(new Expression.Constant(
                    operation.start(), operation.end(), constant.kind(), "-" + constant.value()));
        } else if (expression instanceof Expression.Lambda lambda) {
            return new Value.LambdaOf(lambda, new Site(lambda, scope));
        } else if (expression instanceof Expression.Tuple tuple) {
            return elements(tuple.elements(), scope);
        } else if (expression instanceof Expression.ListDisplay list) {
            return elements(list.elements(), scope);
        } else if (expression instanceof Expression.Set set) {
            return elements(set.elements(), scope);
        } else if (expression instanceof Expression.Dict dict) {
            return elements(dict.values(), scope);
        } else if (expression instanceof Expression.Comprehended comprehended) {
            return new Value.Elements(
                    List.of(new Site(comprehended.element(), scopes.of(comprehended))),
                    comprehended.kind() == Expression.ComprehensionKind.GENERATOR);
        } else if (expression instanceof Expression.DictComp comprehended && comprehended.value() != null) {
            return Value.Elements.of(List.of(new Site(comprehended.value(), scopes.of(comprehended))));
        } else if (expression instanceof Expression.Starred starred) {
            return item(evaluate(starred.value(), scope));
        } else if (expression instanceof Expression.IfExp choice) {
            return Value.oneOf(List.of(evaluate(choice.body(), scope), evaluate(choice.orElse(), scope)));
        } else if (expression instanceof Expression.BoolOp operation
                && operation.operator().equals("or")) {
            return Value.oneOf(operation.values().stream()
                    .map(operand -> evaluate(operand, scope))
                    .toList());
        } else if (expression instanceof Expression.NamedExpr named) {
            return evaluate(named.value(), scope);
        } else if (expression instanceof Expression.Await await) {
            return awaited(await, scope);
        } else if (expression instanceof Expression.Subscript subscript) {
            return subscript(subscript, scope);
        }
        return Value.Unknown.VALUE;
    }

    /** Applies a function to each alternative; what cannot have the operation, {@code None}, is left out. */
    private static Value each(Value value, Function<Value, Value> operation) {
        List<Value> alternatives = value.alternatives();
        if (alternatives.size() == 1) {
            return operation.apply(alternatives.get(0));
        }
        List<Value> results = new ArrayList<>();
        for (Value alternative : alternatives) {
            if (!alternative.isNone()) {
                results.add(operation.apply(alternative));
            }
        }
        return Value.oneOf(results);
    }

    private static Value elements(List<Expression> items, Scope scope) {
        return Value.Elements.of(
                items.stream().map(item -> new Site(item, scope)).toList());
    }

    // Names

    private Value name(Expression.Name name, Scope scope) {
        List<Binding> bindings = reaching(name.id(), scope, scope.base() + name.start());
        if (bindings.isEmpty()) {
            return unbound(name.id(), scope);
        }
        Scope owner = scope.owner(name.id());
        List<Value> values = new ArrayList<>();
        for (Binding binding : bindings) {
            values.add(withAppended(value(binding), owner, binding));
        }
        return Value.oneOf(values);
    }

    /** Adds to a list what is appended to it while the name stands for this very list. */
    private Value withAppended(Value value, Scope owner, Binding binding) {
        List<Site> appended = owner.appended(binding.name());
        if (appended.isEmpty() || !(value instanceof Value.Elements elements)) {
            return value;
        }
        List<Site> all = new ArrayList<>(elements.items());
        for (Site site : appended) {
            if (reaching(binding.name(), site.scope(), site.range().start()).contains(binding)) {
                all.add(site);
            }
        }
        return Value.Elements.of(all);
    }

    /** Returns the bindings that can be the origin of a name's value at an offset of the text. */
    List<Binding> reaching(String name, Scope scope, int offset) {
        Scope owner = scope.owner(name);
        List<Binding> all = owner.bindings(name);
        if (all.size() < 2 || !runsInOrder(owner, scope)) {
            return all;
        }
        Binding last = null;
        for (Binding binding : all) {
            if (binding.position() <= offset
                    && binding.block().contains(offset)
                    && (last == null || binding.position() >= last.position())) {
                last = binding;
            }
        }
        List<Binding> reaching = new ArrayList<>();
        for (Binding binding : all) {
            boolean before = binding.position() <= offset;
            boolean afterLast = last == null || binding.position() >= last.position();
            if (before ? afterLast : comesAround(binding, offset, last)) {
                reaching.add(binding);
            }
        }
        return reaching.isEmpty() ? all : reaching;
    }

    /** Tells whether code of the inner scope runs in the order of the text, as far as the owner's names go. */
    private static boolean runsInOrder(Scope owner, Scope inner) {
        Scope scope = inner;
        while (!scope.isSame(owner)) {
            if (scope.kind() == Scope.Kind.FUNCTION || scope.kind() == Scope.Kind.LAMBDA || scope.parent() == null) {
                return false;
            }
            scope = scope.parent();
        }
        return true;
    }

    /** Tells whether a binding below the offset is met before the offset is met again, through a loop round both. */
    private static boolean comesAround(Binding binding, int offset, @Nullable Binding last) {
        TextRange loop = binding.loop();
        return loop != null && loop.contains(offset) && (last == null || !loop.contains(last.position()));
    }

    private Value unbound(String name, Scope scope) {
        List<String> starImports = scope.moduleScope().starImports();
        for (String module : starImports) {
            String qualified = table.canonical(module + "." + name);
            if (table.isClass(qualified) || table.callable(qualified).isPresent()) {
                return new Value.Named(qualified);
            }
        }
        String builtin = "builtins." + name;
        return starImports.isEmpty() && table.callable(builtin).isPresent()
                ? new Value.Named(builtin)
                : fragment.meaning(name);
    }

    /** Returns the value that a binding gives. */
    Value value(Binding binding) {
        Expression expression = binding.value();
        return switch (binding.kind()) {
            case IMPORT -> named(String.valueOf(binding.imported()), binding.definition() instanceof Statement.Import);
            case FUNCTION ->
                binding.definition() instanceof Statement.FunctionDef function
                        ? decorated(new Value.FunctionOf(function, scopes.of(function)), function.decorators(), binding)
                        : Value.Unknown.VALUE;
            case CLASS ->
                binding.definition() instanceof Statement.ClassDef type
                        ? new Value.ClassOf(type, scopes.of(type))
                        : Value.Unknown.VALUE;
            case ASSIGNED -> expression == null ? Value.Unknown.VALUE : evaluate(expression, binding.scope());
            case UNPACKED ->
                expression == null
                        ? Value.Unknown.VALUE
                        : element(evaluate(expression, binding.scope()), binding.index());
            case ITERATED -> expression == null ? Value.Unknown.VALUE : iterated(binding, expression);
            case ENTERED ->
                expression == null ? Value.Unknown.VALUE : each(evaluate(expression, binding.scope()), this::entered);
            case PARAMETER -> parameters.value(binding);
            case OTHER -> Value.Unknown.VALUE;
        };
    }

    /** Returns what a dotted name of another module stands for. */
    private Value named(String name, boolean isModule) {
        String canonical = table.canonical(name);
        return table.variable(canonical).map(this::held).orElseGet(() -> new Value.Named(canonical, isModule));
    }

    private Value held(ProgramValue value) {
        StartMethodChoice choice = value.choice();
        return Value.Instance.of(new Value.Named(value.type()), choice == null ? programChoice : choice);
    }

    private Value iterated(Binding binding, Expression iterable) {
        Value item = item(evaluate(iterable, binding.scope()));
        return binding.index() == Binding.WHOLE ? item : each(item, value -> element(value, binding.index()));
    }

    /** Returns what the decorators make of a function: itself if they leave it callable as it is. */
    private Value decorated(Value.FunctionOf function, List<Expression> decorators, Binding binding) {
        Value value = function;
        for (int i = decorators.size() - 1; i >= 0; i--) {
            value = decorators.get(i) instanceof Expression.Name name && METHOD_KINDS.contains(name.id())
                    ? value
                    : wrappers.decorated(decorators.get(i), binding, value);
        }
        return value;
    }

    static boolean isDecoratedWith(Statement.FunctionDef function, String decorator) {
        return function.decorators().stream()
                .anyMatch(node ->
                        node instanceof Expression.Name name && name.id().equals(decorator));
    }

    private Value element(Value value, int index) {
        if (value instanceof Value.Elements elements) {
            boolean known = index < elements.items().size()
                    && elements.items().stream()
                            .limit(index + 1L)
                            .noneMatch(item -> item.expression() instanceof Expression.Starred);
            return known ? evaluate(elements.items().get(index)) : item(value);
        }
        return itemOfInstance(value);
    }

    /** Returns what indexing or unpacking an instance of a class of the table gives: one end of a pipe. */
    private Value itemOfInstance(Value value) {
        return specialMethod(value, "__getitem__") instanceof Value.LibraryMethod method
                ? boundary(method)
                        .map(Boundary::returns)
                        .<Value>map(type -> Value.Instance.of(new Value.Named(type), programChoice))
                        .orElse(Value.Unknown.VALUE)
                : Value.Unknown.VALUE;
    }

    /** Returns what an iteration gives. */
    Value item(Value iterable) {
        if (!(iterable instanceof Value.Elements elements) || elements.items().isEmpty()) {
            return itemOfInstance(iterable);
        }
        return Value.oneOf(elements.items().stream().map(this::evaluate).toList());
    }

    private Value subscript(Expression.Subscript subscript, Scope scope) {
        Value value = evaluate(subscript.value(), scope);
        return subscript.index() instanceof Expression.Slice ? Value.Unknown.VALUE : each(value, this::item);
    }

    /** Returns what the first parameter of a method is: an instance of the class, or the class; else unknown. */
    Value receiver(Scope function) {
        return parameters.receiver(function);
    }

    // Attributes

    private Value attribute(Value value, String name) {
        if (value instanceof Value.Named named) {
            Value library = table.isClass(named.name()) ? libraryMethod(value, named.name(), name) : null;
            return library != null ? library : named(named.name() + "." + name, false);
        } else if (value instanceof Value.Instance instance) {
            return member(instance, instance.type(), name, 0);
        } else if (value instanceof Value.ClassOf type) {
            return member(type, type, name, 0);
        } else if (value instanceof Value.SuperOf above) {
            return inherited(above.receiver(), above.type(), name, 0);
        } else if (value instanceof Value.Elements && Builtins.isContainerMethod(name)) {
            return new Value.LibraryMethod(value, Builtins.CONTAINER, name);
        }
        return anyMethod(value, name);
    }

    private Value anyMethod(Value receiver, String name) {
        return table.methodOfAnything(name).isPresent()
                ? new Value.LibraryMethod(receiver, "*", name)
                : Value.Unknown.VALUE;
    }

    private Value.@Nullable LibraryMethod libraryMethod(Value receiver, String typeName, String name) {
        return table.method(typeName, name).isPresent() ? new Value.LibraryMethod(receiver, typeName, name) : null;
    }

    /** Looks an attribute up in a class and then in its bases, as the method resolution order of one inheritance does. */
    private Value member(Value receiver, Value type, String name, int level) {
        if (type instanceof Value.Named named) {
            // A submodule's attribute can have a type of its own: ctx.Process is a class, not a method.
            String qualified = table.canonical(named.name() + "." + name);
            if (table.isClass(qualified) && receiver instanceof Value.Instance instance) {
                return new Value.LibraryMethod(instance, qualified, "");
            }
            if (named.name().equals("argparse.Namespace")) {
                return parsedArguments.byDefault(name);
            }
            Value method = libraryMethod(receiver, named.name(), name);
            return method != null
                    ? method
                    : table.attribute(named.name(), name).map(this::held).orElseGet(() -> anyMethod(receiver, name));
        }
        if (!(type instanceof Value.ClassOf own) || level > MAX_DEPTH) {
            return Value.Unknown.VALUE;
        }
        List<Value> found = new ArrayList<>();
        for (Site site : scopes.attributes(own.definition()).getOrDefault(name, List.of())) {
            found.add(evaluate(site));
        }
        for (Binding binding : own.scope().bindings(name)) {
            found.add(bound(value(binding), receiver, own));
        }
        return found.isEmpty() ? inherited(receiver, own, name, level) : Value.oneOf(found);
    }

    /** Returns what a class attribute is when it is looked up on a receiver: a function is bound to it, or to the class. */
    private static Value bound(Value value, Value receiver, Value.ClassOf own) {
        if (!(value instanceof Value.FunctionOf function) || isDecoratedWith(function.definition(), "staticmethod")) {
            return value;
        }
        Value type = receiver instanceof Value.Instance instance ? instance.type() : own;
        return new Value.BoundMethod(isDecoratedWith(function.definition(), "classmethod") ? type : receiver, function);
    }

    private Value inherited(Value receiver, Value.ClassOf own, String name, int level) {
        for (Expression base : own.definition().bases()) {
            Value baseValue = evaluate(base, outside(own));
            Value member = member(receiver, baseValue, name, level + 1);
            if (!(member instanceof Value.Unknown) || !isPlainClass(baseValue)) {
                return member;
            }
        }
        return Value.Unknown.VALUE;
    }

    /** Returns the scope around a class, in which its bases are evaluated. */
    static Scope outside(Value.ClassOf type) {
        Scope parent = type.scope().parent();
        return parent == null ? type.scope() : parent;
    }

    /** Tells whether all of a class can be seen, so that a name that is not in it comes from the next base. */
    private static boolean isPlainClass(Value type) {
        return type instanceof Value.ClassOf
                || (type instanceof Value.Named named && named.name().equals("abc.ABC"));
    }

    /** Tells whether a value is a class of the table, or a class of this file that derives from one. */
    boolean derivesFrom(Value type, String base) {
        return derivesFrom(type, base, 0);
    }

    private boolean derivesFrom(Value type, String base, int level) {
        if (type instanceof Value.Named named) {
            return table.isSubclass(named.name(), base);
        }
        return type instanceof Value.ClassOf own
                && level < MAX_DEPTH
                && own.definition().bases().stream()
                        .anyMatch(node -> derivesFrom(evaluate(node, outside(own)), base, level + 1));
    }

    // Calls

    /** Returns what entering a context manager gives. */
    Value entered(Value manager) {
        if (manager instanceof Value.Instance instance) {
            Value enter = specialMethod(instance, "__enter__");
            if (enter instanceof Value.LibraryMethod method) {
                return boundary(method)
                        .filter(row -> Boundary.SELF.equals(row.returns()))
                        .map(row -> manager)
                        .orElse(Value.Unknown.VALUE);
            }
            if (enter instanceof Value.BoundMethod method) {
                return returned(method.function());
            }
        }
        return Value.Unknown.VALUE;
    }

    /** Returns the method that the language calls by itself on a value, such as {@code __enter__}. */
    Value specialMethod(Value receiver, String name) {
        return receiver instanceof Value.Instance instance
                ? member(instance, instance.type(), name, 0)
                : Value.Unknown.VALUE;
    }

    /** Returns the row of the table that a callee stands for. */
    Optional<Boundary> boundary(Value callee) {
        if (callee instanceof Value.Named named) {
            return table.callable(named.name());
        } else if (callee instanceof Value.LibraryMethod method) {
            return method.name().isEmpty()
                    ? table.callable(method.typeName())
                    : method.typeName().equals("*")
                            ? table.methodOfAnything(method.name())
                            : table.method(method.typeName(), method.name());
        } else if (callee instanceof Value.Instance instance) {
            return boundary(member(instance, instance.type(), "__call__", 0));
        } else if (callee instanceof Value.ClassOf type) {
            return inheritedConstructor(type, 0);
        }
        return Optional.empty();
    }

    /**
     * Returns the row of the table that a call stands for; of a function of the program, for what the call gives it.
     *
     * @param constant returns the constant that an argument is known to be, or null
     */
    Optional<Boundary> boundary(
            Value callee, Expression.Call call, Scope scope, Function<Site, Expression.@Nullable Constant> constant) {
        Optional<Boundary> row = boundary(callee);
        if (program == null
                || row.isEmpty()
                || row.get().trail() == null
                || !ProgramNames.isOfProgram(row.get().name())) {
            return row;
        }
        return program.callable(row.get().name(), given(row.get(), call, scope, constant));
    }

    /** Returns the row of the table that a call stands for, as far as its arguments are constants by themselves. */
    Optional<Boundary> boundary(Value callee, Expression.Call call, Scope scope) {
        return boundary(
                callee, call, scope, site -> evaluate(site) instanceof Value.Literal known ? known.constant() : null);
    }

    /** Returns what a call gives to a function with the parameters of a row. */
    Given given(
            Boundary row, Expression.Call call, Scope scope, Function<Site, Expression.@Nullable Constant> constant) {
        Arguments arguments = Arguments.of(row, call, scope);
        Map<String, Optional<Expression.Constant>> given = new HashMap<>();
        Map<String, Value> values = new HashMap<>();
        for (Arguments.Argument argument : arguments.list()) {
            String parameter = argument.parameter().name();
            Optional<Expression.Constant> known =
                    Optional.ofNullable(constant.apply(argument.site())).map(Given::placeless);
            given.put(parameter, known);
            if (known.isEmpty()) {
                ofLibrary(evaluate(argument.site())).ifPresent(value -> values.put(parameter, value));
            }
        }
        return new Given(given, values, arguments.complete());
    }

    /** Returns something of a library, as it is wherever it is written; empty if a value is anything else. */
    private Optional<Value> ofLibrary(Value value) {
        if (value instanceof Value.Named named) {
            return Optional.of(value)
                    .filter(known -> !ProgramNames.isOfProgram(named.name())
                            && table.callable(named.name()).isPresent());
        }
        return value instanceof Value.Instance instance
                        && instance.type() instanceof Value.Named type
                        && !ProgramNames.isOfProgram(type.name())
                        && table.isClass(type.name())
                ? Optional.of(Value.Instance.of(type, instance.choice()))
                : Optional.empty();
    }

    /** Sets what a function is called with; before anything is evaluated. */
    void suppose(Value.FunctionOf function, Map<String, Value> arguments) {
        known.clear();
        parameters.suppose(function, arguments);
    }

    /** Tells whether what was found out last may turn out to be more, once it is known what functions do that are looked into. */
    boolean isProvisional() {
        return program != null && program.isProvisional();
    }

    /** Returns the constructor that a class of this file has from a class of the table, if it has none of its own. */
    private Optional<Boundary> inheritedConstructor(Value type, int level) {
        if (type instanceof Value.Named named) {
            return table.callable(named.name());
        }
        if (type instanceof Value.ClassOf own
                && level < MAX_DEPTH
                && own.scope().bindings("__init__").isEmpty()
                && own.definition().bases().size() == 1) {
            return inheritedConstructor(evaluate(own.definition().bases().get(0), outside(own)), level + 1);
        }
        return Optional.empty();
    }

    private Value result(Value callee, Expression.Call call, Scope scope) {
        if (callee instanceof Value.ClassOf || callee instanceof Value.MadeClass) {
            return new Value.Instance(callee, programChoice, List.of(), new Site(call, scope));
        } else if (callee instanceof Value.FunctionOf function) {
            return function.definition().isAsync()
                    ? Value.Unknown.VALUE
                    : wrappers.result(function, call, scope, returned(function));
        } else if (callee instanceof Value.Wrapper wrapper) {
            return wrapper.wrapped().definition().isAsync() ? Value.Unknown.VALUE : returned(wrapper.wrapped());
        } else if (callee instanceof Value.BoundMethod method) {
            return method.function().definition().isAsync() ? Value.Unknown.VALUE : returned(method.function());
        } else if (callee instanceof Value.LambdaOf lambda) {
            return evaluate(lambda.lambda().body(), scopes.of(lambda.lambda()));
        }
        Optional<Boundary> row = boundary(callee, call, scope);
        return row.isPresent() ? libraryResult(row.get(), callee, call, scope) : Value.Unknown.VALUE;
    }

    private Value libraryResult(Boundary row, Value callee, Expression.Call call, Scope scope) {
        Arguments arguments = Arguments.of(row, call, scope);
        if (!meets(row, arguments)) {
            return Value.Unknown.VALUE;
        }
        for (Arguments.Argument argument : arguments.list()) {
            if (argument.parameter().role() == Role.ENTERED) {
                return each(evaluate(argument.site()), this::entered);
            } else if (argument.parameter().role() == Role.CLASS_NAME) {
                return made(argument.site(), call, scope);
            }
        }
        if (row.returns() == null) {
            return Value.Unknown.VALUE;
        }
        Value receiver = receiverOf(callee);
        if (row.returns().equals(Boundary.SELF)) {
            return receiver;
        }
        List<Site> held = new ArrayList<>();
        if (receiver instanceof Value.Instance instance) {
            held.addAll(instance.held());
        }
        for (Arguments.Argument argument : arguments.list()) {
            if (argument.parameter().role() == Role.HELD) {
                held.add(argument.site());
            }
        }
        Site origin = new Site(call, scope);
        StartMethodChoice choice = choice(row, callee, arguments)
                .notOn(limits.absentAt(origin.range().start()));
        return new Value.Instance(new Value.Named(row.returns()), choice, held, origin);
    }

    /** Returns the class that a call makes; unknown if it is told to belong to another module. */
    private Value made(Site name, Expression.Call call, Scope scope) {
        boolean elsewhere = call.keywords().stream()
                .anyMatch(keyword -> keyword.name() == null
                        || keyword.name().equals("module")
                        || keyword.name().equals("qualname"));
        // With one argument, type() and the enumerations look something up.
        boolean makes = !elsewhere && call.arguments().size() + call.keywords().size() > 1;
        return makes
                        && evaluate(name) instanceof Value.Literal literal
                        && literal.constant().isString()
                ? new Value.MadeClass(literal.constant().value(), new Site(call, scope))
                : Value.Unknown.VALUE;
    }

    private static Value receiverOf(Value callee) {
        if (callee instanceof Value.LibraryMethod method) {
            return method.receiver();
        }
        return callee;
    }

    /** Tells whether the arguments are such that the call means what its row says. */
    boolean meets(Boundary row, Arguments arguments) {
        for (BoundaryParameter parameter : row.parameters()) {
            String required = parameter.required();
            if (required != null) {
                Optional<Arguments.Argument> argument = arguments.find(parameter.name());
                boolean met = argument.isEmpty()
                        ? BoundaryParameter.DEFAULTS.contains(required) && arguments.complete()
                        : isSurely(evaluate(argument.get().site()), required);
                if (!met) {
                    return false;
                }
            }
            if (parameter.role() == Role.CARRIER) {
                Optional<Arguments.Argument> argument = arguments.find(parameter.name());
                if (argument.isEmpty()
                        || !isProcessExecutor(evaluate(argument.get().site()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isProcessExecutor(Value value) {
        return value.alternatives().stream()
                        .filter(alternative -> !alternative.isNone())
                        .allMatch(alternative -> alternative instanceof Value.Instance instance
                                && derivesFrom(instance.type(), "concurrent.futures.ProcessPoolExecutor"))
                && !value.isNone();
    }

    private static boolean isSurely(Value value, String required) {
        return value.alternatives().stream()
                .allMatch(alternative ->
                        alternative instanceof Value.Literal literal && isSurely(literal.constant(), required));
    }

    private static boolean isSurely(Expression.Constant constant, String required) {
        boolean number = constant.kind() == Expression.ConstantKind.INTEGER;
        return switch (required) {
            case ">0" -> number && isPositive(constant.value());
            case ">1" ->
                number && isPositive(constant.value()) && !constant.value().equals("1");
            case "!=1" -> number && !constant.value().equals("1");
            case "None" -> constant.kind() == Expression.ConstantKind.NONE;
            case "True" -> constant.kind() == Expression.ConstantKind.TRUE;
            default -> constant.isString() && constant.value().equals(required);
        };
    }

    private static boolean isPositive(String number) {
        return !number.startsWith("-") && number.chars().anyMatch(digit -> digit >= '1' && digit <= '9');
    }

    /** Returns the start methods that a call, or what it makes, starts processes with. */
    StartMethodChoice choice(Boundary row, Value callee, Arguments arguments) {
        for (Arguments.Argument argument : arguments.list()) {
            if (argument.parameter().role() == Role.CONTEXT) {
                if (!evaluate(argument.site()).isNone()) {
                    return chosenBy(argument.site(), 0);
                }
            }
        }
        Trail trail = row.trail();
        if (trail != null && trail.choice() != null) {
            return trail.choice();
        }
        StartMethod fixed = row.method();
        if (fixed != null) {
            return StartMethodChoice.exactly(fixed);
        }
        return receiverOf(callee) instanceof Value.Instance instance ? instance.choice() : programChoice;
    }

    /** Returns the choice that a context, or the name of a start method, stands for; it may depend on the platform. */
    private StartMethodChoice chosenBy(Site site, int level) {
        List<Site> origins = new ArrayList<>();
        if (site.expression() instanceof Expression.IfExp choice) {
            origins.add(new Site(choice.body(), site.scope()));
            origins.add(new Site(choice.orElse(), site.scope()));
        } else if (site.expression() instanceof Expression.Name name && level < MAX_DEPTH) {
            for (Binding binding :
                    reaching(name.id(), site.scope(), site.range().start())) {
                if (binding.kind() != Binding.Kind.ASSIGNED || binding.value() == null) {
                    return chosenBy(evaluate(site));
                }
                origins.add(new Site(binding.value(), binding.scope()));
            }
        }
        StartMethodChoice either = null;
        for (Site origin : origins) {
            StartMethodChoice one = chosenBy(origin, level + 1)
                    .notOn(limits.absentAt(origin.range().start()));
            either = either == null ? one : either.or(one);
        }
        return either == null ? chosenBy(evaluate(site)) : either;
    }

    private static StartMethodChoice chosenBy(Value value) {
        if (value instanceof Value.Instance instance) {
            return instance.choice();
        }
        if (value instanceof Value.OneOf several) {
            StartMethodChoice either = chosenBy(several.values().get(0));
            for (Value alternative : several.values()) {
                either = either.or(chosenBy(alternative));
            }
            return either;
        }
        if (value instanceof Value.Literal literal && literal.constant().isString()) {
            return StartMethod.parse(literal.constant().value())
                    .map(StartMethodChoice::exactly)
                    .orElse(StartMethodChoice.UNKNOWN);
        }
        return StartMethodChoice.UNKNOWN;
    }

    private Value awaited(Expression.Await await, Scope scope) {
        if (await.value() instanceof Expression.Call call) {
            return each(evaluate(call.function(), scope), callee -> {
                if (callee instanceof Value.FunctionOf function) {
                    return returned(function);
                }
                return callee instanceof Value.BoundMethod method ? returned(method.function()) : Value.Unknown.VALUE;
            });
        }
        return Value.Unknown.VALUE;
    }

    /** Returns what a function of this file gives back; of a generator function, a generator. */
    private Value returned(Value.FunctionOf function) {
        Returns found = returns(function);
        return found.isGenerator()
                ? new Value.Elements(found.yielded(), true)
                : Value.oneOf(found.sites().stream().map(this::evaluate).toList());
    }

    /** Returns what a call of a function of this file gives. */
    Value returnedBy(Value.FunctionOf function) {
        return returned(function);
    }

    /** Tells whether calling a function of this file only makes a generator. */
    boolean isGenerator(Value.FunctionOf function) {
        return returns(function).isGenerator();
    }

    /** Returns the expressions that a function of this file gives back; none for a bare {@code return}. */
    List<Site> returnSites(Value.FunctionOf function) {
        return returns(function).sites();
    }

    /** Returns the only expression that a function of this file gives back; null if there is none or more than one. */
    @Nullable
    Site onlyReturn(Value.FunctionOf function) {
        List<Site> sites = returns(function).sites();
        return sites.size() == 1 ? sites.get(0) : null;
    }

    private Returns returns(Value.FunctionOf function) {
        Returns found = returns.get(function.definition());
        if (found == null) {
            found = new Returns(scopes);
            for (Statement statement : function.definition().body()) {
                found.visit(statement, function.scope());
            }
            returns.put(function.definition(), found);
        }
        return found;
    }
}
