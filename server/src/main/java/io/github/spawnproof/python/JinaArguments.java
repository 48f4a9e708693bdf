package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Boundary;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.boundary.NoJson;
import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.python.syntax.PythonTree;
import io.github.spawnproof.python.syntax.TopLevel;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds arguments of library calls that cannot do what they are there for, by the roles in the table. */
final class JinaArguments {

    /** Files that Jina takes for YAML: {@code hubble.executor.helper} and {@code jaml.helper.parse_config_source}. */
    private static final Pattern YAML_START = Pattern.compile("[/\\w\\-.]*", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern YAML_END =
            Pattern.compile("(?:.*/)?[/\\w\\-.]*.ya?ml", Pattern.UNICODE_CHARACTER_CLASS);

    /** YAML text: {@code parse_config_source} looks at its first word only. */
    private static final Pattern YAML_TEXT = Pattern.compile("\\s*(?:!|jtype).*", Pattern.DOTALL);

    private static final Pattern MODULES_IN_YAML =
            Pattern.compile("(?m)^[ \\t]*py_modules:[ \\t]*(.*)$((?:\\R[ \\t]*-[ \\t]+.*$)*)");
    private static final Pattern YAML_SCALAR = Pattern.compile("[^\\s\\[\\],'\"#-][^\\s\\[\\],'\"#]*");

    private static final Set<String> RUN_CLASSES = Set.of("jina.Executor", "jina.Gateway");
    private static final Set<String> CERTIFICATES = Set.of("ssl_certfile", "ssl_keyfile");

    private final PythonTree tree;
    private final Evaluator evaluator;
    private final PathReader paths;
    private final JsonReader json;
    private final FolderEdits folders;
    private final ExecutorEdits executors;
    private final boolean isNotebook;
    private final TreeMap<TextRange, LibraryArgument> found = new TreeMap<>();

    /** A call and what its row says. */
    private record Known(Expression.Call call, Scope scope, Value callee, Boundary row, Arguments arguments) {}

    JinaArguments(PythonTree tree, Evaluator evaluator, String uri) {
        this.tree = tree;
        this.evaluator = evaluator;
        this.paths = new PathReader(evaluator);
        this.json = new JsonReader(tree, evaluator);
        this.folders = new FolderEdits(tree, evaluator);
        this.executors = new ExecutorEdits(tree, evaluator, json, uri);
        // In a notebook there is no __file__.
        this.isNotebook = uri.contains(".ipynb") || uri.startsWith("vscode-notebook-cell:");
    }

    /** Returns the arguments in the order of the text. */
    List<LibraryArgument> find(CancelToken cancel) {
        for (int i = 0; i < tree.statements().size(); i++) {
            cancel.check();
            TopLevel topLevel = tree.statements().get(i);
            visit(topLevel.statement(), evaluator.scopes().topLevel(i));
        }
        return List.copyOf(found.values());
    }

    private void visit(Node node, Scope scope) {
        if (node instanceof Expression.Call call) {
            call(call, scope);
        }
        evaluator.scopes().forEachChild(node, scope, this::visit);
    }

    private void call(Expression.Call call, Scope scope) {
        Known known = null;
        for (Value callee : evaluator.evaluate(call.function(), scope).alternatives()) {
            if (callee.isNone()) {
                continue;
            }
            Optional<Boundary> row = evaluator.boundary(callee);
            // Of several possible calls, only one and the same row is certain.
            if (row.isEmpty() || (known != null && !known.row().equals(row.get()))) {
                return;
            }
            known = new Known(call, scope, callee, row.get(), Arguments.of(row.get(), call, scope));
        }
        if (known != null) {
            for (Arguments.Argument argument : known.arguments().list()) {
                Role role = argument.parameter().role();
                if (role != null) {
                    argument(known, argument, role);
                }
            }
        }
    }

    private void argument(Known known, Arguments.Argument argument, Role role) {
        Site site = argument.site();
        switch (role) {
            case EXECUTOR -> executor(known, argument);
            case MODULES -> {
                if (!hasSearchPaths(known)) {
                    items(site)
                            .forEach(
                                    item -> path(known, argument, item, Problem.RELATIVE_IN_CHILD, this::isModuleFile));
                }
            }
            case SEARCH_PATHS ->
                items(site).forEach(item -> path(known, argument, item, Problem.RELATIVE_IN_CHILD, text -> true));
            case PATH -> path(known, argument, site, Problem.RELATIVE, JinaArguments::looksLikeFile);
            case LOG_CONFIG ->
                path(
                        known,
                        argument,
                        site,
                        Problem.RELATIVE,
                        text -> text.start().contains("/") || isYamlFile(text));
            case VOLUMES -> items(site).forEach(item -> volume(known, argument, item));
            case SERVER_OPTIONS -> {
                json(known, argument);
                certificates(known, argument);
            }
            case JSON -> json(known, argument);
            case IGNORED -> ignored(known, argument);
            default -> {
                // Other roles are for those who look at starts and crossings.
            }
        }
    }

    // Paths

    private void path(
            Known known, Arguments.Argument argument, Site site, Problem problem, Predicate<PathText> isPath) {
        List<PathText> texts = paths.read(site);
        if (texts.stream().allMatch(text -> text.isRelative() && isPath.test(text))) {
            add(known, argument, site, problem, shown(texts), edits(site), false);
        }
    }

    private List<TextEdit> edits(Site site) {
        return isNotebook ? List.of() : folders.of(site);
    }

    private static String shown(List<PathText> texts) {
        PathText first = texts.get(0);
        return first.whole() && texts.size() == 1 ? first.start() : "";
    }

    /** Returns the entries of a list, or the expression itself if it is none. */
    private List<Site> items(Site site) {
        if (site.expression() instanceof Expression.ListDisplay list) {
            return list.elements().stream()
                    .map(item -> new Site(item, site.scope()))
                    .toList();
        }
        if (site.expression() instanceof Expression.Name name) {
            List<Binding> bindings =
                    evaluator.reaching(name.id(), site.scope(), site.range().start());
            if (bindings.size() == 1
                    && bindings.get(0).kind() == Binding.Kind.ASSIGNED
                    && bindings.get(0).value() instanceof Expression.ListDisplay list) {
                return items(new Site(list, bindings.get(0).scope()));
            }
        }
        return List.of(site);
    }

    /** Tells whether the child is given folders to look in that may be absolute: then relative paths are found. */
    private boolean hasSearchPaths(Known known) {
        Value receiver = known.callee() instanceof Value.LibraryMethod method ? method.receiver() : known.callee();
        List<Arguments.Argument> all = new ArrayList<>(known.arguments().list());
        Site origin = receiver instanceof Value.Instance instance ? instance.origin() : null;
        if (origin != null && origin.expression() instanceof Expression.Call call) {
            evaluator
                    .boundary(evaluator.evaluate(call.function(), origin.scope()))
                    .ifPresent(row ->
                            all.addAll(Arguments.of(row, call, origin.scope()).list()));
        }
        return all.stream()
                .filter(argument -> argument.parameter().role() == Role.SEARCH_PATHS)
                .flatMap(argument -> items(argument.site()).stream())
                .flatMap(item -> paths.read(item).stream())
                .anyMatch(text -> !text.isRelative());
    }

    private boolean isModuleFile(PathText text) {
        return text.end().endsWith(".py")
                || text.start().contains("/")
                || text.end().contains("/");
    }

    private static boolean isYamlFile(PathText text) {
        return YAML_START.matcher(text.start().strip()).matches()
                && YAML_END.matcher(text.end().strip()).matches();
    }

    private static boolean looksLikeFile(PathText text) {
        return !YAML_TEXT.matcher(text.start()).matches()
                && (text.start().contains(".")
                        || text.start().contains("/")
                        || text.end().contains("."));
    }

    private void volume(Known known, Arguments.Argument argument, Site site) {
        List<PathText> texts = paths.read(site);
        boolean relative = texts.stream().allMatch(text -> {
            int colon = text.start().indexOf(':');
            String host = colon < 0 ? text.start() : text.start().substring(0, colon);
            return !text.isAbsolute() && PathText.of(host).isRelative();
        });
        if (relative) {
            add(known, argument, site, Problem.RELATIVE, shown(texts), edits(site), false);
        }
    }

    private void certificates(Known known, Arguments.Argument argument) {
        if (argument.site().expression() instanceof Expression.Dict dict) {
            for (int i = 0; i < dict.values().size(); i++) {
                if (dict.keys().get(i) instanceof Expression.Constant key && CERTIFICATES.contains(key.value())) {
                    Site site = new Site(dict.values().get(i), argument.site().scope());
                    path(known, argument, site, Problem.RELATIVE, text -> true);
                }
            }
        }
    }

    // What a child runs

    private void executor(Known known, Arguments.Argument argument) {
        Site site = argument.site();
        List<Value> values = evaluator.evaluate(site).alternatives();
        if (values.stream().allMatch(this::isRunObject)) {
            ExecutorEdits.Mended mended = executors.withClass(known.call(), argument);
            add(known, argument, site, Problem.INSTANCE, "", mended.edits(), mended.safe());
            return;
        }
        if (site.expression() instanceof Expression.Dict dict) {
            modulesOf(known, argument, dict, site.scope());
            return;
        }
        List<PathText> texts = paths.read(site);
        if (texts.stream().allMatch(JinaArguments::isPythonFile)) {
            List<TextEdit> edits = texts.size() == 1 ? executors.withClassOf(texts.get(0), site) : List.of();
            add(known, argument, site, Problem.PYTHON_FILE, shown(texts), edits, false);
        } else if (!hasSearchPaths(known)) {
            path(known, argument, site, Problem.RELATIVE_IN_CHILD, JinaArguments::isYamlFile);
            if (texts.size() == 1
                    && texts.get(0).whole()
                    && YAML_TEXT.matcher(texts.get(0).start()).matches()) {
                modulesOfText(known, argument, texts.get(0).start());
            }
        }
    }

    private boolean isRunObject(Value value) {
        return value instanceof Value.Instance instance
                && RUN_CLASSES.stream().anyMatch(base -> evaluator.derivesFrom(instance.type(), base));
    }

    /** Tells whether Jina takes the text for a Python file's name: nothing before it means that it is fetched. */
    private static boolean isPythonFile(PathText text) {
        return text.end().strip().endsWith(".py") && (text.isRelative() || text.isAbsolute());
    }

    private void modulesOf(Known known, Arguments.Argument argument, Expression.Dict dict, Scope scope) {
        if (hasSearchPaths(known)) {
            return;
        }
        for (int i = 0; i < dict.values().size(); i++) {
            if (dict.keys().get(i) instanceof Expression.Constant key) {
                Site value = new Site(dict.values().get(i), scope);
                if (key.value().equals("metas") && value.expression() instanceof Expression.Dict metas) {
                    modulesOf(known, argument, metas, scope);
                } else if (key.value().equals("py_modules")) {
                    items(value)
                            .forEach(
                                    item -> path(known, argument, item, Problem.RELATIVE_IN_CHILD, this::isModuleFile));
                }
            }
        }
    }

    private void modulesOfText(Known known, Arguments.Argument argument, String yaml) {
        Matcher matcher = MODULES_IN_YAML.matcher(yaml);
        while (matcher.find()) {
            Matcher scalar = YAML_SCALAR.matcher(matcher.group(1) + matcher.group(2));
            while (scalar.find()) {
                PathText text = PathText.of(scalar.group());
                if (text.isRelative() && isModuleFile(text)) {
                    add(known, argument, argument.site(), Problem.RELATIVE_IN_CHILD, text.start(), List.of(), false);
                }
            }
        }
    }

    // Values

    private void json(Known known, Arguments.Argument argument) {
        for (JsonReader.Culprit culprit : json.in(argument.site())) {
            NoJson what = culprit.what();
            List<TextEdit> edits = executors.asPlainData(culprit.site(), what);
            add(known, argument, culprit.site(), Problem.NOT_JSON, what.words(), edits, false);
        }
    }

    private void ignored(Known known, Arguments.Argument argument) {
        Site site = argument.site();
        boolean text = paths.read(site).stream().allMatch(path -> path.whole() || path.anchored() || path.isRelative());
        boolean value = evaluator.evaluate(site).alternatives().stream()
                .allMatch(one -> one instanceof Value.ClassOf
                        || one instanceof Value.Instance
                        || (one instanceof Value.Named named
                                && evaluator.table().isClass(named.name())));
        if (text || value || site.expression() instanceof Expression.Dict) {
            // AsyncFlow.load_config makes a Flow, and refuses it for that (Jina 3.34).
            boolean loads = known.row().name().equals("jina.Flow");
            List<TextEdit> edits = loads && (text || site.expression() instanceof Expression.Dict)
                    ? executors.loaded(known.call(), known.scope(), argument, paths.read(site))
                    : List.of();
            add(known, argument, site, Problem.IGNORED, "", edits, false);
        }
    }

    private void add(
            Known known,
            Arguments.Argument argument,
            Site site,
            Problem problem,
            String words,
            List<TextEdit> edits,
            boolean safe) {
        TextRange range = firstLine(site.range());
        List<Related> related = new ArrayList<>();
        if (!Site.range(known.call(), known.scope()).contains(range)) {
            related.add(new Related(
                    Callees.nameRange(known.call().function(), known.scope()),
                    "`%s` is given it here".formatted(known.row().shortName())));
        }
        LibraryArgument fact = new LibraryArgument(
                known.row().shortName(),
                argument.parameter().name(),
                range,
                problem,
                words,
                evaluator.choice(known.row(), known.callee(), known.arguments()),
                related,
                edits,
                safe,
                evaluator.fragment().assumed(known.row().name()));
        found.putIfAbsent(range, fact);
    }

    private TextRange firstLine(TextRange range) {
        int end = tree.source().lineEnd(range.start());
        return end < range.end() ? new TextRange(range.start(), end) : range;
    }
}
