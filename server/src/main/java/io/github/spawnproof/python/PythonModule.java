package io.github.spawnproof.python;

import io.github.spawnproof.boundary.ApiUse;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.ProcessStart;
import io.github.spawnproof.boundary.StartSetup;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The facts of one Python file.
 *
 * @param isPackageMain whether it is the {@code __main__.py} of a package, which no child imports again under
 *     {@code python -m}
 * @param isDamaged whether some statement is not valid Python
 * @param processStarts starts at module level, in the order of the text
 * @param crossings values that cross by pickle, in the order of the text
 * @param apiUses calls of the boundary table, in the order of the text
 * @param setup what the program does about how its children start
 * @param comments from {@code #} to the end of the line, in order
 * @param firstStatement offset of the first statement that is no docstring; the length of the text if there is none
 * @param multilineStrings string tokens that hold a line end, in order
 */
public record PythonModule(
        SourceText source,
        boolean isPackageMain,
        boolean isDamaged,
        List<ProcessStart> processStarts,
        List<Crossing> crossings,
        List<ApiUse> apiUses,
        StartSetup setup,
        List<TextRange> comments,
        int firstStatement,
        List<TextRange> multilineStrings) {

    public PythonModule {
        processStarts = List.copyOf(processStarts);
        crossings = List.copyOf(crossings);
        apiUses = List.copyOf(apiUses);
        comments = List.copyOf(comments);
        multilineStrings = List.copyOf(multilineStrings);
    }

    /** Returns a module of which nothing is known. */
    public static PythonModule empty(SourceText source) {
        return new PythonModule(
                source,
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                StartSetup.NONE,
                List.of(),
                source.length(),
                List.of());
    }
}
