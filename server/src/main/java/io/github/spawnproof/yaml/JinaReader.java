package io.github.spawnproof.yaml;

import io.github.spawnproof.boundary.ConfigurationKey;
import io.github.spawnproof.boundary.FileReference;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.LibraryArgument.Problem;
import io.github.spawnproof.boundary.PathForm;
import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads Jina's configuration: Flow, Deployment, Gateway and Executor files, told apart by {@code jtype} or tag. What is
 * loaded where is in {@code jina.jaml}: {@code load_config}, {@code load_py_modules}, {@code parsers}.
 */
final class JinaReader {

    private static final Set<String> FLOWS = Set.of("Flow", "AsyncFlow");
    private static final String DEPLOYMENT = "Deployment";
    private static final String GATEWAY = "gateway";
    private static final String MODULES = "py_modules";
    private static final Set<String> EXECUTORS = Set.of("uses", "uses_before", "uses_after");
    private static final Set<String> CERTIFICATES = Set.of("ssl_certfile", "ssl_keyfile");

    private static final int MAX_DEPTH = 30;
    /** Files to look for; each is compared with all files of the project. */
    private static final int MAX_NAMED = 200;

    // Importing Jina takes fork on macOS, if nothing else is chosen.
    private static final StartMethodChoice CHOICE = new StartMethodChoice(false, Set.of(), true);

    private final ProjectFiles project;
    private final TreeMap<TextRange, LibraryArgument> arguments = new TreeMap<>();
    private final TreeMap<TextRange, ConfigurationKey> keys = new TreeMap<>();
    private final TreeMap<TextRange, FileReference> files = new TreeMap<>();
    private final List<Named> named = new ArrayList<>();

    /** A mapping of arguments and whose they are. */
    private record Arguments(String api, YamlNode.Mapping mapping, boolean searched) {}

    /** A file that is named, and may be missing. */
    private record Named(String api, String key, YamlNode.Scalar scalar) {}

    JinaReader(ProjectFiles project) {
        this.project = project;
    }

    List<LibraryArgument> arguments() {
        return List.copyOf(arguments.values());
    }

    List<ConfigurationKey> keys() {
        return List.copyOf(keys.values());
    }

    List<FileReference> files() {
        return List.copyOf(files.values());
    }

    /** Reads a document; returns whether it is Jina's. */
    boolean read(YamlNode document) {
        if (!(document instanceof YamlNode.Mapping mapping) || type(mapping).isEmpty()) {
            return false;
        }
        String type = type(mapping);
        if (FLOWS.contains(type)) {
            flow(type, mapping);
        } else if (type.equals(DEPLOYMENT)) {
            deployment(mapping, false);
        } else {
            executor(mapping);
        }
        missing();
        return true;
    }

    private static String type(YamlNode.Mapping mapping) {
        return mapping.tag().isEmpty() ? mapping.text("jtype") : mapping.tag();
    }

    // The kinds of files

    private void flow(String type, YamlNode.Mapping flow) {
        YamlNode.Mapping with = mapping(flow, "with").orElse(null);
        boolean searched = with != null && isSearched(with);
        loadedInParent(type, flow, 0);
        if (with != null) {
            // A Flow takes no uses for itself, and hands all the rest on.
            options(new Arguments(type, with, searched));
        }
        mapping(flow, GATEWAY).ifPresent(gateway -> given(new Arguments(GATEWAY, gateway, searched)));
        for (String key : List.of("executors", "deployments", "pods")) {
            if (flow.get(key).orElse(null) instanceof YamlNode.Sequence entries) {
                for (YamlNode entry : entries.items()) {
                    entry(type, key, entry, searched);
                }
            }
        }
    }

    private void entry(String type, String key, YamlNode entry, boolean searched) {
        if (entry instanceof YamlNode.Scalar scalar && PathForm.isYamlFile(scalar.value())) {
            if (searched) {
                refer(scalar);
            } else {
                path(type, key, scalar);
            }
        } else if (entry instanceof YamlNode.Mapping mapping) {
            if (type(mapping).equals(DEPLOYMENT)) {
                deployment(mapping, searched);
            } else {
                given(new Arguments(type, mapping, searched));
            }
        }
    }

    private void deployment(YamlNode.Mapping deployment, boolean searched) {
        loadedInParent(DEPLOYMENT, deployment, 0);
        mapping(deployment, "with").ifPresent(with -> given(new Arguments(DEPLOYMENT, with, searched)));
    }

