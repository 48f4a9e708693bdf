package io.github.spawnproof.project;

import io.github.spawnproof.finding.KnownFindings;
import java.util.Optional;
import java.util.Set;

/**
 * What the analysis of a file knows of its surroundings.
 *
 * @param settings the settings in force for the file
 * @param targets the environments it is judged for, worked out from settings and the project's metadata
 * @param selected what the project's environment files select for programs that use Jina; empty if they do not, or differ
 * @param surroundings the files around it
 * @param baseline what is known of the file's findings, and not to be shown
 */
public record Project(
        Settings settings,
        Targets targets,
        Optional<SelectedMethod> selected,
        Surroundings surroundings,
        KnownFindings baseline) {

    public static final Project DEFAULT = new Project(Settings.DEFAULT, Targets.byDefault());

    /** Makes a project whose environment selects nothing, and of whose files nothing is known. */
    public Project(Settings settings, Targets targets) {
        this(settings, targets, Optional.empty(), Surroundings.UNKNOWN, KnownFindings.NONE);
    }

    /** Returns the same project with more rules off. */
    public Project ignoring(Set<String> rules) {
        return new Project(settings.ignoring(rules), targets, selected, surroundings, baseline);
    }

    /** Returns the same project with an environment. */
    public Project with(Optional<SelectedMethod> environment) {
        return new Project(settings, targets, environment, surroundings, baseline);
    }

    /** Returns the same project with files around the analysed one. */
    public Project with(Surroundings files) {
        return new Project(settings, targets, selected, files, baseline);
    }

    /** Returns the same project with what is known of the file's findings. */
    public Project with(KnownFindings known) {
        return new Project(settings, targets, selected, surroundings, known);
    }
}
