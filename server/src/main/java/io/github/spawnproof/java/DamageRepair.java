package io.github.spawnproof.java;

import java.util.function.Predicate;

/**
 * Takes out of a text whose brackets pair up what a parser cannot read: little at first, and more where that did not help,
 * but nothing of another member.
 */
final class DamageRepair {

    /** What a pair of braces holds. */
    private enum Braces {
        /** Members. */
        TYPE,
        ENUM,
        /** Statements. */
        CODE,
        /** Neither: values of an array or an annotation. */
        VALUES
    }

    /**
     * A statement or member.
     *
     * @param first its first token
     * @param last its last token
     */
    private record Part(int first, int last) {}

    private final JavaTokens tokens;
    private final JavaDraft draft;

    private DamageRepair(JavaTokens tokens, JavaDraft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    /** Returns what identifies the member around a problem as long as the text is repaired. */
    static int memberAt(JavaTokens tokens, int offset) {
        DamageRepair repair = new DamageRepair(tokens, new JavaDraft(""));
        int token = repair.blamed(offset);
        if (token == JavaTokens.NONE) {
            return JavaTokens.NONE;
        }
        int body = repair.outermostCode(repair.surrounding(token));
        // The end of a member stays where it is while its start is taken out.
        return body != JavaTokens.NONE
                ? tokens.start(body)
                : -tokens.end(repair.partAt(repair.surrounding(token), token).last()) - 1;
    }

    /**
     * Takes out the damage around a problem.
     *
     * @param tokens those of the draft
     * @param offset where a parser could not go on
     * @param tries how often something was taken out of this member before
     * @return whether there was anything left to take out
     */
    static boolean around(JavaTokens tokens, JavaDraft draft, int offset, int tries) {
        DamageRepair repair = new DamageRepair(tokens, draft);
        int token = repair.blamed(offset);
        return token != JavaTokens.NONE && repair.around(token, tries);
    }

    /** Takes out all members that a parser cannot read by themselves, or their bodies if that is enough. */
    static void isolate(JavaTokens tokens, JavaDraft draft, Predicate<String> parses) {
        new DamageRepair(tokens, draft).isolate(JavaTokens.NONE, parses);
    }

    private int blamed(int offset) {
        return Math.min(tokens.at(offset), tokens.size() - 1);
    }

    private boolean around(int token, int tries) {
        int braces = surrounding(token);
        Part part = partAt(braces, token);
        if (kind(braces) != Braces.CODE) {
            return tries < 3 && aroundInMember(part, token, tries);
        }
        switch (tries) {
            case 0 -> takeLines(part, token);
            case 1 -> take(part.first(), part.last());
            default -> {
                int body = outermostCode(braces);
                int wider = braces;
                for (int i = 2; i < tries && wider != body; i++) {
                    wider = surrounding(wider);
                    while (kind(wider) != Braces.CODE) {
                        wider = surrounding(wider);
                    }
                }
                if (tries > 2 && wider == body && isEmpty(body)) {
                    Part member = partAt(surrounding(body), body);
                    take(member.first(), member.last());
                } else {
                    take(wider + 1, tokens.partner(wider) - 1);
                }
            }
        }
        return true;
    }

    private boolean isEmpty(int brace) {
        return tokens.partner(brace) == brace + 1;
    }

    private boolean aroundInMember(Part part, int token, int tries) {
        int body = bodyOf(part);
        if (body == JavaTokens.NONE || token > body) {
            if (tries == 0) {
                takeLines(new Part(behindAnnotations(part.first(), token), part.last()), token);
            } else {
                take(part.first(), part.last());
            }
            return true;
        }
        int head = behindAnnotations(part.first(), token);
        int keyword = typeKeyword(part.first(), body);
        boolean linesBefore = tokens.line(head) < tokens.line(token);
        boolean linesBehind = tokens.line(token) < tokens.line(body - 1);
        if (tries == 0 && (linesBefore || linesBehind)) {
            // What is half typed stands in lines of its own, before a member that is whole.
            takeLines(new Part(head, part.last()), token);
            return true;
        }
        int parameters = tokens.isCloser(token) ? tokens.partner(token) : tokens.parent(token);
        boolean inParameters = parameters >= part.first() && tokens.kind(parameters) == '(';
        if (tries < 2 && inParameters && tokens.partner(parameters) > parameters + 1) {
            take(parameters + 1, tokens.partner(parameters) - 1);
        } else if (keyword == JavaTokens.NONE) {
            take(part.first(), part.last());
        } else if (tries < 2 && token > keyword + 1 && body > keyword + 2) {
            take(keyword + 2, body - 1);
        } else {
            // The members remain, if only as those of the type around.
            take(part.first(), body);
        }
        return true;
    }

    /** Takes out the lines of a part before that of a token, or else its line. */
    private void takeLines(Part part, int token) {
        int last = Math.min(token, part.last());
        if (tokens.line(part.first()) < tokens.line(token)) {
            while (last > part.first() && tokens.line(last) == tokens.line(token)) {
                last--;
            }
        } else {
            while (last < part.last() && tokens.line(last + 1) == tokens.line(token)) {
                last++;
            }
        }
        if (kind(surrounding(part.first())) != Braces.CODE) {
            // What is left of a body would be no member.
            for (int i = part.first(); i <= last; i++) {
                last = Math.max(last, Math.min(tokens.partner(i), part.last()));
            }
        }
        take(part.first(), last);
    }

    private void take(int first, int last) {
        draft.blankTokens(tokens, first, last);
    }

    /** Returns the opening brace around a token that holds statements or members; {@link JavaTokens#NONE} at the top. */
    private int surrounding(int token) {
        boolean closer = tokens.kind(token) == '}';
        int at = closer ? tokens.partner(token) : tokens.parent(token);
        while (at != JavaTokens.NONE && (tokens.kind(at) != '{' || kind(at) == Braces.VALUES)) {
            at = tokens.parent(at);
        }
        return at;
    }

    /** Returns the brace of the body of the member that a brace belongs to, if that is no type's; else none. */
    private int outermostCode(int brace) {
        int found = JavaTokens.NONE;
        for (int at = brace; at != JavaTokens.NONE; at = tokens.parent(at)) {
            if (tokens.kind(at) == '{' && kind(at) == Braces.CODE) {
                found = at;
            }
        }
        return found;
    }

    private Braces kind(int brace) {
        if (brace == JavaTokens.NONE) {
            return Braces.TYPE;
        }
        int before = brace - 1;
        char c = tokens.kind(before);
        int parent = tokens.parent(brace);
        if (c == JavaTokens.ARROW || c == ';' || c == '}' || c == ':' || c == ' ') {
            return Braces.CODE;
        }
        if (c == '{') {
            return kind(before) == Braces.VALUES ? Braces.VALUES : Braces.CODE;
        }
        if ("=],(".indexOf(c) >= 0) {
            return Braces.VALUES;
        }
        int start = headStart(brace);
        int keyword = typeKeyword(start, brace);
        if (keyword != JavaTokens.NONE) {
            return tokens.isWord(keyword, "enum") ? Braces.ENUM : Braces.TYPE;
        }
        if (isModule(start, brace) || isConstant(start, parent)) {
            return Braces.TYPE;
        }
        return c == ')' && isNew(tokens.partner(before) - 1) ? Braces.TYPE : Braces.CODE;
    }

    private boolean isModule(int start, int brace) {
        return tokens.parent(brace) == JavaTokens.NONE
                && (tokens.isWord(start, "module") || tokens.isWord(start, "open"))
                && tokens.kind(brace - 1) == JavaTokens.WORD;
    }

    /** Tells whether a brace is that of an enum constant: no semicolon has ended the list of those. */
    private boolean isConstant(int start, int parent) {
        if (parent == JavaTokens.NONE
                || tokens.kind(parent) != '{'
                || typeKeyword(headStart(parent), parent) == JavaTokens.NONE
                || !tokens.isWord(typeKeyword(headStart(parent), parent), "enum")) {
            return false;
        }
        for (int i = parent + 1; i < start; i++) {
            if (tokens.isOpener(i)) {
                i = tokens.partner(i);
            } else if (tokens.kind(i) == ';') {
                return false;
            }
        }
        return true;
    }

    private boolean isNew(int last) {
        int arguments = 0;
        for (int at = last; at >= 0; at--) {
            char c = tokens.kind(at);
            if (c == '>') {
                arguments++;
            } else if (c == '<') {
                arguments--;
            } else if (arguments == 0 && tokens.isWord(at, "new")) {
                return true;
            } else if (c == ';' || c == '{' || c == '}') {
                return false;
            } else if (arguments == 0 && c != '.' && c != JavaTokens.WORD) {
                return false;
            }
        }
        return false;
    }

    /** Returns the first token of what a brace ends the head of. */
    private int headStart(int brace) {
        int at = brace - 1;
        while (at >= 0 && ";{}(,".indexOf(tokens.kind(at)) < 0) {
            boolean closer = tokens.isCloser(at);
            at = (closer ? tokens.partner(at) : at) - 1;
        }
        // Types, too, stand in lists that have commas.
        while (at >= 0 && tokens.kind(at) == ',') {
            while (at >= 0 && ";{}(".indexOf(tokens.kind(at)) < 0) {
                boolean closer = tokens.isCloser(at);
                at = (closer ? tokens.partner(at) : at) - 1;
            }
        }
        return at + 1;
    }

    /** Returns the keyword that makes a head that of a type, or {@link JavaTokens#NONE}. */
    private int typeKeyword(int start, int end) {
        for (int i = start; i < end; i++) {
            if (tokens.isOpener(i) && tokens.partner(i) != JavaTokens.NONE) {
                i = tokens.partner(i);
            } else if (tokens.kind(i) == '=') {
                return JavaTokens.NONE;
            } else if (tokens.kind(i - 1) != '.'
                    && (tokens.isWord(i, "class")
                            || tokens.isWord(i, "interface")
                            || tokens.isWord(i, "enum")
                            || isRecord(i))) {
                return i;
            }
        }
        return JavaTokens.NONE;
    }

    private boolean isRecord(int token) {
        char behindName = tokens.kind(token + 2);
        return tokens.isWord(token, "record")
                && tokens.kind(token + 1) == JavaTokens.WORD
                && (behindName == '(' || behindName == '<');
    }

    /** Returns the brace that opens the body of a member, or {@link JavaTokens#NONE}. */
    private int bodyOf(Part part) {
        for (int i = part.first(); i <= part.last(); i++) {
            if (tokens.kind(i) == '=') {
                return JavaTokens.NONE;
            }
            if (tokens.kind(i) == '{' && kind(i) != Braces.VALUES) {
                return i;
            }
            if (tokens.isOpener(i)) {
                i = tokens.partner(i);
            }
        }
        return JavaTokens.NONE;
    }

    private int behindAnnotations(int first, int limit) {
        int at = first;
        while (at < limit && tokens.kind(at) == '@' && !tokens.isWord(at + 1, "interface")) {
            int next = at + 2;
            while (tokens.kind(next) == '.') {
                next += 2;
            }
            if (tokens.kind(next) == '(') {
                next = tokens.partner(next) + 1;
            }
            if (next > limit) {
                break;
            }
            at = next;
        }
        return at;
    }

    /** Returns the statement or member directly in braces that holds a token. */
    private Part partAt(int braces, int token) {
        int at = braces + 1;
        int limit = limit(braces);
        Part part = new Part(Math.min(at, tokens.size() - 1), Math.min(at, tokens.size() - 1));
        while (at < limit) {
            part = partFrom(at, limit, token);
            if (part.last() >= token) {
                break;
            }
            at = part.last() + 1;
        }
        return part;
    }

    private int limit(int braces) {
        return braces == JavaTokens.NONE ? tokens.size() : tokens.partner(braces);
    }

    /** Returns the statement or member that starts with a token; a label before another token is one by itself. */
    private Part partFrom(int first, int limit, int wanted) {
        boolean label = tokens.isWord(first, "case") || tokens.isWord(first, "default");
        boolean value = tokens.isWord(first, "return") || tokens.isWord(first, "throw");
        for (int i = first; i < limit; i++) {
            char kind = tokens.kind(i);
            value |= kind == '=';
            if (kind == ';') {
                return new Part(first, i);
            }
            if (label && (kind == ':' || kind == JavaTokens.ARROW) && i < wanted) {
                return new Part(first, i);
            }
            if (tokens.isOpener(i)) {
                i = tokens.partner(i);
                // Behind a value in braces there has to be a semicolon.
                if (kind == '{' && !value && !goesOn(i + 1, first)) {
                    return new Part(first, i);
                }
            }
        }
        return new Part(first, limit - 1);
    }

    /** Tells whether what stands behind a closing brace belongs to the same statement or member. */
    private boolean goesOn(int token, int first) {
        return ".,;?)".indexOf(tokens.kind(token)) >= 0
                || tokens.kind(token) == JavaTokens.REFERENCE
                || tokens.isWord(token, "else")
                || tokens.isWord(token, "catch")
                || tokens.isWord(token, "finally")
                || tokens.isWord(token, "instanceof")
                || (tokens.isWord(token, "while") && tokens.isWord(first, "do"));
    }

    private void isolate(int braces, Predicate<String> parses) {
        int limit = limit(braces);
        boolean constants = kind(braces) == Braces.ENUM;
        int at = braces + 1;
        while (at < limit) {
            Part part = partFrom(at, limit, JavaTokens.NONE);
            at = part.last() + 1;
            int body = constants ? JavaTokens.NONE : bodyOf(part);
            if (body != JavaTokens.NONE && kind(body) != Braces.CODE) {
                String head = tokens.text().substring(tokens.start(part.first()), tokens.end(body));
                if (parses.test(head + "}")) {
                    isolate(body, parses);
                } else {
                    take(part.first(), part.last());
                }
            } else if (!parses.test(wrapped(part, braces, constants))) {
                boolean mended =
                        body != JavaTokens.NONE && parses.test(wrapped(new Part(part.first(), body), braces, false));
                take(mended ? body + 1 : part.first(), part.last() - (mended ? 1 : 0));
            }
            constants = false;
        }
    }

    /** Returns a member as the only one of a type like its own. */
    private String wrapped(Part part, int braces, boolean constants) {
        String text = tokens.text().substring(tokens.start(part.first()), tokens.end(part.last()));
        String closed = tokens.kind(part.last()) == '{' ? text + "}" : text;
        if (braces == JavaTokens.NONE) {
            return closed;
        }
        if (constants) {
            return "enum X {" + closed + "}";
        }
        int keyword = typeKeyword(headStart(braces), braces);
        boolean annotation = keyword > 0 && tokens.kind(keyword - 1) == '@';
        boolean record = keyword != JavaTokens.NONE && tokens.isWord(keyword, "record");
        String head = annotation ? "@interface X {" : record ? "record X() {" : "class X {";
        return head + closed + "}";
    }
}
