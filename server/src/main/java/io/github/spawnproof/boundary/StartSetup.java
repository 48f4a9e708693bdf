package io.github.spawnproof.boundary;

import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * What a program does about how its children start, each list in the order of the text.
 *
 * @param guards tests that were meant as main guards and are none
 * @param conflicts calls that set or fix the start method at the wrong time
 * @param names strings that name start methods
 * @param assignments assignments of environment variables that come too late
 * @param cudaUses uses of CUDA before a process is started
 * @param variables strings with the name of an environment variable that matters
 * @param onMac what is known of forking on macOS
 */
public record StartSetup(
        List<BrokenGuard> guards,
        List<StartMethodConflict> conflicts,
        List<StartMethodName> names,
        List<EnvironmentAssignment> assignments,
        List<CudaUse> cudaUses,
        List<Variable> variables,
        OnMac onMac) {

    /** A string with the name of an environment variable. */
    public record Variable(TextRange range, String name) {}

    /**
     * What the project's environment does about processes that are forked on macOS.
     *
     * @param isAllowed whether it turns the check of the Objective-C runtime off
     * @param fixes that do so
     */
    public record OnMac(boolean isAllowed, List<Fix> fixes) {

        /** Nothing is done. */
        public static final OnMac CHECKED = new OnMac(false, List.of());

        public OnMac {
            fixes = List.copyOf(fixes);
        }
    }

    /** Nothing. */
    public static final StartSetup NONE =
            new StartSetup(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), OnMac.CHECKED);

    public StartSetup {
        guards = List.copyOf(guards);
        conflicts = List.copyOf(conflicts);
        names = List.copyOf(names);
        assignments = List.copyOf(assignments);
        cudaUses = List.copyOf(cudaUses);
        variables = List.copyOf(variables);
    }

    /** Returns the same setup in a project's environment. */
    public StartSetup with(List<EnvironmentAssignment> others, OnMac environment) {
        return new StartSetup(guards, conflicts, names, others, cudaUses, variables, environment);
    }
}
