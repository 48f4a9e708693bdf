package io.github.spawnproof.python;

import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.Pattern;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the scopes of a module and the bindings in them. */
final class ScopeBuilder {

    private final Scopes scopes;
    private Scope scope;
    private TextRange block;
    private @Nullable TextRange loop;

    private ScopeBuilder(Scopes scopes, Scope scope, TextRange block) {
        this.scopes = scopes;
        this.scope = scope;
        this.block = block;
    }

    /** Returns the scopes of a module. */
    static Scopes build(PythonTree tree, CancelToken cancel) {
        Scopes scopes = new Scopes();
        TextRange wholeModule = new TextRange(0, tree.source().length());
        for (TopLevel topLevel : tree.statements()) {
            cancel.check();
            Scope scope = scopes.addTopLevel(topLevel);
            new ScopeBuilder(scopes, scope, wholeModule).statement(topLevel.statement());
        }
        return scopes;
    }

    private void statements(List<Statement> statements) {
        if (statements.isEmpty()) {
            return;
        }
        TextRange outer = block;
        block = new TextRange(
                scope.base() + statements.get(0).start(),
                scope.base() + statements.get(statements.size() - 1).end());
        for (Statement statement : statements) {
            statement(statement);
        }
        block = outer;
    }

    private void statement(Statement statement) {
        if (statement instanceof Statement.FunctionDef function) {
            function(function);
        } else if (statement instanceof Statement.ClassDef type) {
            type(type);
        } else if (statement instanceof Statement.Assign assign) {
            visit(assign.value());
            for (Expression target : assign.targets()) {
                assign(target, assign.value(), assign.end());
            }
        } else if (statement instanceof Statement.AnnAssign assign) {
            visit(assign.annotation());
            if (assign.value() != null) {
                visit(assign.value());
                assign(assign.target(), assign.value(), assign.end());
            }
        } else if (statement instanceof Statement.AugAssign assign) {
            visit(assign.value());
            if (assign.target() instanceof Expression.Name name && isListDisplay(assign.value())) {
                addItem(name, starred(assign.value()));
            } else {
                other(assign.target(), assign.end());
            }
        } else if (statement instanceof Statement.For loopStatement) {
            forLoop(loopStatement);
        } else if (statement instanceof Statement.While loopStatement) {
            TextRange outer = enterLoop(loopStatement);
            visit(loopStatement.test());
            statements(loopStatement.body());
            loop = outer;
            statements(loopStatement.orElse());
        } else if (statement instanceof Statement.If branch) {
            visit(branch.test());
            statements(branch.body());
            statements(branch.orElse());
        } else if (statement instanceof Statement.With with) {
            for (Node.WithItem item : with.items()) {
                visit(item.context());
                Expression target = item.target();
                if (target instanceof Expression.Name name) {
                    bind(Binding.Kind.ENTERED, name.id(), item.end(), item.context());
                } else if (target != null) {
                    other(target, item.end());
                }
            }
            statements(with.body());
        } else if (statement instanceof Statement.Try tryStatement) {
            statements(tryStatement.body());
            for (Node.ExceptHandler handler : tryStatement.handlers()) {
                if (handler.type() != null) {
                    visit(handler.type());
                }
                if (handler.name() != null) {
                    bind(Binding.Kind.OTHER, handler.name(), handler.start(), null);
                }
                statements(handler.body());
            }
            statements(tryStatement.orElse());
            statements(tryStatement.finalBody());
        } else if (statement instanceof Statement.Match match) {
            visit(match.subject());
            for (Node.MatchCase matchCase : match.cases()) {
                pattern(matchCase.pattern());
                if (matchCase.guard() != null) {
                    visit(matchCase.guard());
                }
                statements(matchCase.body());
            }
        } else {
            simple(statement);
        }
    }

    private void simple(Statement statement) {
        if (statement instanceof Statement.Import imports) {
            for (Node.Alias alias : imports.names()) {
                String bound = alias.asName() != null ? alias.asName() : firstPart(alias.name());
                String module = alias.asName() != null ? alias.name() : firstPart(alias.name());
                imported(bound, module, imports.end(), imports);
                scopes.addImport(alias.name(), Site.range(alias, scope));
            }
        } else if (statement instanceof Statement.ImportFrom from) {
            importFrom(from);
        } else if (statement instanceof Statement.Global global) {
            global.names().forEach(scope::declareGlobal);
        } else if (statement instanceof Statement.Nonlocal nonlocal) {
            nonlocal.names().forEach(scope::declareNonlocal);
        } else if (statement instanceof Statement.TypeAlias alias) {
            bind(Binding.Kind.OTHER, alias.name().id(), alias.end(), null);
        } else if (statement instanceof Statement.Delete delete) {
            for (Expression target : delete.targets()) {
                visit(target);
            }
        } else if (statement instanceof Statement.Damaged damaged) {
            damaged.expressions().forEach(this::visit);
            statements(damaged.body());
        } else {
            statement.forEachChild(this::visit);
        }
    }

