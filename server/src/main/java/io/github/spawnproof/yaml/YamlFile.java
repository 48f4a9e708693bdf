package io.github.spawnproof.yaml;

import io.github.spawnproof.boundary.ConfigurationKey;
import io.github.spawnproof.boundary.FileReference;
import io.github.spawnproof.boundary.LibraryArgument;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The facts of a YAML file.
 *
 * @param isJson whether it is JSON with comments, in which a comment starts with {@code //}
 * @param libraryArguments values of Jina's configuration that cannot do what they are there for, in the order of the text
 * @param keys of Jina's configuration that name files or classes, in the order of the text
 * @param files that Jina's configuration names, in the order of the text
 * @param settings of the environment variables we know, in the order of the text
 * @param comments from the mark to the end of the line, in order
 * @param firstStatement offset of the first thing that is no comment; the length of the text if there is none
 */
public record YamlFile(
        SourceText source,
        boolean isJson,
        List<LibraryArgument> libraryArguments,
        List<ConfigurationKey> keys,
        List<FileReference> files,
        List<VariableSetting> settings,
        List<TextRange> comments,
        int firstStatement) {

    public YamlFile {
        libraryArguments = List.copyOf(libraryArguments);
        keys = List.copyOf(keys);
        files = List.copyOf(files);
        settings = List.copyOf(settings);
        comments = List.copyOf(comments);
    }

    /** Returns the same file with other facts about values. */
    public YamlFile with(List<LibraryArgument> arguments) {
        return new YamlFile(source, isJson, arguments, keys, files, settings, comments, firstStatement);
    }

    /** Returns a file of which nothing is known. */
    public static YamlFile empty(SourceText source) {
        return new YamlFile(source, false, List.of(), List.of(), List.of(), List.of(), List.of(), source.length());
    }
}
