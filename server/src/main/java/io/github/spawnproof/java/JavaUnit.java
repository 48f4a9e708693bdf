package io.github.spawnproof.java;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;

/**
 * The facts of a Java file.
 *
 * @param hazards in the order of the text
 * @param settings of the environment variables we know, for processes that the code starts, in the order of the text
 * @param comments of all three kinds, from the first mark to the last character, in order
 * @param firstStatement offset of the first thing that is no comment; the length of the text if there is none
 */
public record JavaUnit(
        SourceText source,
        List<Hazard> hazards,
        List<VariableSetting> settings,
        List<TextRange> comments,
        int firstStatement) {

    public JavaUnit {
        hazards = List.copyOf(hazards);
        settings = List.copyOf(settings);
        comments = List.copyOf(comments);
    }

    /** Tells whether an offset is inside of a text block, where no comment can stand. */
    public boolean isInTextBlock(int offset) {
        JavaTokens tokens = JavaScanner.scan(source.text()).tokens();
        int token = tokens.at(offset);
        return token < tokens.size()
                && tokens.start(token) < offset
                && source.text().startsWith(JavaScanner.TEXT_BLOCK, tokens.start(token));
    }

    /** Returns a file of which nothing is known. */
    public static JavaUnit empty(SourceText source) {
        return new JavaUnit(source, List.of(), List.of(), List.of(), source.length());
    }
}