    private void importFrom(Statement.ImportFrom from) {
        // A relative import is of the project's own; its name starts with a dot and so is in no table.
        String module = ".".repeat(from.level()) + (from.module() == null ? "" : from.module());
        String before = from.module() == null ? module : module + ".";
        for (Node.Alias alias : from.names()) {
            if (alias.name().equals("*")) {
                scope.importStar(module);
            } else {
                String bound = alias.asName() != null ? alias.asName() : alias.name();
                imported(bound, before + alias.name(), from.end(), from);
            }
            scopes.addImport(before + alias.name(), Site.range(alias, scope));
        }
    }

    static String firstPart(String dotted) {
        int dot = dotted.indexOf('.');
        return dot < 0 ? dotted : dotted.substring(0, dot);
    }

    private void function(Statement.FunctionDef function) {
        function.decorators().forEach(this::visit);
        parameterDefaults(function.parameters());
        define(Binding.Kind.FUNCTION, function.name(), function);
        Scope outer = scope;
        TextRange outerLoop = loop;
        scope = outer.child(Scope.Kind.FUNCTION, function);
        loop = null;
        scopes.put(function, scope);
        declarations(function.body());
        parameters(function.parameters());
        statements(function.body());
        scope = outer;
        loop = outerLoop;
    }

    /** Reads the global and nonlocal statements first: they hold for the whole function. */
    private void declarations(List<Statement> body) {
        for (Statement statement : body) {
            if (statement instanceof Statement.Global global) {
                global.names().forEach(scope::declareGlobal);
            } else if (statement instanceof Statement.Nonlocal nonlocal) {
                nonlocal.names().forEach(scope::declareNonlocal);
            } else if (!(statement instanceof Statement.FunctionDef) && !(statement instanceof Statement.ClassDef)) {
                statement.forEachChild(child -> {
                    if (child instanceof Statement nested) {
                        declarations(List.of(nested));
                    } else if (child instanceof Node.ExceptHandler handler) {
                        declarations(handler.body());
                    } else if (child instanceof Node.MatchCase matchCase) {
                        declarations(matchCase.body());
                    }
                });
            }
        }
    }

    private void type(Statement.ClassDef type) {
        type.decorators().forEach(this::visit);
        type.bases().forEach(this::visit);
        type.keywords().forEach(keyword -> visit(keyword.value()));
        define(Binding.Kind.CLASS, type.name(), type);
        Scope outer = scope;
        scope = outer.child(Scope.Kind.CLASS, type);
        scopes.put(type, scope);
        statements(type.body());
        scope = outer;
    }

    private void forLoop(Statement.For loopStatement) {
        visit(loopStatement.iterable());
        TextRange outer = enterLoop(loopStatement);
        iterate(
                loopStatement.target(),
                loopStatement.iterable(),
                loopStatement.iterable().end());
        statements(loopStatement.body());
        loop = outer;
        statements(loopStatement.orElse());
    }

    private @Nullable TextRange enterLoop(Statement statement) {
        TextRange outer = loop;
        loop = Site.range(statement, scope);
        return outer;
    }

    private void parameterDefaults(Node.Parameters parameters) {
        for (Node.Parameter parameter : parameters.list()) {
            if (parameter.defaultValue() != null) {
                visit(parameter.defaultValue());
            }
        }
    }

    private void parameters(Node.Parameters parameters) {
        for (Node.Parameter parameter : parameters.list()) {
            bind(Binding.Kind.PARAMETER, parameter.name(), parameter.end(), null);
        }
    }

