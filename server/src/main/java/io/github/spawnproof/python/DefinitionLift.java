package io.github.spawnproof.python;

import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the edits that move a function or class from inside a function, or a class from a main guard, to module level.
 *
 * <p>What a function captures becomes leading parameters, which a partial binds; what a class captures becomes arguments
 * of its constructor. One instance serves one analysis: several findings about one definition share one set of edits.
 */
final class DefinitionLift {

    /** Names that mean something only in a method of the class around. */
    private static final Set<String> OF_METHODS = Set.of("super", "__class__");
    /** Calls that look at the names around them, or run text that may. */
    private static final Set<String> LOOK_AROUND = Set.of("locals", "vars", "exec", "eval");

    /**
     * What is known of a definition's lift.
     *
     * @param plain whether the definition keeps its name and its parameters, so that whoever uses it need not change
     */
    private record Result(List<TextEdit> edits, boolean safeAtOnce, boolean safeLater, boolean plain) {
        static final Result NONE = new Result(List.of(), false, false, false);
    }

    /** How a captured value is handed over, and whether the program then surely means the same. */
    record HandOver(List<TextEdit> imports, List<TextEdit> inside, List<TextEdit> outside, boolean safe) {}

    private final PythonTree tree;
    private final SourceText source;
    private final Evaluator evaluator;
    private final NewDefinitions definitions;
    private final Captures captures;
    private final ArgumentEdits arguments;
    private final ConstructorArguments constructors;
    private final IdentityHashMap<Node, Result> results = new IdentityHashMap<>();
    private @Nullable Set<String> moduleNames;

    DefinitionLift(
            PythonTree tree,
            Evaluator evaluator,
            NewDefinitions definitions,
            FunctoolsImport partials,
            Captures captures) {
        this.tree = tree;
        this.source = tree.source();
        this.evaluator = evaluator;
        this.definitions = definitions;
        this.captures = captures;
        this.arguments = new ArgumentEdits(source, evaluator, partials);
        this.constructors = new ConstructorArguments(source, evaluator, definitions.layout(), arguments);
    }

    /**
     * Returns the edits for a definition.
     *
     * @param definition a {@link Value.FunctionOf} or {@link Value.ClassOf}; anything else is not lifted
     * @param atOnce whether it crosses right there, not when some process is started later
     */
    Lifted lift(Value definition, boolean atOnce) {
        Result result = Result.NONE;
        if (definition instanceof Value.FunctionOf function) {
            result = result(function.definition(), function.definition().name(), function.scope());
        } else if (definition instanceof Value.ClassOf type) {
            result = result(type.definition(), type.definition().name(), type.scope());
        }
        return new Lifted(result.edits(), atOnce ? result.safeAtOnce() : result.safeLater());
    }

    private Result result(Statement definition, String name, Scope own) {
        Result known = results.get(definition);
        if (known == null) {
            // Definitions that need each other are not lifted.
            results.put(definition, Result.NONE);
            known = compute(definition, name, own);
            results.put(definition, known);
        }
        return known;
    }

