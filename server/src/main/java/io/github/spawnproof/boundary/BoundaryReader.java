package io.github.spawnproof.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a {@code .boundaries} file, one a line:
 *
 * <pre>
 * class NAME [: BASE]                  a class; a base that is no class of the table is left out
 * NAME(PARAMETERS) [-> TYPE] [starts [where made]] [method=spawn] [if-started]
 * alias NAME = NAME                    another name for a row, a class or a module
 * transparent NAME                     a decorator whose result is called like the function itself
 * forks-on-mac NAME                    importing this module chooses fork on macOS
 * cuda NAME                            calling this initialises CUDA
 * device NAME                          calls in this module put what they make on their device argument
 * </pre>
 *
 * A parameter is {@code name}, {@code *name}, {@code **name} or a bare {@code *}, then optionally {@code @role}, then
 * optionally what the argument must be: {@code ='text'}, {@code >0} or {@code !=1}.
 */
final class BoundaryReader {

    private static final Pattern ROW = Pattern.compile(
            "([\\w.*]+)\\(([^)]*)\\)(?: -> ([\\w.]+))?( starts(?: where made)?)?(?: method=(\\w+))?( if-started)?");
    private static final Pattern PARAMETER =
            Pattern.compile("(\\*{0,2})(\\w*)(?: @([\\w-]+))?(?:='([^']*)'|(>0|!=1))?");

    private final BoundaryTable.Builder table;

    BoundaryReader(BoundaryTable.Builder table) {
        this.table = table;
    }

    /**
     * Adds all rows of the text.
     *
     * @throws IllegalArgumentException if a line has none of the forms
     */
    void read(String text) {
        text.lines().map(String::strip).forEach(line -> {
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(line);
            }
        });
    }

    private void readLine(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "class" -> table.addClass(words[1], words.length > 3 ? words[3] : null);
            case "alias" -> table.addAlias(words[1], words[3]);
            case "transparent" -> table.addTransparent(words[1]);
            case "cuda" -> table.addCuda(words[1]);
            case "device" -> table.addDevice(words[1]);
            case "forks-on-mac" -> table.addForksOnMac(words[1]);
            default -> table.add(row(line));
        }
    }

    private static Boundary row(String line) {
        Matcher matcher = ROW.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a boundary row: " + line);
        }
        @Nullable String method = matcher.group(5);
        return new Boundary(
                matcher.group(1),
                parameters(matcher.group(2), line),
                matcher.group(3),
                matcher.group(4) != null,
                " starts where made".equals(matcher.group(4)),
                method == null ? null : startMethod(method, line),
                matcher.group(6) != null,
                List.of());
    }

    private static StartMethod startMethod(String label, String line) {
        Optional<StartMethod> method = StartMethod.parse(label);
        return method.orElseThrow(() -> new IllegalArgumentException("unknown start method: " + line));
    }

    private static List<BoundaryParameter> parameters(String text, String line) {
        List<BoundaryParameter> parameters = new ArrayList<>();
        boolean keywordOnly = false;
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            Matcher matcher = PARAMETER.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a parameter: " + part + " in " + line);
            }
            String stars = matcher.group(1);
            String name = matcher.group(2);
            keywordOnly |= stars.equals("*");
            if (name.isEmpty()) {
                continue;
            }
            BoundaryParameter.Kind kind = stars.equals("**")
                    ? BoundaryParameter.Kind.VAR_KEYWORD
                    : stars.equals("*")
                            ? BoundaryParameter.Kind.VAR_POSITIONAL
                            : keywordOnly ? BoundaryParameter.Kind.KEYWORD_ONLY : BoundaryParameter.Kind.POSITIONAL;
            String role = matcher.group(3);
            String required = matcher.group(4) != null ? matcher.group(4) : matcher.group(5);
            parameters.add(new BoundaryParameter(name, kind, role == null ? null : Role.parse(role), required));
        }
        return parameters;
    }
}
