package io.github.spawnproof.project;

/**
 * What the analysis of a file knows of its surroundings.
 *
 * @param settings the settings in force for the file
 * @param targets the environments it is judged for, worked out from settings and the project's metadata
 * @param surroundings the files around it
 */
public record Project(Settings settings, Targets targets, Surroundings surroundings) {

    public static final Project DEFAULT = new Project(Settings.DEFAULT, Targets.byDefault());

    public Project(Settings settings, Targets targets) {
        this(settings, targets, Surroundings.UNKNOWN);
    }
}