    private Result compute(Statement definition, String name, Scope own) {
        Scope around = own.parent();
        if (around == null
                || !mayLeave(definition, around)
                || around.bindings(name).size() != 1) {
            return Result.NONE;
        }
        int index = tree.topLevelAt(own.base() + definition.start());
        TopLevel topLevel = tree.statements().get(index);
        List<Statement> block = StatementBlocks.around(definition, topLevel.statement());
        if (topLevel.damaged() || block.isEmpty() || !isPortable(definition, around)) {
            return Result.NONE;
        }
        Optional<NestedLines> lines = NestedLines.of(definition, own.base(), block, source, definitions.layout());
        int place = definitions.placeFor(index);
        Needs needs = new Needs(name, definition.start(), around, own, place);
        NameWalk.visit(definition, around, evaluator.scopes(), needs::add);
        if (lines.isEmpty() || needs.impossible) {
            return Result.NONE;
        }
        List<TextEdit> edits = new ArrayList<>();
        boolean safe = liftAlong(needs, edits);
        if (needs.impossible) {
            return Result.NONE;
        }
        Map<String, Scope> captured = needs.captured;
        List<NameWalk.Use> uses = uses(name, around, topLevel.statement(), index);
        boolean renamed = !isFree(name);
        String newName = renamed ? definitions.freshName(name) : name;
        Optional<HandOver> handOver = handOver(definition, own, captured, needs.uses, uses, newName);
        if (handOver.isEmpty()) {
            return Result.NONE;
        }
        Capture capture = capture(captured, uses);
        if (!capture.possible()) {
            return Result.NONE;
        }
        safe &= handOver.get().safe() && capture.safe() && isSimple(definition, around);
        safe &= !(renamed && definition instanceof Statement.ClassDef);
        definitions.take(newName);
        edits.addAll(handOver.get().imports());
        List<TextEdit> inside = new ArrayList<>(handOver.get().inside());
        List<TextEdit> outside = new ArrayList<>();
        if (renamed) {
            inside.add(TextEdit.replace(nameRange(definition, name, own.base()), newName));
        }
        for (TextEdit edit : handOver.get().outside()) {
            (lines.get().range().contains(edit.range()) ? inside : outside).add(edit);
        }
        edits.add(definitions.insert(place, lines.get().atModuleLevel(inside)));
        edits.add(lines.get().removal());
        edits.addAll(outside);
        return new Result(
                edits.stream().distinct().toList(), safe, safe && capture.safeLater(), captured.isEmpty() && !renamed);
    }

    /** Tells whether a definition is where a lift helps: in a function, or a class under a main guard. */
    private boolean mayLeave(Statement definition, Scope around) {
        if (around.kind() == Scope.Kind.FUNCTION) {
            return true;
        }
        return around.kind() == Scope.Kind.MODULE
                && definition instanceof Statement.ClassDef type
                && around.bindings(type.name()).stream().allMatch(captures::isInMainGuard);
    }

    private static TextRange nameRange(Statement definition, String name, int base) {
        int start = base
                + (definition instanceof Statement.FunctionDef function
                        ? function.nameStart()
                        : ((Statement.ClassDef) definition).nameStart());
        return new TextRange(start, start + name.length());
    }

    /** Tells whether the text itself means the same at module level. */
    private static boolean isPortable(Statement definition, Scope around) {
        boolean typed = definition instanceof Statement.FunctionDef function
                ? !function.typeParameters().isEmpty()
                : !((Statement.ClassDef) definition).typeParameters().isEmpty();
        boolean inClass = false;
        for (Scope scope = around; scope != null; scope = scope.parent()) {
            inClass |= scope.kind() == Scope.Kind.CLASS;
        }
        return !typed && !bindsOutside(definition) && !(inClass && usesPrivate(definition));
    }

    private static boolean bindsOutside(Node node) {
        boolean[] found = {node instanceof Statement.Nonlocal};
        node.forEachChild(child -> found[0] |= bindsOutside(child));
        return found[0];
    }

    private static boolean usesPrivate(Statement definition) {
        if (definition instanceof Statement.ClassDef type) {
            // Names in a class are mangled with the name of that class, wherever it stands.
            return type.bases().stream().anyMatch(DefinitionLift::usesPrivateName)
                    || type.decorators().stream().anyMatch(DefinitionLift::usesPrivateName);
        }
        return usesPrivateName(definition);
    }

    private static boolean usesPrivateName(Node node) {
        if (node instanceof Expression.Name name && Definitions.isPrivate(name.id())) {
            return true;
        }
        boolean[] found = {node instanceof Expression.Attribute attribute && Definitions.isPrivate(attribute.name())};
        node.forEachChild(child -> found[0] |= usesPrivateName(child));
        return found[0];
    }

    // What it needs

    /** The names that a definition takes from around it. */
    private final class Needs {
        private final String name;
        private final int start;
        private final Scope around;
        private final Scope own;
        private final int place;
        private final Map<String, Scope> captured = new LinkedHashMap<>();
        private final Set<String> atDefinition = new HashSet<>();
        private final List<NameWalk.Use> uses = new ArrayList<>();
        private boolean impossible;

