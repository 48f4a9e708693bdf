package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.workspace.Overrides;
import io.github.spawnproof.workspace.SettingsLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code check} has to do.
 *
 * @param paths what to check, as typed
 * @param standardInput the name that standard input goes by, if that is to be checked instead of {@code paths}
 * @param fix which fixes to apply, if any
 * @param write whether to write them; if not, they are only shown
 * @param writeBaseline the file that is to list what is found, if there is to be one
 * @param overrides settings of the flags, with the working directory
 */
record CheckRequest(
        List<String> paths,
        Optional<String> standardInput,
        Optional<Applicability> fix,
        boolean write,
        Optional<Path> writeBaseline,
        Overrides overrides) {

    CheckRequest {
        paths = List.copyOf(paths);
    }

    /** Returns what was typed as an absolute path. */
    Path absolute(String typed) {
        return overrides.base().resolve(typed).normalize();
    }

    /** Tells whether flags decide what to judge for, so that a finding may be missing for another run. */
    boolean narrowsTargets() {
        SettingsLayer flags = overrides.commandLine();
        return flags.platforms().isPresent()
                || flags.pythonVersions().isPresent()
                || flags.startMethod().isPresent();
    }

    boolean writesFixes() {
        return fix.isPresent() && write;
    }
}