    /** An Executor or a Gateway: its modules are looked for beside the file first, so that they may be relative. */
    private void executor(YamlNode.Mapping executor) {
        List<YamlNode.Mapping> places = new ArrayList<>(List.of(executor));
        mapping(executor, "metas").ifPresent(places::add);
        for (YamlNode.Mapping place : places) {
            for (YamlNode.Scalar module : modulesOf(place)) {
                name("Executor", MODULES, module);
            }
        }
    }

    private static Optional<YamlNode.Mapping> mapping(YamlNode.Mapping parent, String key) {
        return parent.get(key).filter(YamlNode.Mapping.class::isInstance).map(YamlNode.Mapping.class::cast);
    }

    // Modules

    private List<YamlNode.Scalar> modulesOf(YamlNode.Mapping mapping) {
        YamlNode.Entry entry = mapping.byKey().get(MODULES);
        if (entry == null) {
            return List.of();
        }
        key(entry);
        return YamlNode.scalars(entry.value()).stream()
                .filter(module -> PathForm.isModuleFile(module.value()))
                .toList();
    }

    private void modules(Arguments given) {
        if (isSearched(given)) {
            return;
        }
        for (YamlNode.Scalar module : modulesOf(given.mapping())) {
            path(given.api(), MODULES, module);
        }
    }

    /**
     * Finds the modules that {@code load_py_modules} loads in the parent, which looks into mappings and not into lists:
     * the classes in them are registered there, and no spawned child can import them.
     */
    private void loadedInParent(String api, YamlNode.Mapping mapping, int depth) {
        List<YamlNode.Scalar> modules = modulesOf(mapping);
        List<String> all = modules.stream().map(YamlNode.Scalar::value).toList();
        for (YamlNode.Scalar module : modules) {
            name(api, MODULES, module);
            if (isPlainPath(module.value()) && !project.mayBeOnPath(module.value(), all)) {
                add(api, MODULES, module, Problem.UNIMPORTABLE, moduleName(module.value()), List.of());
            }
        }
        for (YamlNode.Entry entry : mapping.byKey().values()) {
            if (depth < MAX_DEPTH && entry.value() instanceof YamlNode.Mapping inner) {
                loadedInParent(api, inner, depth + 1);
            }
        }
    }

