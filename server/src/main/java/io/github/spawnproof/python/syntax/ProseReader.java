package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what is written for people in a program: comments and strings. */
public final class ProseReader {

    private ProseReader() {}

    /**
     * Returns the comment or string around an offset, whole: consecutive lines of comment are one, and so are strings
     * that follow one another.
     */
    public static Optional<TextRange> at(String text, int offset) {
        Tokens tokens = new Lexer(text, () -> {}).run();
        return block(comments(text, tokens), offset).or(() -> block(strings(tokens), offset));
    }

    private static Optional<TextRange> block(List<TextRange> blocks, int offset) {
        return blocks.stream()
                .filter(block -> block.start() <= offset && offset <= block.end())
                .findFirst();
    }

    private static List<TextRange> comments(String text, Tokens tokens) {
        List<TextRange> blocks = new ArrayList<>();
        for (TextRange comment : tokens.comments.toList()) {
            int last = blocks.size() - 1;
            if (last >= 0 && isLineEnd(text.substring(blocks.get(last).end(), comment.start()))) {
                blocks.set(last, new TextRange(blocks.get(last).start(), comment.end()));
            } else {
                blocks.add(comment);
            }
        }
        return blocks;
    }

    /** Tells whether there is nothing but one line end and indentation between two comments. */
    private static boolean isLineEnd(String between) {
        return between.isBlank() && between.lines().count() <= 2;
    }

    private static List<TextRange> strings(Tokens tokens) {
        List<TextRange> blocks = new ArrayList<>();
        int start = -1;
        int end = -1;
        int depth = 0;
        for (int i = 0; tokens.kinds[i] != END; i++) {
            byte kind = tokens.kinds[i];
            boolean string = kind == STRING || kind == FSTRING_START || kind == FSTRING_END || depth > 0;
            depth += kind == FSTRING_START ? 1 : kind == FSTRING_END ? -1 : 0;
            if (string) {
                start = start < 0 ? tokens.starts[i] : start;
                end = Math.max(end, tokens.ends[i]);
            } else if (start >= 0) {
                blocks.add(new TextRange(start, end));
                start = -1;
                end = -1;
            }
        }
        if (start >= 0) {
            blocks.add(new TextRange(start, end));
        }
        return blocks;
    }
}
