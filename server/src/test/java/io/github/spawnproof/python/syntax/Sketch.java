package io.github.spawnproof.python.syntax;

import io.github.spawnproof.source.SourceText;
import java.util.List;

/** Programs as trees in one line: kinds, values and nesting of {@link TreeDump}, without fields and positions. */
final class Sketch {

    private Sketch() {}

    /** Returns the statements of a program, such as {@code (Expr (Call (Name f)))}. */
    static String of(String program) {
        return of(parse(program));
    }

    static PythonTree parse(String program) {
        return PythonParser.parse(new SourceText(program));
    }

    static String of(PythonTree tree) {
        List<String> lines = TreeDump.of(tree);
        StringBuilder sketch = new StringBuilder();
        int open = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" ", 5);
            int depth = Integer.parseInt(parts[0]);
            while (open >= depth) {
                sketch.append(')');
                open--;
            }
            if (!sketch.isEmpty()) {
                sketch.append(' ');
            }
            sketch.append('(').append((parts[2] + " " + parts[4]).strip());
            open = depth;
        }
        sketch.append(")".repeat(open));
        return sketch.toString();
    }

    /** Returns the sketch of a program that is one expression. */
    static String ofExpression(String expression) {
        String statement = of(expression);
        if (!statement.startsWith("(Expr ")) {
            throw new IllegalArgumentException("no expression: " + statement);
        }
        return statement.substring("(Expr ".length(), statement.length() - 1);
    }
}