    private void pattern(Pattern pattern) {
        if (pattern instanceof Pattern.MatchAs as && as.name() != null) {
            bind(Binding.Kind.OTHER, as.name(), as.end(), null);
        } else if (pattern instanceof Pattern.MatchStar star && star.name() != null) {
            bind(Binding.Kind.OTHER, star.name(), star.end(), null);
        } else if (pattern instanceof Pattern.MatchMapping mapping && mapping.rest() != null) {
            bind(Binding.Kind.OTHER, mapping.rest(), mapping.end(), null);
        }
        pattern.forEachChild(child -> {
            if (child instanceof Pattern nested) {
                pattern(nested);
            } else {
                visit(child);
            }
        });
    }

    /** Binds the names of an assignment target. */
    private void assign(Expression target, Expression value, int end) {
        if (target instanceof Expression.Name name) {
            bind(Binding.Kind.ASSIGNED, name.id(), end, value);
        } else if (target instanceof Expression.Tuple tuple) {
            unpack(tuple.elements(), value, end);
        } else if (target instanceof Expression.ListDisplay list) {
            unpack(list.elements(), value, end);
        } else if (target instanceof Expression.Attribute attribute) {
            visit(attribute.value());
            scopes.addAttribute(attribute, new Site(value, scope));
        } else if (target instanceof Expression.Subscript subscript
                && subscript.value() instanceof Expression.Name name
                && !(subscript.index() instanceof Expression.Slice)) {
            visit(target);
            addItem(name, value);
        } else {
            other(target, end);
        }
    }

    private void unpack(List<Expression> targets, Expression value, int end) {
        boolean starred = targets.stream().anyMatch(Expression.Starred.class::isInstance);
        for (int i = 0; i < targets.size(); i++) {
            if (!starred && targets.get(i) instanceof Expression.Name name) {
                bindElement(name.id(), end, value, i);
            } else {
                other(targets.get(i), end);
            }
        }
    }

    private void iterate(Expression target, Expression iterable, int end) {
        if (target instanceof Expression.Name name) {
            add(name.id(), iterated(name.id(), end, iterable, Binding.WHOLE));
        } else if (target instanceof Expression.Tuple tuple
                && tuple.elements().stream().noneMatch(Expression.Starred.class::isInstance)) {
            for (int i = 0; i < tuple.elements().size(); i++) {
                if (tuple.elements().get(i) instanceof Expression.Name name) {
                    add(name.id(), iterated(name.id(), end, iterable, i));
                } else {
                    other(tuple.elements().get(i), end);
                }
            }
        } else {
            other(target, end);
        }
    }

    /** Binds the names of a target to values of which nothing is known. */
    private void other(Expression target, int end) {
        if (target instanceof Expression.Name name) {
            bind(Binding.Kind.OTHER, name.id(), end, null);
        } else if (target instanceof Expression.Tuple || target instanceof Expression.ListDisplay) {
            target.forEachChild(child -> other((Expression) child, end));
        } else if (target instanceof Expression.Starred starred) {
            other(starred.value(), end);
        } else {
            visit(target);
        }
    }

    private void visit(Node node) {
        if (node instanceof Expression.Lambda lambda) {
            parameterDefaults(lambda.parameters());
            Scope outer = scope;
            scope = outer.child(Scope.Kind.LAMBDA, lambda);
            scopes.put(lambda, scope);
            parameters(lambda.parameters());
            visit(lambda.body());
            scope = outer;
        } else if (node instanceof Expression.Comprehended comprehended) {
            comprehension(comprehended, comprehended.generators(), comprehended.element(), null);
        } else if (node instanceof Expression.DictComp comprehended) {
            comprehension(comprehended, comprehended.generators(), comprehended.key(), comprehended.value());
        } else if (node instanceof Expression.NamedExpr named) {
            visit(named.value());
            if (named.target() instanceof Expression.Name name) {
                Scope outer = scope;
                scope.target(name.id())
                        .bind(new Binding(
                                Binding.Kind.ASSIGNED,
                                name.id(),
                                outer.base() + named.end(),
                                block,
                                loop,
                                outer,
                                named.value(),
                                null,
                                null,
                                0));
            }
        } else if (node instanceof Expression.Call call) {
            addedItem(call);
            scopes.addCall(call, scope);
            call.forEachChild(this::visit);
        } else if (node instanceof Statement statement) {
            statement(statement);
        } else {
            node.forEachChild(this::visit);
        }
    }

