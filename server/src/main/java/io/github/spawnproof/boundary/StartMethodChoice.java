package io.github.spawnproof.boundary;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The start methods that a piece of code can run with, as far as the code itself decides.
 *
 * @param certain whether one of {@code chosen} is in force; if not, the platform's default is possible too
 * @param chosen the methods that the code chooses among; empty if it chooses none
 * @param forksOnMac whether a library takes fork on macOS when nothing else is chosen (Jina does)
 * @param onTarget the methods that are chosen on some targets, whatever the rest says, since the code tests where it
 *     runs; no method for a target that it does not run on
 */
public record StartMethodChoice(
        boolean certain, Set<StartMethod> chosen, boolean forksOnMac, Map<Target, Set<StartMethod>> onTarget) {

    /** Nobody chooses: the platform's default. */
    public static final StartMethodChoice PLATFORM_DEFAULT = new StartMethodChoice(false, Set.of(), false);
    /** The code chooses, but which method cannot be known. */
    public static final StartMethodChoice UNKNOWN = new StartMethodChoice(true, Set.of(StartMethod.values()), false);

    public StartMethodChoice {
        chosen = Set.copyOf(chosen);
        onTarget = Map.copyOf(onTarget);
    }

    public StartMethodChoice(boolean certain, Set<StartMethod> chosen, boolean forksOnMac) {
        this(certain, chosen, forksOnMac, Map.of());
    }

    public static StartMethodChoice exactly(StartMethod method) {
        return new StartMethodChoice(true, Set.of(method), false);
    }

    /** Returns this choice for code that does not run on the targets. */
    public StartMethodChoice notOn(Set<Target> targets) {
        if (targets.isEmpty()) {
            return this;
        }
        Map<Target, Set<StartMethod>> limited = new HashMap<>(onTarget);
        targets.forEach(target -> limited.put(target, Set.of()));
        return new StartMethodChoice(certain, chosen, forksOnMac, limited);
    }

    /** Returns the choice of code that has either this or the other. */
    public StartMethodChoice or(StartMethodChoice other) {
        if (equals(other)) {
            return this;
        }
        Map<Target, Set<StartMethod>> either = new HashMap<>();
        for (Target target : Target.known()) {
            if (onTarget.containsKey(target) || other.onTarget.containsKey(target)) {
                Set<StartMethod> methods = EnumSet.noneOf(StartMethod.class);
                methods.addAll(inForce(target));
                methods.addAll(other.inForce(target));
                either.put(target, methods);
            }
        }
        Set<StartMethod> all = EnumSet.noneOf(StartMethod.class);
        all.addAll(chosen);
        all.addAll(other.chosen);
        return new StartMethodChoice(certain && other.certain, all, forksOnMac || other.forksOnMac, either);
    }

    /** Returns the methods that are possible on a target that sets nothing by its environment. */
    private Set<StartMethod> inForce(Target target) {
        return possible(target, target.defaultStartMethod(), true);
    }

    /**
     * Returns the methods that are possible on a target; empty if the code cannot run there, since it says so itself, or
     * since the method that it chooses does not exist.
     *
     * @param byDefault the method that is taken there by itself
     * @param asPlatform whether that is the platform's own default, which a library may replace
     */
    public Set<StartMethod> possible(Target target, StartMethod byDefault, boolean asPlatform) {
        Set<StartMethod> possible = EnumSet.noneOf(StartMethod.class);
        Set<StartMethod> tested = onTarget.get(target);
        if (tested != null) {
            possible.addAll(tested);
        } else {
            possible.addAll(chosen);
            if (!certain) {
                boolean forks = forksOnMac && asPlatform && target.system() == OperatingSystem.MACOS;
                possible.add(forks ? StartMethod.FORK : byDefault);
            }
        }
        possible.retainAll(target.availableStartMethods());
        return possible;
    }

    /** Returns the targets that the code surely does not run on, since it tests where it runs. */
    public Set<Target> absentFrom() {
        Set<Target> absent = new HashSet<>();
        onTarget.forEach((target, methods) -> {
            if (methods.isEmpty()) {
                absent.add(target);
            }
        });
        return absent;
    }
}