        Needs(String name, int start, Scope around, Scope own, int place) {
            this.name = name;
            this.start = start;
            this.around = around;
            this.own = own;
            this.place = place;
        }

        void add(NameWalk.Use use) {
            Scope owner = use.owner();
            boolean isFunction = own.kind() == Scope.Kind.FUNCTION;
            boolean free = owner.kind() == Scope.Kind.MODULE
                    && owner.bindings(use.id()).isEmpty();
            // Parameters look to a function as what it captured did; to a class it makes a difference.
            impossible |= free && (isFunction ? OF_METHODS : LOOK_AROUND).contains(use.id());
            boolean itself = use.id().equals(name) && owner.isSame(around);
            if (!itself && captures.isCaptured(use.id(), owner, own)) {
                captured.put(use.id(), owner);
                uses.add(use);
                if (!use.isDeferred()) {
                    atDefinition.add(use.id());
                }
            } else if (!use.isDeferred()) {
                impossible |= itself || (owner.kind() == Scope.Kind.MODULE && !isThere(use.id(), owner));
            }
        }

        /** Tells whether a name of the module, or a builtin one, has its value where the definition will stand. */
        private boolean isThere(String id, Scope module) {
            List<Binding> bindings = module.bindings(id);
            return bindings.isEmpty()
                    || bindings.stream()
                            .anyMatch(binding -> binding.position() <= place && !captures.isInMainGuard(binding));
        }
    }

    /**
     * Lifts the functions and classes that a definition needs, if they need nothing themselves, and says whether that is
     * safe. What is needed while the definition is executed cannot be an argument.
     */
    private boolean liftAlong(Needs needs, List<TextEdit> edits) {
        boolean safe = true;
        for (Map.Entry<String, Scope> entry : List.copyOf(needs.captured.entrySet())) {
            String name = entry.getKey();
            List<Binding> bindings = entry.getValue().bindings(name);
            Statement definition = bindings.get(0).definition();
            boolean defined = definition instanceof Statement.FunctionDef || definition instanceof Statement.ClassDef;
            if (definition != null && defined && bindings.size() == 1) {
                Result helper = result(definition, name, evaluator.scopes().of(definition));
                // What stands inside the other definition would move twice.
                boolean inside = Site.range(definition, needs.own).contains(needs.own.base() + needs.start);
                needs.impossible |= helper.edits().isEmpty() || !helper.plain() || inside;
                edits.addAll(helper.edits());
                safe &= helper.safeLater();
                needs.captured.remove(name);
                needs.uses.removeIf(use -> use.id().equals(name));
            } else {
                needs.impossible |= needs.atDefinition.contains(name);
            }
        }
        return safe;
    }

    // Captured values

    /** Whether what is captured can be handed over where the definition is used. */
    private record Capture(boolean possible, boolean safe, boolean safeLater) {}

    private Capture capture(Map<String, Scope> captured, List<NameWalk.Use> uses) {
        boolean safe = true;
        boolean safeLater = true;
        for (Map.Entry<String, Scope> entry : captured.entrySet()) {
            List<Binding> bindings = entry.getValue().bindings(entry.getKey());
            if (bindings.size() != 1 || !captures.canCross(bindings.get(0))) {
                return new Capture(false, false, false);
            }
            Binding binding = bindings.get(0);
            for (NameWalk.Use use : uses) {
                int at = use.scope().base() + use.name().start();
                boolean same = use.scope().owner(entry.getKey()).isSame(entry.getValue());
                boolean bound = binding.kind() == Binding.Kind.PARAMETER
                        || (binding.position() <= at && binding.block().contains(at));
                if (!same || !bound) {
                    return new Capture(false, false, false);
                }
            }
            safe &= !Captures.isReceiver(binding);
            // An argument is the value of now; a closure would see the value of then.
            safeLater &= binding.kind() != Binding.Kind.ITERATED && binding.loop() == null;
        }
        return new Capture(true, safe, safeLater);
    }