    /** Returns the name that Jina imports the file by: {@code jina.importer._path_import}. */
    private static String moduleName(String path) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String name = file.endsWith(".py") ? file.substring(0, file.length() - 3) : file;
        return name.equals("__init__") ? "user_module" : name;
    }

    // Arguments

    private void given(Arguments given) {
        for (String key : EXECUTORS) {
            YamlNode.Entry entry = given.mapping().byKey().get(key);
            if (entry != null) {
                key(entry);
                run(given, key, entry.value());
            }
        }
        modules(given);
        options(given);
    }

    private void run(Arguments given, String key, YamlNode value) {
        if (value instanceof YamlNode.Mapping inline) {
            // In a Flow it is the child that loads it; in a Deployment its modules have been found already.
            if (!given.api().equals(DEPLOYMENT) && !given.api().equals(GATEWAY)) {
                modules(new Arguments(given.api(), inline, isSearched(given)));
                mapping(inline, "metas")
                        .ifPresent(metas -> modules(new Arguments(given.api(), metas, isSearched(given))));
            }
        } else if (value instanceof YamlNode.Scalar scalar) {
            if (PathForm.isPythonFile(scalar.value()) && isPlainPath(scalar.value())) {
                add(given.api(), key, scalar, Problem.PYTHON_FILE, scalar.value(), List.of());
            } else if (PathForm.isYamlFile(scalar.value()) && !isSearched(given)) {
                path(given.api(), key, scalar);
            } else if (PathForm.isYamlFile(scalar.value())) {
                refer(scalar);
            }
        }
    }

    private void options(Arguments given) {
        for (YamlNode.Entry entry : given.mapping().byKey().values()) {
            String key = entry.key().value();
            switch (key) {
                case "extra_search_paths" -> {
                    key(entry);
                    YamlNode.scalars(entry.value()).forEach(folder -> relative(given.api(), key, folder));
                }
                case "volumes" -> {
                    key(entry);
                    YamlNode.scalars(entry.value()).forEach(volume -> volume(given.api(), volume));
                }
                case "log_config" -> {
                    key(entry);
                    YamlNode.scalars(entry.value()).stream()
                            .filter(config -> config.value().contains("/") || PathForm.isYamlFile(config.value()))
                            .forEach(config -> path(given.api(), key, config));
                }
                case "ssl_certfile", "ssl_keyfile" -> {
                    key(entry);
                    YamlNode.scalars(entry.value()).forEach(file -> relative(given.api(), key, file));
                }
                case "uvicorn_kwargs" -> {
                    if (entry.value() instanceof YamlNode.Mapping server) {
                        for (String certificate : CERTIFICATES) {
                            server.get(certificate)
                                    .ifPresent(file -> YamlNode.scalars(file)
                                            .forEach(one -> relative(given.api(), certificate, one)));
                        }
                    }
                }
                default -> {
                    // Names and data.
                }
            }
        }
    }

    private static boolean isSearched(Arguments given) {
        return given.searched() || isSearched(given.mapping());
    }

    /** Tells whether files are looked for in folders that may be absolute: then relative paths are found. */
    private static boolean isSearched(YamlNode.Mapping mapping) {
        return mapping.get("extra_search_paths").stream()
                .flatMap(folders -> YamlNode.scalars(folders).stream())
                .anyMatch(folder -> !PathForm.isRelative(folder.value()));
    }

    private void volume(String api, YamlNode.Scalar volume) {
        int colon = volume.value().indexOf(':');
        String host = colon < 0 ? volume.value() : volume.value().substring(0, colon);
        // One letter before the colon is a drive of Windows.
        if (PathForm.isRelative(host) && colon != 1 && !host.startsWith("~") && isOneLine(volume)) {
            add(api, "volumes", volume, Problem.RELATIVE, volume.value(), List.of());
        }
    }

    private void relative(String api, String key, YamlNode.Scalar scalar) {
        if (isPlainPath(scalar.value()) && PathForm.isRelative(scalar.value())) {
            add(api, key, scalar, Problem.RELATIVE, scalar.value(), List.of());
        }
    }

    private void path(String api, String key, YamlNode.Scalar scalar) {
        name(api, key, scalar);
        relative(api, key, scalar);
    }

    /** Tells whether the text is what Jina sees: it replaces variables by the environment's and the context's. */
    private static boolean isPlainPath(String text) {
        return !text.contains("$") && !text.contains("{") && !text.contains("\n") && !text.contains("://");
    }

    private static boolean isOneLine(YamlNode.Scalar scalar) {
        return !scalar.value().contains("\n");
    }

    // Facts

    private void key(YamlNode.Entry entry) {
        TextRange range = entry.key().range();
        TextRange value = entry.value() instanceof YamlNode.Scalar scalar ? scalar.range() : range;
        keys.putIfAbsent(range, new ConfigurationKey(range, entry.key().value(), value));
    }

    private void refer(YamlNode.Scalar scalar) {
        if (isPlainPath(scalar.value()) && scalar.isVerbatim()) {
            files.putIfAbsent(scalar.range(), new FileReference(scalar.range(), scalar.value()));
        }
    }

    /** Notes a file that is looked for in the project alone. */
    private void name(String api, String key, YamlNode.Scalar scalar) {
        refer(scalar);
        boolean relative = isPlainPath(scalar.value()) && PathForm.isRelative(scalar.value());
        if (relative && scalar.isVerbatim() && named.size() < MAX_NAMED) {
            named.add(new Named(api, key, scalar));
        }
    }

    /**
     * Reports files that the project has not, once something shows that the configuration is in use and not a snippet:
     * another of its files is there, or one whose name is nearly the same.
     */
    private void missing() {
        boolean inUse =
                named.stream().anyMatch(one -> project.isNear(one.scalar().value()));
        for (Named one : named) {
            String path = one.scalar().value();
            if (project.lacks(path)) {
                Optional<String> meant = project.similar(path);
                if (inUse || meant.isPresent()) {
                    List<TextEdit> edits = meant.map(file ->
                                    List.of(TextEdit.replace(one.scalar().range(), file)))
                            .orElse(List.of());
                    arguments.remove(one.scalar().range());
                    add(one.api(), one.key(), one.scalar(), Problem.MISSING, meant.orElse(""), edits);
                }
            }
        }
        named.clear();
    }

    private void add(
            String api, String key, YamlNode.Scalar scalar, Problem problem, String words, List<TextEdit> edits) {
        TextRange range = scalar.range();
        if (scalar.isVerbatim() && !range.isEmpty()) {
            arguments.putIfAbsent(
                    range, new LibraryArgument(api, key, range, problem, words, CHOICE, List.of(), edits, false, null));
        }
    }
}
