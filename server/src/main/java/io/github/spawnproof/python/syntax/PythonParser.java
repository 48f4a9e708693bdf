package io.github.spawnproof.python.syntax;

import static io.github.spawnproof.python.syntax.TokenKind.*;

import io.github.spawnproof.source.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Parses Python 3.8 to 3.15.
 *
 * <p>Any text gives a tree; nothing is thrown but what the poll throws. What is nested deeper than
 * {@value TokenReader#MAX_NESTING} levels, or chained longer than {@value TokenReader#MAX_CHAIN} links, is damage: it
 * keeps the parser, and everyone who walks the tree, from overflowing the stack.
 * No tree is deeper than 2,000 nodes.
 */
public final class PythonParser {

    private PythonParser() {}

    public static PythonTree parse(SourceText source) {
        return parse(source, () -> {});
    }

    /**
     * Parses a text.
     *
     * @param poll called every few hundred tokens; what it throws ends the parse
     */
    public static PythonTree parse(SourceText source, Runnable poll) {
        return run(source, poll).tree();
    }

    /**
     * A tree and how much work it was.
     *
     * @param steps tokens made and nodes begun, which must be linear in the length of the text
     */
    record Run(PythonTree tree, long steps) {}

    static Run run(SourceText source, Runnable poll) {
        Lexer lexer = new Lexer(source.text(), poll);
        Tokens tokens = lexer.run();
        TokenReader reader = new TokenReader(tokens, poll);
        StatementParser parser = new StatementParser(reader);
        List<TopLevel> statements = new ArrayList<>();
        int[] errorTokens = tokens.errorTokens;
        int lexerErrors = 0;
        while (reader.kind != END) {
            if (reader.kind == NEWLINE || reader.kind == DEDENT) {
                reader.advance();
                continue;
            }
            int errors = reader.errorCount();
            int offset = reader.startTopLevel();
            Statement statement = parser.statement();
            boolean damaged = reader.errorCount() > errors;
            while (lexerErrors < errorTokens.length
                    && (errorTokens[lexerErrors] < reader.position() || reader.kind == END)) {
                damaged = true;
                lexerErrors++;
            }
            statements.add(new TopLevel(offset, statement, damaged));
        }
        PythonTree tree = new PythonTree(
                source, statements, tokens.comments.toList(), tokens.multilineStrings.toList(), errors(tokens, reader));
        return new Run(tree, lexer.steps() + reader.steps());
    }

    private static List<SyntaxProblem> errors(Tokens tokens, TokenReader reader) {
        List<SyntaxProblem> errors = new ArrayList<>(tokens.errors);
        errors.addAll(reader.errors());
        errors.sort(Comparator.comparing(SyntaxProblem::range));
        return errors;
    }
}
