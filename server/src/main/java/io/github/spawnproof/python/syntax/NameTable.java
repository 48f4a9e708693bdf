package io.github.spawnproof.python.syntax;

import java.util.Arrays;

/**
 * The identifiers of one text, each once, numbered from 0. The first numbers are those of {@link TokenKind#KEYWORDS}.
 *
 * <p>Open addressing over the characters of the text: a name that is known costs no object.
 */
final class NameTable {

    private static final int INITIAL_SLOTS = 512;
    private static final int MULTIPLIER = 31;
    private static final int LONGEST_KEYWORD = 8;
    private static final NameTable KEYWORDS = keywords();

    private String[] names;
    private int[] hashes;
    /** Number of the name plus one, or 0 for a free slot; the length is a power of two. */
    private int[] slots;

    private int count;

    private NameTable(String[] names, int[] hashes, int[] slots, int count) {
        this.names = names;
        this.hashes = hashes;
        this.slots = slots;
        this.count = count;
    }

    static NameTable create() {
        return new NameTable(KEYWORDS.names.clone(), KEYWORDS.hashes.clone(), KEYWORDS.slots.clone(), KEYWORDS.count);
    }

    private static NameTable keywords() {
        NameTable table =
                new NameTable(new String[INITIAL_SLOTS / 2], new int[INITIAL_SLOTS / 2], new int[INITIAL_SLOTS], 0);
        for (String keyword : TokenKind.KEYWORDS) {
            table.number(keyword);
        }
        return table;
    }

    /** Returns the hash of a name that goes on with the character. */
    static int hash(int hash, char next) {
        return hash * MULTIPLIER + next;
    }

    String name(int number) {
        return names[number];
    }

    int number(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = hash(hash, name.charAt(i));
        }
        return number(name, 0, name.length(), hash);
    }

    /** Returns the number of the name at the given range of the text; the hash is that of its characters in order. */
    int number(String text, int start, int end, int hash) {
        int length = end - start;
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash) {
                String name = names[number];
                if (name.length() == length && text.startsWith(name, start)) {
                    return number;
                }
            }
            slot = (slot + 1) & mask;
        }
        if (count == names.length) {
            grow();
            return number(text, start, end, hash);
        }
        names[count] = text.substring(start, end);
        hashes[count] = hash;
        slots[slot] = count + 1;
        return count++;
    }

    /** Returns the number of the keyword at the range, soft ones included, or a large number if there is none. */
    int keyword(char[] chars, int start, int end) {
        int length = end - start;
        if (length > LONGEST_KEYWORD) {
            return Integer.MAX_VALUE;
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash(hash, chars[i]);
        }
        int mask = KEYWORDS.slots.length - 1;
        int slot = spread(hash) & mask;
        while (KEYWORDS.slots[slot] != 0) {
            int number = KEYWORDS.slots[slot] - 1;
            if (KEYWORDS.hashes[number] == hash && KEYWORDS.names[number].equals(new String(chars, start, length))) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        return Integer.MAX_VALUE;
    }

    private void grow() {
        names = Arrays.copyOf(names, count * 2);
        hashes = Arrays.copyOf(hashes, count * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < count; i++) {
            int slot = spread(hashes[i]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
