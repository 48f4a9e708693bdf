package io.github.spawnproof.boundary;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One library call that has to do with processes: a row of the table.
 *
 * @param name qualified name; of a method with the name of its class
 * @param parameters without {@code self}
 * @param returns the type of the result; {@code self} for the receiver; null if it does not matter
 * @param starts whether the call starts a process
 * @param startsWhereMade whether that start is to be blamed on the place where the executor was made, since it only
 *     put it off
 * @param method the start method that the call always takes, or takes by default; null for the default of the program
 * @param onlyIfStarted whether what it takes crosses only when the object is started later: a process that was made, a
 *     manager of the class that something was registered with
 * @param startedBy what starts processes later with the object that the call makes, in words: {@code `with`},
 *     {@code `start()`}
 * @param trail of a function of the program, how it does that; null for a library's
 */
public record Boundary(
        String name,
        List<BoundaryParameter> parameters,
        @Nullable String returns,
        boolean starts,
        boolean startsWhereMade,
        @Nullable StartMethod method,
        boolean onlyIfStarted,
        List<String> startedBy,
        @Nullable Trail trail) {

    /** The result of a method that gives back its receiver. */
    public static final String SELF = "self";

    public Boundary {
        parameters = List.copyOf(parameters);
        startedBy = List.copyOf(startedBy);
    }

    /** Makes the row of a library. */
    Boundary(
            String name,
            List<BoundaryParameter> parameters,
            @Nullable String returns,
            boolean starts,
            boolean startsWhereMade,
            @Nullable StartMethod method,
            boolean onlyIfStarted) {
        this(name, parameters, returns, starts, startsWhereMade, method, onlyIfStarted, List.of(), null);
    }

    /** Makes the row of a function of the program. */
    public static Boundary ofProgram(
            String name, List<BoundaryParameter> parameters, @Nullable String returns, boolean starts, Trail trail) {
        return new Boundary(name, parameters, returns, starts, false, null, false, List.of(), trail);
    }

    /** Returns the row of a class that has its constructor from the class of this one. */
    public Boundary as(String className) {
        return new Boundary(
                className, parameters, className, starts, startsWhereMade, method, onlyIfStarted, startedBy, trail);
    }

    /** Returns this row without where in the program's code it comes from. */
    public Boundary withoutPlaces() {
        Trail bare = trail == null ? null : new Trail(trail.api(), trail.choice(), List.of(), Map.of());
        return new Boundary(name, parameters, returns, starts, startsWhereMade, method, onlyIfStarted, startedBy, bare);
    }

    /** Returns this row with the ways to start what it makes. */
    Boundary withStartedBy(List<String> ways) {
        return new Boundary(name, parameters, returns, starts, startsWhereMade, method, onlyIfStarted, ways, trail);
    }

    /** Returns the name as people say it: {@code Pool.map}, {@code Process}, {@code get_context}. */
    public String shortName() {
        String[] parts = name.substring(name.lastIndexOf('/') + 1).split("\\.", -1);
        String last = bare(parts[parts.length - 1]);
        String owner = parts.length < 2 ? "" : bare(parts[parts.length - 2]);
        // What a context offers is known as a function of the module.
        if (owner.isEmpty() || !Character.isUpperCase(owner.charAt(0)) || owner.equals("Context")) {
            return last;
        }
        return last.startsWith("__") ? owner : owner + "." + last;
    }

    /** Returns a library's name without the {@code Base} that marks a class nobody names: {@code Process}, {@code Context}. */
    private String bare(String part) {
        return trail == null && part.startsWith("Base") && !part.equals("BaseManager") ? part.substring(4) : part;
    }

    /** Tells whether the call has itself to do with processes; others only say what kind of value there is. */
    public boolean isAboutProcesses() {
        return starts
                || method != null
                || !startedBy.isEmpty()
                || parameters.stream()
                        .anyMatch(parameter -> parameter.role() != null && parameter.role() != Role.CLASS_NAME);
    }

    /** Tells whether some argument of the call, or its receiver, has the role. */
    public boolean has(Role role) {
        return parameters.stream().anyMatch(parameter -> parameter.role() == role);
    }

    /** Tells whether the call puts an argument into a queue whose thread pickles it later. */
    public boolean queues() {
        return has(Role.QUEUED);
    }

    /** Tells whether some argument of the call may reach another process by pickle. */
    public boolean crosses() {
        return parameters.stream()
                .anyMatch(parameter ->
                        parameter.role() != null && parameter.role().crossesByPickle());
    }
}
