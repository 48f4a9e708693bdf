package io.github.spawnproof.java;

import io.github.spawnproof.boundary.Consequence;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * A place in Java code at which something does not survive the way to another process.
 *
 * @param range the smallest name that carries the blame, on one line
 * @param name what the code calls the thing: a field, a local, a class, a method, a variable
 * @param type the type that cannot cross, or that the thing has, in short; empty if it plays no part
 * @param api the call that sends it, as {@code JavaRDD.map}; empty if nothing in the file does
 * @param related where it was made, stored and sent, in that order
 * @param fixes best first
 */
public record Hazard(
        Kind kind,
        Consequence consequence,
        TextRange range,
        String name,
        String type,
        String api,
        List<Related> related,
        List<Fix> fixes) {

    /** What is wrong; each kind has a rule. */
    public enum Kind {
        /** A closure that is sent takes the object along that it was written in. */
        CAPTURED_THIS,
        /** An object of an inner class that is sent takes the object along that it was made in. */
        CAPTURED_OUTER,
        /** A closure that is sent takes a local variable along. */
        CAPTURED_LOCAL,
        /** A closure that is sent uses what only the driver has. */
        DRIVER_HANDLE,
        /** A closure that is sent reads a static field that only this process has assigned. */
        STATIC_STATE,
        /** A closure that is sent is of a type that cannot be. */
        PLAIN_TARGET,
        /** A field of what is sent. */
        FIELD,
        /** A transient field that nobody fills on the other side. */
        TRANSIENT_FIELD,
        /** An object that is handed over to be written. */
        ARGUMENT,
        /** A static initialiser that waits for threads that wait for it. */
        STATIC_INITIALIZER,
        /** A child process whose output nobody reads. */
        UNDRAINED_OUTPUT,
        /** An environment variable that is set where the child does not see it. */
        ENVIRONMENT,
        /** A path that means another file in the child. */
        RELATIVE_PATH,
        /** A property that the virtual machine has read when it started. */
        LATE_PROPERTY,
        /** A method of a remote interface that does not say that it can fail. */
        REMOTE_METHOD,
        /** A parameter or result of a remote method that cannot cross. */
        REMOTE_SIGNATURE,
        /** A superclass that cannot be made anew. */
        SUPER_CONSTRUCTOR,
        /** An Externalizable class that cannot be made anew. */
        EXTERNALIZABLE_CONSTRUCTOR
    }

    public Hazard {
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }
}
