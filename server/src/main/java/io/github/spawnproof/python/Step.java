package io.github.spawnproof.python;

import io.github.spawnproof.boundary.StartMethodChoice;
import io.github.spawnproof.python.syntax.Expression;
import io.github.spawnproof.python.syntax.Node;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a program does on its way and that matters for how its children start.
 *
 * @param range the name or value that says so
 * @param words how people say it: {@code Queue}
 * @param node the call, the import or the statement
 * @param value the value that is set, if one is
 * @param choice of a start, with which methods
 * @param path the branches that lead here
 * @param inChild whether a child that imports the module again comes here too
 * @param caught names of the exceptions that are caught around it; {@code *} for all
 */
record Step(
        Kind kind,
        TextRange range,
        String words,
        Node node,
        Scope scope,
        @Nullable Site value,
        StartMethodChoice choice,
        List<Arm> path,
        boolean inChild,
        Set<String> caught) {

    /** What is done. */
    enum Kind {
        /** Jina is imported, which reads its variable. */
        JINA_IMPORT,
        /** Jina's variable is set in {@code os.environ}. */
        JINA_VARIABLE,
        /** The variable of the Objective-C runtime is set in {@code os.environ}. */
        OBJC_VARIABLE,
        /** {@code set_start_method} is called. */
        SET_METHOD,
        /** The default context is used, which fixes the start method. */
        CONTEXT_USE,
        /** A process is started. */
        START,
        /** CUDA is used. */
        CUDA,
        /** Another program is started with this one's environment, or takes its place. */
        EXEC
    }

    /**
     * One arm of a branch.
     *
     * @param branch number of the branch
     * @param taken which arm
     * @param doubtful whether a program may well take another one; not so if only the platform decides
     */
    record Arm(int branch, boolean taken, boolean doubtful) {}

    Step {
        path = List.copyOf(path);
        caught = Set.copyOf(caught);
    }

    /** Tells whether whoever comes to the later step has surely come here before. */
    boolean surelyLeadsTo(Step later) {
        return later.path.size() >= path.size()
                && later.path.subList(0, path.size()).equals(path);
    }

    /** Tells whether somebody may come here and then to the later step. */
    boolean mayLeadTo(Step later) {
        for (Arm arm : path) {
            if (later.path.contains(new Arm(arm.branch(), !arm.taken(), arm.doubtful()))) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the program surely comes here on every platform that the code is for. */
    boolean isSure() {
        return path.stream().noneMatch(Arm::doubtful);
    }

    boolean isCaught(String... exceptions) {
        return caught.contains("*") || Set.of(exceptions).stream().anyMatch(caught::contains);
    }

    int offset() {
        return range.start();
    }

    Expression.@Nullable Call call() {
        return node instanceof Expression.Call call ? call : null;
    }
}
