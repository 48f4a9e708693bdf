package io.github.spawnproof.java;

import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives every bracket of a damaged text its partner. Where a brace is missing or too many is told by the indentation: a
 * closing brace that begins its line is indented like the line of the opening one.
 */
final class BracketRepair {

    /** Where the counts do not tell what is wrong, both braces may be. */
    private static final int ANY = Integer.MAX_VALUE;

    private static final int AT_END = -1;

    /** How many tokens of a type are read back for its {@code new}. */
    private static final int LONGEST_NAME = 200;

    /** A bracket that is open. */
    private static final class Open {
        final int token;
        /** The first token behind it that begins a line and is not indented deeper. */
        int dedent = JavaTokens.NONE;
        /** How many semicolons stand directly in it. */
        int semicolons;
        /** The pair of braces directly in it that was closed last. */
        int lastOpener = JavaTokens.NONE;

        int lastCloser = JavaTokens.NONE;

        Open(int token) {
            this.token = token;
        }
    }

    private final JavaTokens tokens;
    private final JavaDraft draft;
    private final int[] partners;
    private final List<Open> open = new ArrayList<>();
    /** Pairs of first and last token. */
    private final List<int[]> blanks = new ArrayList<>();

    private final List<TextRange> gaps = new ArrayList<>();
    private final SortedMap<Integer, String> fillings = new TreeMap<>();
    /** Where the closing brace of a brace without one is put, by its token; {@link #AT_END} behind the text. */
    private final Map<Integer, Integer> inserted = new HashMap<>();

    private int missing;
    private int surplus;

    private BracketRepair(JavaTokens tokens, JavaDraft draft) {
        this.tokens = tokens;
        this.draft = draft;
        this.partners = new int[tokens.size()];
        Arrays.fill(partners, JavaTokens.NONE);
    }

    /** Changes the draft whose tokens these are so that its brackets pair up. */
    static void repair(JavaTokens tokens, JavaDraft draft) {
        BracketRepair repair = new BracketRepair(tokens, draft);
        repair.count();
        repair.walk();
        repair.apply();
        JavaTokens repaired = JavaScanner.scan(draft.toString()).tokens();
        if (!repaired.isBalanced()) {
            for (int i = 0; i < repaired.size(); i++) {
                boolean bracket = repaired.isOpener(i) || repaired.isCloser(i);
                if (bracket && repaired.partner(i) == JavaTokens.NONE) {
                    draft.blank(repaired.start(i), repaired.end(i));
                }
            }
        }
    }

