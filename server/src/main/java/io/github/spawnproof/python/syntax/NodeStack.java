package io.github.spawnproof.python.syntax;

import java.util.Arrays;
import java.util.List;

/** Children of the nodes that are under way; one array instead of a list per node. */
final class NodeStack<T> {

    private Object[] nodes = new Object[64];
    private int size;

    int size() {
        return size;
    }

    void push(T node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        nodes[size++] = node;
    }

    @SuppressWarnings("unchecked") // Only push writes to the array.
    T get(int index) {
        return (T) nodes[index];
    }

    void truncate(int mark) {
        size = mark;
    }

    /** Takes what was pushed since the stack had the given size. */
    @SuppressWarnings("unchecked") // Only push writes to the array.
    List<T> take(int mark) {
        int taken = size - mark;
        size = mark;
        return switch (taken) {
            case 0 -> List.of();
            case 1 -> List.of((T) nodes[mark]);
            case 2 -> List.of((T) nodes[mark], (T) nodes[mark + 1]);
            default -> (List<T>) List.of(Arrays.copyOfRange(nodes, mark, mark + taken));
        };
    }
}