    private Optional<HandOver> handOver(
            Statement definition,
            Scope own,
            Map<String, Scope> captured,
            List<NameWalk.Use> inside,
            List<NameWalk.Use> uses,
            String newName) {
        List<String> names = List.copyOf(captured.keySet());
        if (captured.isEmpty()) {
            return Optional.of(arguments.renamed(uses, newName));
        } else if (definition instanceof Statement.FunctionDef function) {
            return arguments.ofFunction(function, own, names, uses, newName);
        }
        Statement.ClassDef type = (Statement.ClassDef) definition;
        return constructors.of(type, own, captured, inside, uses, newName);
    }

    private List<NameWalk.Use> uses(String name, Scope around, Statement statement, int index) {
        List<NameWalk.Use> uses = new ArrayList<>();
        if (around.kind() != Scope.Kind.MODULE) {
            collect(name, around, statement, index, uses);
        } else {
            for (int i = 0; i < tree.statements().size(); i++) {
                collect(name, around, tree.statements().get(i).statement(), i, uses);
            }
        }
        return uses;
    }

    private void collect(String name, Scope around, Statement statement, int index, List<NameWalk.Use> uses) {
        NameWalk.visit(statement, evaluator.scopes().topLevel(index), evaluator.scopes(), use -> {
            if (use.id().equals(name) && use.owner().isSame(around)) {
                uses.add(use);
            }
        });
    }

    // Its name and its contents

    /** Tells whether the module means nothing by a name yet. */
    private boolean isFree(String name) {
        Set<String> used = moduleNames;
        if (used == null) {
            used = new HashSet<>();
            for (int i = 0; i < tree.statements().size(); i++) {
                Set<String> names = used;
                Statement statement = tree.statements().get(i).statement();
                NameWalk.visit(statement, evaluator.scopes().topLevel(i), evaluator.scopes(), use -> {
                    if (use.owner().kind() == Scope.Kind.MODULE) {
                        names.add(use.id());
                    }
                });
            }
            moduleNames = used;
        }
        List<Binding> bindings = evaluator.scopes().module().bindings(name);
        boolean unused = !used.contains(name) && bindings.isEmpty();
        boolean onlyItself = !bindings.isEmpty() && bindings.stream().allMatch(captures::isInMainGuard);
        return (unused || onlyItself) && !definitions.isTaken(name);
    }

    /** Tells whether it makes no difference that the definition is executed once, while the module is imported. */
    private boolean isSimple(Statement definition, Scope around) {
        if (definition instanceof Statement.FunctionDef function) {
            return function.decorators().isEmpty()
                    && function.parameters().list().stream()
                            .allMatch(parameter -> isConstant(parameter.defaultValue()));
        }
        Statement.ClassDef type = (Statement.ClassDef) definition;
        return type.decorators().stream().allMatch(decorator -> isOfDataclasses(decorator, around))
                && type.keywords().isEmpty()
                && type.bases().stream()
                        .allMatch(base -> base instanceof Expression.Name || base instanceof Expression.Attribute)
                && type.body().stream().allMatch(DefinitionLift::isSimpleMember);
    }

    private boolean isOfDataclasses(Expression decorator, Scope around) {
        Expression callee = decorator instanceof Expression.Call call ? call.function() : decorator;
        return evaluator.evaluate(callee, around) instanceof Value.Named named
                && named.name().equals("dataclasses.dataclass");
    }

    private static boolean isSimpleMember(Statement statement) {
        if (statement instanceof Statement.FunctionDef method) {
            return method.parameters().list().stream().allMatch(parameter -> isConstant(parameter.defaultValue()));
        } else if (statement instanceof Statement.Assign assign) {
            return isConstant(assign.value());
        } else if (statement instanceof Statement.AnnAssign assign) {
            return isConstant(assign.value());
        }
        return statement instanceof Statement.Pass
                || (statement instanceof Statement.ExpressionStatement expression && isConstant(expression.value()));
    }

    private static boolean isConstant(@Nullable Expression expression) {
        if (expression instanceof Expression.UnaryOp operation) {
            return isConstant(operation.operand());
        }
        return expression == null
                || expression instanceof Expression.Constant
                || (expression instanceof Expression.Tuple tuple
                        && tuple.elements().stream().allMatch(DefinitionLift::isConstant));
    }
}