    private void count() {
        int depth = 0;
        int lowest = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == '{') {
                depth++;
            } else if (tokens.kind(i) == '}') {
                depth--;
                lowest = Math.min(lowest, depth);
            }
        }
        boolean crossed = depth == 0 && lowest < 0;
        missing = crossed ? ANY : Math.max(0, depth);
        surplus = crossed ? ANY : Math.max(0, -depth);
    }

    private void walk() {
        for (int i = 0; i < tokens.size(); i++) {
            if (missing > 0 && tokens.isFirstOnLine(i)) {
                noteDedent(i);
            }
            switch (tokens.kind(i)) {
                case '(', '[' -> open.add(new Open(i));
                case '{' -> {
                    if (!open.isEmpty() && isGroup(top()) && !mayStandInGroup(i)) {
                        closeHead(i);
                    }
                    open.add(new Open(i));
                }
                case ')', ']' -> closeGroup(i);
                case ';' -> semicolon(i);
                case '}' -> closeBrace(i);
                default -> {}
            }
        }
        while (!open.isEmpty()) {
            if (isGroup(top())) {
                dropGroups(tokens.size());
            } else {
                closeMissing(tokens.size());
            }
        }
    }

    private Open top() {
        return open.get(open.size() - 1);
    }

    private Open pop() {
        return open.remove(open.size() - 1);
    }

    private boolean isGroup(Open bracket) {
        return tokens.kind(bracket.token) != '{';
    }

    /** Tells whether the bracket below the top of the stack is a parenthesis or a square bracket. */
    private boolean isTopInGroup() {
        return open.size() > 1 && isGroup(open.get(open.size() - 2));
    }

    private void noteDedent(int token) {
        if (tokens.isCloser(token)
                || tokens.kind(token) == '{'
                || tokens.isWord(token, "case")
                || tokens.isWord(token, "default")) {
            return;
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            Open bracket = open.get(i);
            if (!isGroup(bracket)) {
                if (tokens.indent(bracket.token) < tokens.indent(token)) {
                    return;
                }
                if (bracket.dedent == JavaTokens.NONE) {
                    bracket.dedent = token;
                }
            }
        }
    }

    /** Tells whether a brace may open directly in parentheses: that of a lambda, an array, an anonymous class, a switch. */
    private boolean mayStandInGroup(int brace) {
        int before = brace - 1;
        char kind = tokens.kind(before);
        if (kind != ')') {
            return kind == JavaTokens.ARROW || "]=,({".indexOf(kind) >= 0;
        }
        int at = partners[before] - 1;
        if (tokens.isWord(at, "switch")) {
            return true;
        }
        int arguments = 0;
        for (int end = Math.max(0, at - LONGEST_NAME); at >= end; at--) {
            char c = tokens.kind(at);
            if (c == '>') {
                arguments++;
            } else if (c == '<') {
                arguments--;
            } else if (arguments == 0 && tokens.isWord(at, "new")) {
                return true;
            } else if (arguments == 0 && c != '.' && c != JavaTokens.WORD) {
                return false;
            }
        }
        return false;
    }

    /** Closes the parentheses before the brace of a statement or method, which cannot stand in them. */
    private void closeHead(int brace) {
        int count = 0;
        int outermost = brace;
        StringBuilder closers = new StringBuilder();
        while (!open.isEmpty() && isGroup(top())) {
            outermost = pop().token;
            closers.append(JavaTokens.closerOf(tokens.kind(outermost)));
            count++;
        }
        for (int i = outermost + 1; i < brace; i++) {
            if (tokens.isFirstOnLine(i) && !tokens.isCloser(i) && tokens.indent(i) <= tokens.indent(outermost)) {
                // The brace is that of another statement or member, which starts here.
                blanks.add(new int[] {statementStart(outermost), i - 1});
                return;
            }
        }
        int from = tokens.end(outermost);
        int to = tokens.start(brace);
        if (to - tokens.end(brace - 1) >= count && brace - 1 != outermost) {
            fill(to - count, closers.toString());
            return;
        }
        String content = headContent(outermost);
        if (to - from >= content.length()) {
            gaps.add(new TextRange(from, to));
            fill(to - content.length(), content);
        } else {
            blanks.add(new int[] {statementStart(outermost), brace});
        }
    }

    /** Returns the shortest text that may stand between a parenthesis and the brace behind it. */
    private String headContent(int parenthesis) {
        int before = parenthesis - 1;
        if (tokens.isWord(before, "for")) {
            return ";;)";
        }
        if (tokens.isWord(before, "catch")) {
            return "T e)";
        }
        boolean value = tokens.isWord(before, "if")
                || tokens.isWord(before, "while")
                || tokens.isWord(before, "switch")
                || tokens.isWord(before, "synchronized");
        return value ? "0)" : tokens.isWord(before, "try") ? "T e=0)" : ")";
    }

    private void closeGroup(int closer) {
        if (open.isEmpty()) {
            blank(closer);
            return;
        }
        if (closes(closer, top())) {
            pair(closer);
            return;
        }
        boolean below = open.size() > 1 && closes(closer, open.get(open.size() - 2));
        if (below && isGroup(top())) {
            blank(pop().token);
            pair(closer);
        } else if (below && missing > 0 && tokens.isFirstOnLine(closer) && insertCloser(top(), closer)) {
            missing--;
            pop();
            pair(closer);
        } else {
            blank(closer);
        }
    }

    private boolean closes(int closer, Open bracket) {
        return JavaTokens.closerOf(tokens.kind(bracket.token)) == tokens.kind(closer);
    }

    private void pair(int closer) {
        int opener = pop().token;
        partners[opener] = closer;
        partners[closer] = opener;
    }

    private void semicolon(int token) {
        if (open.isEmpty() || !isGroup(top())) {
            return;
        }
        int before = top().token - 1;
        boolean inHead = tokens.isWord(before, "try") || (tokens.isWord(before, "for") && top().semicolons++ < 2);
        if (!inHead) {
            dropGroups(token);
        }
    }

    private void closeBrace(int closer) {
        int brace = open.size() - 1;
        while (brace >= 0 && isGroup(open.get(brace))) {
            brace--;
        }
        if (brace < 0) {
            dropGroups(closer);
            blank(closer);
            return;
        }
        Open opener = open.get(brace);
        int indent = tokens.indent(closer);
        boolean tells = tokens.isFirstOnLine(closer) && tokens.line(opener.token) != tokens.line(closer);
        if (tells && missing > 0 && indent < tokens.indent(opener.token)) {
            int meant = braceIndented(indent, brace);
            boolean fits = isInGroup(brace) && (tokens.kind(closer + 1) == ')' || tokens.kind(closer + 1) == ',');
            while (meant >= 0 && !fits && open.size() - 1 > meant && missing > 0) {
                if (isGroup(top())) {
                    dropGroups(closer);
                } else {
                    closeMissing(closer);
                }
            }
        } else if (tells && surplus > 0 && indent > tokens.indent(opener.token)) {
            surplus--;
            boolean earlier = opener.lastCloser != JavaTokens.NONE
                    && tokens.indent(opener.lastOpener) == indent
                    && tokens.line(opener.lastOpener) != tokens.line(opener.lastCloser)
                    && !tokens.isFirstOnLine(opener.lastCloser);
            blank(earlier ? opener.lastCloser : closer);
            if (earlier) {
                partners[opener.lastCloser] = JavaTokens.NONE;
                partners[opener.lastOpener] = closer;
                partners[closer] = opener.lastOpener;
            }
            return;
        }
        if (isGroup(top())) {
            dropGroups(closer);
        }
        int token = top().token;
        pair(closer);
        if (!open.isEmpty()) {
            top().lastOpener = token;
            top().lastCloser = closer;
        }
    }

    private boolean isInGroup(int index) {
        return index > 0 && isGroup(open.get(index - 1));
    }

    /** Returns the place on the stack of the innermost brace with an indentation, below a place; -1 if there is none. */
    private int braceIndented(int indent, int below) {
        for (int i = below - 1; i >= 0; i--) {
            if (!isGroup(open.get(i)) && tokens.indent(open.get(i).token) == indent) {
                return i;
            }
        }
        return -1;
    }

    /** Ends the brace at the top of the stack, whose own closing brace is missing before a token. */
    private void closeMissing(int before) {
        boolean inGroup = isTopInGroup();
        Open brace = pop();
        missing--;
        int place = brace.dedent == JavaTokens.NONE ? before : brace.dedent;
        if (inGroup) {
            int outermost = open.size() - 1;
            while (isInGroup(outermost)) {
                outermost--;
            }
            blanks.add(new int[] {statementStart(open.get(outermost).token), brace.token});
        } else if (!insertCloser(brace, place)) {
            blanks.add(new int[] {statementStart(brace.token), brace.token});
        }
    }

    /** Puts the closing brace of a brace into the room before a token; tells whether there was any. */
    private boolean insertCloser(Open brace, int token) {
        if (token == tokens.size()) {
            inserted.put(brace.token, AT_END);
            return true;
        }
        int room = token == 0 ? 0 : tokens.end(token - 1);
        for (int at = tokens.start(token) - 1; at >= room; at--) {
            if (!fillings.containsKey(at)) {
                fill(at, "}");
                inserted.put(brace.token, at);
                return true;
            }
        }
        return false;
    }

    /** Takes out the statement or member whose parentheses were still open at a token, as far as its lines go. */
    private void dropGroups(int trigger) {
        int outermost = JavaTokens.NONE;
        while (!open.isEmpty() && isGroup(top())) {
            outermost = pop().token;
        }
        if (outermost == JavaTokens.NONE) {
            return;
        }
        int first = statementStart(outermost);
        int last = outermost;
        int limit = tokens.kind(trigger) == ';' ? trigger : trigger - 1;
        while (last < limit
                && (tokens.line(last + 1) == tokens.line(outermost)
                        || tokens.indent(last + 1) > tokens.indent(first))) {
            last++;
        }
        blanks.add(new int[] {first, last});
    }

    /** Returns the first token of the statement or member that a token belongs to. */
    private int statementStart(int token) {
        int at = token - 1;
        while (at >= 0) {
            char kind = tokens.kind(at);
            if (kind == ';' || kind == '{' || kind == '}') {
                break;
            }
            boolean closer = kind == ')' || kind == ']';
            at = (closer && partners[at] != JavaTokens.NONE ? partners[at] : at) - 1;
        }
        int start = at + 1;
        if (tokens.isWord(start, "case") || tokens.isWord(start, "default")) {
            for (int i = start; i < token; i++) {
                if (tokens.kind(i) == ':' || tokens.kind(i) == JavaTokens.ARROW) {
                    return i + 1;
                }
            }
        }
        return start;
    }

    private void blank(int token) {
        blanks.add(new int[] {token, token});
    }

    private void fill(int offset, String text) {
        for (int i = 0; i < text.length(); i++) {
            fillings.put(offset + i, text.substring(i, i + 1));
        }
    }

    private void apply() {
        for (int[] run : blanks) {
            for (int i = run[0]; i <= run[1]; i++) {
                draft.blank(tokens.start(i), tokens.end(i));
                Integer closer = inserted.remove(i);
                if (closer != null) {
                    fillings.remove(closer);
                }
                int partner = partners[i];
                if (partner != JavaTokens.NONE && (partner < run[0] || partner > run[1])) {
                    draft.blank(tokens.start(partner), tokens.end(partner));
                }
            }
        }
        gaps.forEach(gap -> draft.blank(gap.start(), gap.end()));
        fillings.forEach(draft::put);
        inserted.values().stream().filter(place -> place == AT_END).forEach(place -> draft.append('}'));
    }
}
