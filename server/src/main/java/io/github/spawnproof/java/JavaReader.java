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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** JavaParser descends into brackets by recursion, some 30 frames for each. */
    private static final int MAX_NESTING = 200;

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
        List<Integer> problems = List.of();
        boolean whole = scan.damages().isEmpty() && scan.tokens().isBalanced() && !isDeep(scan.tokens());
        if (whole) {
            Attempt attempt = parse(text);
            if (attempt.unit() != null && attempt.problems().isEmpty()) {
                return tree(attempt.unit(), text, scan, false);
            }
            problems = attempt.problems();
        } else {
            scan = JavaScanner.scanWarily(text);
        }
        JavaDraft draft = JavaDraft.of(scan);
        if (!whole) {
            balance(draft);
        }
        CompilationUnit unit = repaired(draft, problems);
        return tree(unit, draft.toString(), scan, true);
    }

    private JavaTree tree(CompilationUnit unit, String parsed, JavaScan scan, boolean repaired) {
        return new JavaTree(unit, LineIndex.of(parsed), scan.comments(), scan.firstStatement(), repaired, parses);
    }

    private static boolean isDeep(JavaTokens tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size() && depth <= MAX_NESTING; i++) {
            depth += tokens.isOpener(i) ? 1 : tokens.isCloser(i) ? -1 : 0;
        }
        return depth > MAX_NESTING;
    }

    /** Takes out what is nested too deep, and gives every bracket its partner. */
    private static void balance(JavaDraft draft) {
        JavaTokens tokens = JavaScanner.scan(draft.toString()).tokens();
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.isOpener(i) ? 1 : 0;
            if (depth > MAX_NESTING) {
                draft.blank(tokens.start(i), tokens.end(i));
            }
            depth -= tokens.isCloser(i) && depth > 0 ? 1 : 0;
        }
        tokens = JavaScanner.scan(draft.toString()).tokens();
        if (!tokens.isBalanced()) {
            BracketRepair.repair(tokens, draft);
        }
    }

    private CompilationUnit repaired(JavaDraft draft, List<Integer> known) {
        Map<Integer, Integer> tries = new HashMap<>();
        List<Integer> problems = known;
        Attempt attempt;
        boolean simple = false;
        for (int i = 0; i <= MAX_REPAIRS; i++) {
            if (!problems.isEmpty() && !repairAround(draft, problems, tries)) {
                break;
            }
            attempt = parse(draft.toString());
            if (attempt.unit() != null && attempt.problems().isEmpty()) {
                return attempt.unit();
            }
            problems = attempt.problems();
            if (problems.isEmpty()) {
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

    /** Repairs around the first problem of each member; tells whether anything was taken out. */
    private static boolean repairAround(JavaDraft draft, List<Integer> problems, Map<Integer, Integer> tries) {
        JavaTokens tokens = JavaScanner.scan(draft.toString()).tokens();
        if (!tokens.isBalanced()) {
            return false;
        }
        Set<Integer> seen = new HashSet<>();
        boolean changed = false;
        for (int problem : problems) {
            int member = DamageRepair.memberAt(tokens, problem);
            if (seen.add(member)) {
                changed |= DamageRepair.around(tokens, draft, problem, tries.merge(member, 1, Integer::sum) - 1);
            }
        }
        return changed;
    }

    /**
     * What a parse gave.
     *
     * @param unit nothing if the text is no sequence of tokens
     * @param problems offsets of the tokens that were not expected
     */
    private record Attempt(@Nullable CompilationUnit unit, List<Integer> problems) {}

    private Attempt parse(String text) {
        cancel.check();
        parses++;
        ParseResult<CompilationUnit> result = result(text).orElse(null);
        if (result == null) {
            return new Attempt(null, List.of());
        }
        List<Integer> problems = new ArrayList<>();
        LineIndex lines = LineIndex.of(text);
        for (Problem problem : result.getProblems()) {
            Token unexpected = unexpected(problem);
            if (unexpected != null) {
                int offset = lines.start(unexpected.beginLine - 1) + unexpected.beginColumn - 1;
                problems.add(Math.min(offset, text.length()));
            }
        }
        boolean lost = result.getProblems().size() > problems.size();
        return new Attempt(lost ? null : result.getResult().orElse(null), problems);
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
