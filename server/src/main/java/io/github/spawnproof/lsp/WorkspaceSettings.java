package io.github.spawnproof.lsp;

import io.github.spawnproof.project.Project;
import io.github.spawnproof.project.Settings;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.workspace.FoundProject;
import io.github.spawnproof.workspace.Overrides;
import io.github.spawnproof.workspace.ProjectFinder;
import io.github.spawnproof.workspace.SettingsLayer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings that the command line has too: files from the document's folder upward, over the editor's. */
public final class WorkspaceSettings implements SettingsSource {

    private final Supplier<RuleCatalog> catalog;
    private final Optional<Path> cacheFolder;
    private Optional<ProjectFinder> finder = Optional.empty();

    /**
     * Makes a source that has read nothing.
     *
     * @param catalog the rules that settings may name; called when the first file's settings are asked for
     */
    public WorkspaceSettings(Supplier<RuleCatalog> catalog) {
        this(catalog, Optional.empty());
    }

    /**
     * Makes a source that has read nothing.
     *
     * @param cacheFolder where to keep what was found out about projects
     */
    public WorkspaceSettings(Supplier<RuleCatalog> catalog, Optional<Path> cacheFolder) {
        this.catalog = catalog;
        this.cacheFolder = cacheFolder;
    }

    @Override
    public Optional<Path> cacheFolder() {
        return cacheFolder;
    }

    @Override
    public Project projectOf(Optional<Path> file, Settings editor) {
        return find(file, editor).project();
    }

    @Override
    public FoundProject find(Optional<Path> file, Settings editor) {
        if (file.isEmpty()) {
            return SettingsSource.editorOnly().find(file, editor);
        }
        Path folder = Optional.ofNullable(file.get().getParent()).orElse(file.get());
        return find(file.get(), folder, editor);
    }

    @Override
    public FoundProject find(Path file, Path base, Settings editor) {
        return finder().find(file, Overrides.ofEditor(SettingsLayer.of(editor), base));
    }

    @Override
    public boolean isExcluded(Path path, boolean folder, Path base, Settings editor) {
        return finder().isExcluded(path, folder, Overrides.ofEditor(SettingsLayer.of(editor), base));
    }

    private synchronized ProjectFinder finder() {
        if (finder.isEmpty()) {
            finder = Optional.of(new ProjectFinder(catalog.get()));
        }
        return finder.get();
    }

    @Override
    public synchronized void forget() {
        finder.ifPresent(ProjectFinder::invalidate);
    }
}
