package io.github.spawnproof.python;

import io.github.spawnproof.boundary.ApiUse;
import io.github.spawnproof.boundary.ChildRead;
import io.github.spawnproof.boundary.Crossing;
import io.github.spawnproof.boundary.FileReference;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.Misuse;
import io.github.spawnproof.boundary.ProcessStart;
import io.github.spawnproof.boundary.RegisteredClass;
import io.github.spawnproof.boundary.StartSetup;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The facts of one Python file.
 *
 * @param mainFile whether a child executes it again
 * @param isDamaged whether some statement is not valid Python
 * @param processStarts starts at module level, in the order of the text
 * @param crossings values that cross by pickle, in the order of the text
 * @param libraryArguments arguments of library calls that cannot do what they are there for, in the order of the text
 * @param files YAML files of Jina that calls name, in the order of the text
 * @param misuses uses of processes that cannot work, in the order of the text
 * @param childReads names that child processes read and do not have, in no order
 * @param apiUses calls of the boundary table, in the order of the text
 * @param registeredClasses classes that a library pickles by reference and that no child finds, in the order of the text
 * @param setup what the program does about how its children start
 * @param comments from {@code #} to the end of the line, in order
 * @param firstStatement offset of the first statement that is no docstring; the length of the text if there is none
 * @param multilineStrings string tokens that hold a line end, in order
 */
public record PythonModule(
        SourceText source,
        MainFile mainFile,
        boolean isDamaged,
        List<ProcessStart> processStarts,
        List<Crossing> crossings,
        List<LibraryArgument> libraryArguments,
        List<FileReference> files,
        List<Misuse> misuses,
        List<ChildRead> childReads,
        List<ApiUse> apiUses,
        List<RegisteredClass> registeredClasses,
        StartSetup setup,
        List<TextRange> comments,
        int firstStatement,
        List<TextRange> multilineStrings) {

    public PythonModule {
        processStarts = List.copyOf(processStarts);
        crossings = List.copyOf(crossings);
        libraryArguments = List.copyOf(libraryArguments);
        files = List.copyOf(files);
        misuses = List.copyOf(misuses);
        childReads = List.copyOf(childReads);
        apiUses = List.copyOf(apiUses);
        registeredClasses = List.copyOf(registeredClasses);
        comments = List.copyOf(comments);
        multilineStrings = List.copyOf(multilineStrings);
    }

    /** Returns the same module with other facts about arguments. */
    public PythonModule with(List<LibraryArgument> arguments) {
        return new PythonModule(
                source,
                mainFile,
                isDamaged,
                processStarts,
                crossings,
                arguments,
                files,
                misuses,
                childReads,
                apiUses,
                registeredClasses,
                setup,
                comments,
                firstStatement,
                multilineStrings);
    }

    /** Returns the same module with another setup. */
    public PythonModule with(StartSetup other) {
        return new PythonModule(
                source,
                mainFile,
                isDamaged,
                processStarts,
                crossings,
                libraryArguments,
                files,
                misuses,
                childReads,
                apiUses,
                registeredClasses,
                other,
                comments,
                firstStatement,
                multilineStrings);
    }

    /** Returns a module of which nothing is known. */
    public static PythonModule empty(SourceText source) {
        return withoutFacts(source, MainFile.SCRIPT, false, List.of(), source.length(), List.of());
    }

    /** Returns a module that has nothing to do with processes. */
    static PythonModule withoutFacts(
            SourceText source,
            MainFile mainFile,
            boolean isDamaged,
            List<TextRange> comments,
            int firstStatement,
            List<TextRange> multilineStrings) {
        return new PythonModule(
                source,
                mainFile,
                isDamaged,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                StartSetup.NONE,
                comments,
                firstStatement,
                multilineStrings);
    }
}
