package io.github.spawnproof.project;

/**
 * What the analysis of a file knows of its surroundings.
 *
 * @param settings the settings in force for the file
 * @param targets the environments it is judged for, worked out from settings and the project's metadata
 */
public record Project(Settings settings, Targets targets) {

    public static final Project DEFAULT = new Project(Settings.DEFAULT, Targets.byDefault());
}
