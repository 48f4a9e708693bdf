package io.github.spawnproof.java;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseException;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Problem;
import com.github.javaparser.Token;
import com.github.javaparser.ast.CompilationUnit;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.LineIndex;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads any text as Java. JavaParser gives up on a whole file for many a half-typed line, so damaged text is repaired until
 * it parses. Every repair keeps the offsets.
 *
 * <p>The same text always gives the same tree: nothing is kept from one version to the next.
 */
final class JavaReader {

    /** How often a text is repaired around the problems that the parser states, before all its members are tried out. */
    private static final int MAX_REPAIRS = 8;

    /**
     * JavaParser descends into brackets by recursion, some 30 frames for each, and looks ahead over all of a chain of casts
     * or type arguments at each of its links.
     */
    private static final int MAX_NESTING = 200;

    private static final int NONE = -1;

    private final CancelToken cancel;
    private int parses;

    private JavaReader(CancelToken cancel) {
        this.cancel = cancel;
    }

    /**
     * Returns the tree of a text; never fails, whatever the text.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    static JavaTree read(String text, CancelToken cancel) {
        return new JavaReader(cancel).run(text);
    }

    private JavaTree run(String text) {
        JavaScan scan = JavaScanner.scan(text);
        int problem = NONE;
        boolean whole = scan.damages().isEmpty()
                && scan.tokens().isBalanced()
                && deep(scan.tokens()).isEmpty();
        if (whole) {
            Attempt attempt = parse(text);
            if (attempt.unit() != null && attempt.problem() == NONE) {
                return tree(attempt.unit(), text, scan, false);
            }
            problem = attempt.problem();
        } else {
            scan = JavaScanner.scanWarily(text);
        }
        JavaDraft draft = JavaDraft.of(scan);
        if (!whole) {
            balance(draft);
        }
        CompilationUnit unit = repaired(draft, problem);
        return tree(unit, draft.toString(), scan, true);
    }

    private JavaTree tree(CompilationUnit unit, String parsed, JavaScan scan, boolean repaired) {
        int length = scan.tokens().text().length();
        return new JavaTree(
                unit, LineIndex.of(parsed), length, scan.comments(), scan.firstStatement(), repaired, parses);
    }

    /** Tells for each token whether it is nested too deep, in brackets or in casts and type arguments. */
    private static BitSet deep(JavaTokens tokens) {
        BitSet deep = new BitSet();
        int depth = 0;
        int arguments = 0;
        int casts = 0;
        for (int i = 0; i < tokens.size(); i++) {
            char kind = tokens.kind(i);
            depth += tokens.isOpener(i) ? 1 : 0;
            arguments = ";{}&|".indexOf(kind) >= 0 ? 0 : arguments;
            arguments += kind == '<' ? 1 : kind == '>' && arguments > 0 ? -1 : 0;
            casts = ";{},".indexOf(kind) >= 0 ? 0 : casts;
            casts += kind == '(' && tokens.kind(i - 1) == ')' ? 1 : 0;
            if (depth > MAX_NESTING || arguments > MAX_NESTING || casts > MAX_NESTING) {
                deep.set(i);
            }
            depth -= tokens.isCloser(i) && depth > 0 ? 1 : 0;
        }
        return deep;
    }

    /** Takes out what is nested too deep, and gives every bracket its partner. */
    private static void balance(JavaDraft draft) {
        JavaTokens tokens = JavaScanner.scan(draft.toString()).tokens();
        BitSet deep = deep(tokens);
        for (int i = deep.nextSetBit(0); i >= 0; i = deep.nextSetBit(i + 1)) {
            draft.blank(tokens.start(i), tokens.end(i));
        }
        tokens = JavaScanner.scan(draft.toString()).tokens();
        if (!tokens.isBalanced()) {
            BracketRepair.repair(tokens, draft);
        }
    }

    private CompilationUnit repaired(JavaDraft draft, int known) {
        Map<Integer, Integer> tries = new HashMap<>();
        int problem = known;
        Attempt attempt;
        boolean simple = false;
        for (int i = 0; i <= MAX_REPAIRS; i++) {
            if (problem != NONE && !repairAround(draft, problem, tries)) {
                break;
            }
            attempt = parse(draft.toString());
            if (attempt.unit() != null && attempt.problem() == NONE) {
                return attempt.unit();
            }
            problem = attempt.problem();
            if (problem == NONE) {
                // Without a place it is the lexer that gave up, or the stack that ended.
                if (simple) {
                    break;
                }
                draft.simplify(JavaScanner.scan(draft.toString()).tokens());
                simple = true;
            }
        }
        JavaTokens tokens = JavaScanner.scan(draft.toString()).tokens();
        if (tokens.isBalanced()) {
            DamageRepair.isolate(tokens, draft, this::parses);
        }
        attempt = parse(draft.toString());
        return attempt.unit() == null ? new CompilationUnit() : attempt.unit();
    }

    /** Repairs around a problem; tells whether anything was taken out. */
    private static boolean repairAround(JavaDraft draft, int problem, Map<Integer, Integer> tries) {
        JavaTokens tokens = JavaScanner.scan(draft.toString()).tokens();
        if (!tokens.isBalanced()) {
            return false;
        }
        int member = DamageRepair.memberAt(tokens, problem);
        return DamageRepair.around(tokens, draft, problem, tries.merge(member, 1, Integer::sum) - 1);
    }

    /**
     * What a parse gave.
     *
     * @param unit nothing if the text is no sequence of tokens
     * @param problem offset of the first token that was not expected; {@link #NONE} if there is none
     */
    private record Attempt(@Nullable CompilationUnit unit, int problem) {}

    private Attempt parse(String text) {
        cancel.check();
        parses++;
        ParseResult<CompilationUnit> result = result(text).orElse(null);
        if (result == null) {
            return new Attempt(null, NONE);
        }
        // What comes behind the first may be a consequence of how the parser went on.
        int first = NONE;
        LineIndex lines = LineIndex.of(text);
        for (Problem problem : result.getProblems()) {
            Token unexpected = unexpected(problem);
            if (unexpected != null) {
                int offset = lines.start(unexpected.beginLine - 1) + unexpected.beginColumn - 1;
                first = first == NONE ? offset : Math.min(first, offset);
            }
        }
        boolean lost = first == NONE && !result.isSuccessful();
        return new Attempt(lost ? null : result.getResult().orElse(null), first);
    }

    private boolean parses(String text) {
        cancel.check();
        parses++;
        return result(text).map(ParseResult::isSuccessful).orElse(false);
    }

    /** Returns what JavaParser makes of a text, nothing if the text has it run out of stack. */
    private static Optional<ParseResult<CompilationUnit>> result(String text) {
        // Tokens are stored because without them nodes have no ranges.
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(LanguageLevel.JAVA_25)
                .setAttributeComments(false);
        // These would find errors that no parser minds. RAW, which has none, does not know yield.
        configuration.getProcessors().clear();
        try {
            return Optional.of(new JavaParser(configuration).parse(text));
        } catch (StackOverflowError deep) {
            // Chains such as a ? b : c ? d : … nest without brackets.
            return Optional.empty();
        }
    }

    private static @Nullable Token unexpected(Problem problem) {
        return problem.getCause().orElse(null) instanceof ParseException cause && cause.currentToken != null
                ? cause.currentToken.next
                : null;
    }
}