    /** Remembers {@code name.append(item)}, {@code name.add(item)} and {@code name.extend(items)}. */
    private void addedItem(Expression.Call call) {
        if (call.function() instanceof Expression.Attribute attribute
                && attribute.value() instanceof Expression.Name name
                && call.arguments().size() == 1) {
            Expression argument = call.arguments().get(0);
            switch (attribute.name()) {
                case "append", "appendleft", "add" -> addItem(name, argument);
                case "extend" -> addItem(name, starred(argument));
                default -> {
                    // Other methods put nothing in that is known.
                }
            }
        }
    }

    private void addItem(Expression.Name container, Expression item) {
        scope.owner(container.id()).append(container.id(), item, scope);
    }

    private static boolean isListDisplay(Expression expression) {
        return expression instanceof Expression.ListDisplay
                || (expression instanceof Expression.Comprehended comprehended
                        && comprehended.kind() == Expression.ComprehensionKind.LIST);
    }

    /** Returns the items of an iterable as one expression, as they stand in a display: {@code *items}. */
    private static Expression.Starred starred(Expression iterable) {
        return new Expression.Starred(iterable.start(), iterable.end(), iterable);
    }

    private void comprehension(
            Expression node, List<Node.Comprehension> generators, Expression element, @Nullable Expression value) {
        Scope outer = scope;
        Scope inner = outer.child(Scope.Kind.COMPREHENSION, node);
        scopes.put(node, inner);
        for (int i = 0; i < generators.size(); i++) {
            Node.Comprehension generator = generators.get(i);
            // The first iterable is evaluated outside: docs.python.org/3/reference/expressions.html#displays
            scope = i == 0 ? outer : inner;
            visit(generator.iterable());
            Scope iterableScope = scope;
            scope = inner;
            if (generator.target() instanceof Expression.Name name) {
                inner.bind(comprehended(name, generator, iterableScope, Site.range(node, outer), Binding.WHOLE));
            } else if (generator.target() instanceof Expression.Tuple tuple
                    && tuple.elements().stream().allMatch(Expression.Name.class::isInstance)) {
                for (int index = 0; index < tuple.elements().size(); index++) {
                    Expression.Name name = (Expression.Name) tuple.elements().get(index);
                    inner.bind(comprehended(name, generator, iterableScope, Site.range(node, outer), index));
                }
            } else {
                comprehensionTarget(generator.target(), inner);
            }
            generator.conditions().forEach(this::visit);
        }
        visit(element);
        if (value != null) {
            visit(value);
        }
        scope = outer;
    }

    private static Binding comprehended(
            Expression.Name name, Node.Comprehension generator, Scope iterableScope, TextRange whole, int index) {
        return new Binding(
                Binding.Kind.ITERATED,
                name.id(),
                whole.start(),
                whole,
                null,
                iterableScope,
                generator.iterable(),
                null,
                null,
                index);
    }

    private void comprehensionTarget(Expression target, Scope inner) {
        if (target instanceof Expression.Name name) {
            inner.bind(new Binding(
                    Binding.Kind.OTHER,
                    name.id(),
                    inner.base() + target.start(),
                    block,
                    null,
                    inner,
                    null,
                    null,
                    null,
                    0));
        } else if (target instanceof Expression.Tuple
                || target instanceof Expression.ListDisplay
                || target instanceof Expression.Starred) {
            target.forEachChild(child -> comprehensionTarget((Expression) child, inner));
        } else {
            visit(target);
        }
    }

    private void bind(Binding.Kind kind, String name, int end, @Nullable Expression value) {
        add(name, new Binding(kind, name, scope.base() + end, block, loop, scope, value, null, null, 0));
    }

    private Binding iterated(String name, int end, Expression iterable, int index) {
        int position = scope.base() + end;
        return new Binding(Binding.Kind.ITERATED, name, position, block, loop, scope, iterable, null, null, index);
    }

    private void bindElement(String name, int end, Expression value, int index) {
        add(
                name,
                new Binding(
                        Binding.Kind.UNPACKED, name, scope.base() + end, block, loop, scope, value, null, null, index));
    }

    private void define(Binding.Kind kind, String name, Statement definition) {
        int position = scope.base() + definition.start();
        add(name, new Binding(kind, name, position, block, loop, scope, null, definition, null, 0));
    }

    private void imported(String name, String qualified, int end, Statement statement) {
        int position = scope.base() + end;
        add(name, new Binding(Binding.Kind.IMPORT, name, position, block, loop, scope, null, statement, qualified, 0));
    }

    private void add(String name, Binding binding) {
        scope.target(name).bind(binding);
    }
}
