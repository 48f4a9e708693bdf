package io.github.spawnproof.python;

import io.github.spawnproof.boundary.NoJson;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.Statement;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the edits that hand Jina what it can use: a class for an object or a file, plain data, a loaded configuration. */
final class ExecutorEdits {

    /** What Jina itself hands to the constructor; {@code uses_with} is for the rest. */
    private static final Set<String> GIVEN_BY_JINA =
            Set.of("metas", "requests", "runtime_args", "workspace", "dynamic_batching");

    /** Edits, and whether after them the program surely means what it meant. */
    record Mended(List<TextEdit> edits, boolean safe) {
        static final Mended NONE = new Mended(List.of(), false);
    }

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final JsonReader json;
    private final String fileName;

    ExecutorEdits(PythonTree tree, Evaluator evaluator, JsonReader json, String uri) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.json = json;
        this.fileName = uri.substring(uri.lastIndexOf('/') + 1);
    }

    /** Returns the edits that make {@code X(a=1)} the class, with what the constructor takes in {@code uses_with}. */
    Mended withClass(Expression.Call outer, Arguments.Argument argument) {
        Site site = argument.site();
        Node.Keyword keyword = keywordOf(outer, site.expression());
        if (keyword == null
                || !(site.expression() instanceof Expression.Call made)
                || isDamaged(site)
                || hasComment(made, site.scope())) {
            return Mended.NONE;
        }
        Optional<List<Given>> given = given(made, site.scope());
        boolean canTakeMore = argument.parameter().name().equals("uses")
                && outer.keywords().stream()
                        .allMatch(other -> other.name() != null && !other.name().equals("uses_with"));
        if (given.isEmpty() || (!given.get().isEmpty() && !canTakeMore)) {
            return Mended.NONE;
        }
        StringBuilder items = new StringBuilder();
        boolean safe = true;
        char quote = new Layout(tree).quote();
        for (Given one : given.get()) {
            Site value = new Site(one.value(), site.scope());
            if (json.what(value).isPresent() || !json.in(value).isEmpty()) {
                return Mended.NONE;
            }
            safe &= one.value() instanceof Expression.Constant;
            items.append(items.isEmpty() ? "" : ", ")
                    .append(quote)
                    .append(one.name())
                    .append(quote)
                    .append(": ")
                    .append(tree.source().slice(value.range()));
        }
        TextRange call = new TextRange(
                site.scope().base() + made.function().end(), site.range().end());
        String more = items.isEmpty() ? "" : ", uses_with={" + items + "}";
        return new Mended(List.of(TextEdit.replace(call, more)), safe);
    }

    /** An argument that the constructor is given, by the name of its parameter. */
    private record Given(String name, Expression value) {}

    /** Returns what a constructor call hands over; empty if Jina could not do the same. */
    private Optional<List<Given>> given(Expression.Call made, Scope scope) {
        List<Given> given = new ArrayList<>();
        List<String> positional = new ArrayList<>();
        Value type = evaluator.evaluate(made.function(), scope);
        if (type instanceof Value.ClassOf own) {
            Statement.FunctionDef constructor = constructor(own, 0);
            if (constructor != null) {
                List<Node.Parameter> list = constructor.parameters().list();
                // Jina hands over metas, requests and more besides.
                if (list.stream().noneMatch(parameter -> parameter.kind() == Node.ParameterKind.VAR_KEYWORD)) {
                    return Optional.empty();
                }
                list.stream()
                        .skip(1)
                        .filter(parameter -> parameter.kind() == Node.ParameterKind.POSITIONAL_OR_KEYWORD)
                        .forEach(parameter -> positional.add(parameter.name()));
            }
        } else if (!(type instanceof Value.Named)) {
            return Optional.empty();
        }
        for (int i = 0; i < made.arguments().size(); i++) {
            if (i >= positional.size() || made.arguments().get(i) instanceof Expression.Starred) {
                return Optional.empty();
            }
            given.add(new Given(positional.get(i), made.arguments().get(i)));
        }
        for (Node.Keyword keyword : made.keywords()) {
            if (keyword.name() == null || GIVEN_BY_JINA.contains(keyword.name())) {
                return Optional.empty();
            }
            given.add(new Given(keyword.name(), keyword.value()));
        }
        return Optional.of(given);
    }

    private Statement.@Nullable FunctionDef constructor(Value.ClassOf type, int depth) {
        for (Binding binding : type.scope().bindings("__init__")) {
            if (binding.definition() instanceof Statement.FunctionDef function) {
                return function;
            }
        }
        Scope outside = type.scope().parent();
        for (Expression base : type.definition().bases()) {
            if (outside != null && depth < 20 && evaluator.evaluate(base, outside) instanceof Value.ClassOf own) {
                Statement.FunctionDef inherited = constructor(own, depth + 1);
                if (inherited != null) {
                    return inherited;
                }
            }
        }
        return null;
    }

    /** Returns the edit that names the class in place of the Python file that it is in, if the file at hand tells. */
    List<TextEdit> withClassOf(PathText file, Site site) {
        List<String> names = new ArrayList<>();
        String text = file.end().strip();
        String name = text.substring(text.lastIndexOf('/') + 1);
        if (file.isThisFile() || (file.whole() && name.equals(fileName))) {
            for (TopLevel topLevel : tree.statements()) {
                if (topLevel.statement() instanceof Statement.ClassDef type
                        && evaluator.derivesFrom(
                                new Value.ClassOf(type, evaluator.scopes().of(type)), "jina.Executor")) {
                    names.add(type.name());
                }
            }
        } else if (file.whole()) {
            String module = name.substring(0, name.length() - ".py".length());
            for (Scopes.Import imported : evaluator.scopes().imports()) {
                String last = imported.name().substring(imported.name().lastIndexOf('.') + 1);
                boolean isClass = !last.isEmpty() && Character.isUpperCase(last.charAt(0));
                boolean fromModule = imported.name().equals(module + "." + last)
                        || imported.name().endsWith("." + module + "." + last);
                if (isClass && fromModule && isBoundTo(last, imported.name())) {
                    names.add(last);
                }
            }
        }
        return names.size() == 1 && !isDamaged(site)
                ? List.of(TextEdit.replace(site.range(), names.get(0)))
                : List.of();
    }

    private boolean isBoundTo(String name, String imported) {
        List<Binding> bindings = evaluator.scopes().module().bindings(name);
        return bindings.size() == 1 && imported.equals(bindings.get(0).imported());
    }

    /** Returns the edits that make plain data of a value. */
    List<TextEdit> asPlainData(Site site, NoJson what) {
        int at = what.plain().indexOf('#');
        if (at < 0 || isDamaged(site)) {
            return List.of();
        }
        TextRange range = site.range();
        Expression expression = site.expression();
        boolean generator = expression instanceof Expression.Comprehended comprehended
                && comprehended.kind() == Expression.ComprehensionKind.GENERATOR;
        if (generator && what.plain().equals("list(#)")) {
            return List.of(TextEdit.insert(range.start(), "list"));
        }
        List<TextEdit> edits = new ArrayList<>();
        if (at > 0) {
            edits.add(TextEdit.insert(range.start(), what.plain().substring(0, at)));
        }
        if (at + 1 < what.plain().length()) {
            edits.add(TextEdit.insert(range.end(), what.plain().substring(at + 1)));
        }
        return edits;
    }

    /** Returns the edits that make {@code Flow(uses=x)} a {@code Flow.load_config(x)}, if it says nothing else. */
    List<TextEdit> loaded(Expression.Call call, Scope scope, Arguments.Argument argument, List<PathText> texts) {
        Site site = argument.site();
        Node.Keyword keyword = keywordOf(call, site.expression());
        boolean alone = call.arguments().isEmpty() && call.keywords().size() == 1;
        boolean isText = texts.stream().noneMatch(PathText::isObject);
        if (keyword == null || !alone || !isText || isDamaged(site)) {
            return List.of();
        }
        int base = scope.base();
        return List.of(
                TextEdit.insert(base + call.function().end(), ".load_config"),
                TextEdit.delete(new TextRange(base + keyword.start(), base + valueStart(keyword, base))));
    }

    /** Returns the position behind the equals sign of a keyword argument, relative to the base. */
    private int valueStart(Node.Keyword keyword, int base) {
        String text = tree.source().text();
        int at = text.indexOf('=', base + keyword.start()) + 1;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at - base;
    }

    private static Node.@Nullable Keyword keywordOf(Expression.Call call, Expression value) {
        for (Node.Keyword keyword : call.keywords()) {
            if (Site.isSame(keyword.value(), value)) {
                return keyword;
            }
        }
        return null;
    }

    private boolean hasComment(Expression.Call call, Scope scope) {
        TextRange range = Site.range(call, scope);
        return tree.comments().stream().anyMatch(range::contains);
    }

    private boolean isDamaged(Site site) {
        return tree.statements().stream()
                .filter(topLevel -> topLevel.offset() == site.scope().base())
                .anyMatch(TopLevel::damaged);
    }
}
