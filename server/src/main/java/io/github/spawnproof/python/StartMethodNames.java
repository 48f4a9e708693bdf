package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.boundary.StartMethodName;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the strings that name start methods: what contexts are asked for, and the value of Jina's variable. */
final class StartMethodNames {

    private static final List<String> WORDS = List.of("get_context", "set_start_method", "context", "start_method");

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final SetupEdits edits;
    private final List<StartMethodName> found = new ArrayList<>();
    private boolean tried;

    StartMethodNames(PythonTree tree, Evaluator evaluator, SetupEdits edits) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.edits = edits;
    }

    List<StartMethodName> find(List<List<Step>> walks) {
        String text = tree.source().text();
        if (WORDS.stream().anyMatch(text::contains)) {
            for (int i = 0; i < tree.statements().size(); i++) {
                visit(tree.statements().get(i).statement(), evaluator.scopes().topLevel(i));
            }
        }
        for (List<Step> walk : walks) {
            for (Step step : walk) {
                Site value = step.value();
                if (step.kind() == Step.Kind.JINA_VARIABLE && step.words().equals("os.environ") && value != null) {
                    names(value, BoundaryTable.JINA_VARIABLE, true, step.offset());
                }
            }
        }
        found.sort(Comparator.comparing(StartMethodName::range));
        return found;
    }

    private void visit(Node node, Scope scope) {
        boolean outer = tried;
        if (node instanceof Statement.Try tryStatement) {
            tried = outer || tryStatement.handlers().stream().anyMatch(handler -> catchesValueError(handler.type()));
            tryStatement.body().forEach(child -> visit(child, scope));
            tried = outer;
            tryStatement.handlers().forEach(child -> visit(child, scope));
            tryStatement.orElse().forEach(child -> visit(child, scope));
            tryStatement.finalBody().forEach(child -> visit(child, scope));
            return;
        }
        if (node instanceof Statement.With with) {
            tried = outer || with.items().stream().anyMatch(item -> suppresses(item.context(), scope));
        }
        if (node instanceof Expression.Call call) {
            call(call, scope);
        }
        evaluator.scopes().forEachChild(node, scope, this::visit);
        tried = outer;
    }

    private static boolean catchesValueError(@Nullable Expression type) {
        if (type instanceof Expression.Tuple tuple) {
            return tuple.elements().stream().anyMatch(StartMethodNames::catchesValueError);
        }
        return !(type instanceof Expression.Name name)
                || Set.of("ValueError", "Exception", "BaseException").contains(name.id());
    }

    private boolean suppresses(Expression manager, Scope scope) {
        return manager instanceof Expression.Call call
                && evaluator.evaluate(call.function(), scope) instanceof Value.Named named
                && named.name().equals("contextlib.suppress")
                && call.arguments().stream().anyMatch(StartMethodNames::catchesValueError);
    }

    private void call(Expression.Call call, Scope scope) {
        Optional<Boundary> row = evaluator.boundary(evaluator.evaluate(call.function(), scope));
        if (row.isEmpty()) {
            return;
        }
        for (Arguments.Argument argument : Arguments.of(row.get(), call, scope).list()) {
            if (argument.parameter().role() == Role.CONTEXT) {
                names(argument.site(), row.get().shortName(), false, scope.base() + call.start());
            }
        }
    }

    private void names(Site site, String api, boolean isOfJina, int place) {
        List<Site> literals = new ArrayList<>();
        if (!collect(site, literals, 0)) {
            return;
        }
        for (Site literal : literals) {
            TextRange range = literal.range();
            if (found.stream().anyMatch(name -> name.range().equals(range))) {
                continue;
            }
            Set<Target> absent = new HashSet<>(evaluator.limits().absentAt(place));
            absent.addAll(evaluator.limits().absentAt(range.start()));
            String text = ((Expression.Constant) literal.expression()).value();
            found.add(new StartMethodName(
                    range,
                    edits.content(range),
                    text,
                    api,
                    isOfJina,
                    tried,
                    StartMethodChoice.PLATFORM_DEFAULT.notOn(absent),
                    onLinuxOnly(literal, site)));
        }
    }

    /** Adds the string literals that an expression is one of; tells whether it surely is one. */
    private boolean collect(Site site, List<Site> literals, int level) {
        Expression expression = site.expression();
        if (expression instanceof Expression.Constant constant && constant.isString()) {
            literals.add(site);
            return true;
        } else if (expression instanceof Expression.IfExp choice) {
            return collect(new Site(choice.body(), site.scope()), literals, level + 1)
                    && collect(new Site(choice.orElse(), site.scope()), literals, level + 1);
        } else if (expression instanceof Expression.Name name && level < 8) {
            List<Binding> bindings =
                    evaluator.reaching(name.id(), site.scope(), site.range().start());
            for (Binding binding : bindings) {
                if (binding.kind() != Binding.Kind.ASSIGNED
                        || binding.value() == null
                        || !collect(new Site(binding.value(), binding.scope()), literals, level + 1)) {
                    return false;
                }
            }
            return !bindings.isEmpty();
        }
        return false;
    }

    private List<TextEdit> onLinuxOnly(Site literal, Site argument) {
        boolean direct = Site.isSame(literal.expression(), argument.expression());
        Optional<List<TextEdit>> imports = direct ? edits.importing("sys") : Optional.empty();
        if (imports.isEmpty()) {
            return List.of();
        }
        List<TextEdit> all = new ArrayList<>(imports.get());
        all.add(TextEdit.insert(
                literal.range().end(),
                " if sys.platform == %s else %s".formatted(edits.quoted("linux"), edits.quoted("spawn"))));
        return all;
    }
}
