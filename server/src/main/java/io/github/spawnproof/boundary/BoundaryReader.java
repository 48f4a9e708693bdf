package io.github.spawnproof.boundary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a {@code .boundaries} file, one a line:
 *
 * <pre>
 * class NAME [: BASE]                  a class; a base that is no class of the table is left out
 * NAME(PARAMETERS) [-> TYPE] [starts [where made]] [method=spawn] [if-started]
 * alias NAME = NAME                    another name for a row, a class or a module
 * transparent NAME                     a decorator whose result is called like the function itself
 * opaque [thread|pickled|shared] NAME WORDS         a class whose instances no pickle carries, and its constructor
 * twin NAME = NAME                     what goes where the first one does not, and does the same there
 * script NAME                          a decorator that runs the body of a function as a program of its own
 * forks-on-mac NAME                    importing this module chooses fork on macOS
 * parameters NAME = PARAMETERS         parameters that several rows share; a row takes them in by {@code &NAME}
 * well-known NAME if TEXT              what the last part of the name means in a fragment that has the text in it
 * no-json NAME = WORDS                 something that is no plain data, in words: a function, a class
 * no-json NAME() = WORDS [=> TEXT]     the same of what calling it gives; the text makes plain data of {@code #}
 * daemonic NAME                        a class of pools whose workers are daemons
 * barred NAME                          what starts processes in this module may not be called in a daemon
 * bound NAME [unless PARAMETER]        what this makes holds a semaphore of its context, without such an argument
 * single NAME                          a class over whose instances nobody can iterate
 * cuda NAME                            calling this initialises CUDA
 * device NAME                          calls in this module put what they make on their device argument
 * </pre>
 *
 * A parameter is {@code name}, {@code *name}, {@code **name} or a bare {@code *}, then optionally {@code @role}, then
 * optionally {@code called} or {@code called-if-given} of a function that another process calls, {@code spread} or
 * {@code spread-named} of the arguments that it passes to that, then optionally what the argument must be: {@code ='text'}, {@code >0}, {@code >1} or {@code !=1}; or, if it is there, {@code =None},
 * {@code =True}. A parameter {@code self} stands for
 * the object that the method is called on.
 */
final class BoundaryReader {

    private static final Pattern ROW = Pattern.compile(
            "([\\w.*]+)\\(([^)]*)\\)(?: -> ([\\w.]+))?( starts(?: where made)?)?(?: method=(\\w+))?( if-started)?");
    private static final Pattern PARAMETER = Pattern.compile(
            "(\\*{0,2})(\\w*)(?: @([\\w-]+))?(?: (called|called-if-given|spread|spread-named))?(?:='([^']*)'|=(None|True)|(>0|>1|!=1))?");

    private static final Pattern NO_JSON = Pattern.compile("no-json \\S+ = ([^=]+?)(?: => (.*#.*))?");
    private static final Pattern SHARED = Pattern.compile("&([\\w.]+)");

    private final BoundaryTable.Builder table;
    private final Map<String, String> shared = new HashMap<>();

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
            case "script" -> table.addScript(words[1]);
            case "opaque" -> readOpaque(words, line);
            case "twin" -> table.addTwin(words[1], words[3]);
            case "cuda" -> table.addCuda(words[1]);
            case "bound" -> table.addBound(words[1], words.length > 3 ? words[3] : "");
            case "barred" -> table.addBarred(words[1]);
            case "daemonic" -> table.addDaemonic(words[1]);
            case "single" -> table.addSingle(words[1]);
            case "device" -> table.addDevice(words[1]);
            case "forks-on-mac" -> table.addForksOnMac(words[1]);
            case "parameters" -> shared.put(words[1], withShared(line.substring(line.indexOf('=') + 1)));
            case "well-known" -> table.addWellKnown(new WellKnownName(words[1], words[3]));
            case "no-json" -> table.addNoJson(words[1], noJson(line));
            default -> table.add(row(withShared(line)));
        }
    }

    private static NoJson noJson(String line) {
        Matcher matcher = NO_JSON.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a row about JSON: " + line);
        }
        @Nullable String plain = matcher.group(2);
        return new NoJson(matcher.group(1), plain == null ? "" : plain);
    }

    private String withShared(String line) {
        return SHARED.matcher(line)
                .replaceAll(reference -> shared.getOrDefault(reference.group(1), reference.group())
                        .strip());
    }

    private void readOpaque(String[] words, String line) {
        Opaque.Kind kind = switch (words[1]) {
            case "thread" -> Opaque.Kind.THREAD;
            case "pickled" -> Opaque.Kind.PICKLED;
            case "shared" -> Opaque.Kind.SHARED;
            default -> Opaque.Kind.ANY;
        };
        String name = words[kind == Opaque.Kind.ANY ? 1 : 2];
        table.addOpaque(name, new Opaque(line.substring(line.indexOf(name) + name.length() + 1), kind));
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
                matcher.group(6) != null);
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
            BoundaryParameter.Kind kind = name.equals("self")
                    ? BoundaryParameter.Kind.RECEIVER
                    : stars.equals("**")
                            ? BoundaryParameter.Kind.VAR_KEYWORD
                            : stars.equals("*")
                                    ? BoundaryParameter.Kind.VAR_POSITIONAL
                                    : keywordOnly
                                            ? BoundaryParameter.Kind.KEYWORD_ONLY
                                            : BoundaryParameter.Kind.POSITIONAL;
            @Nullable String role = matcher.group(3);
            @Nullable String use = matcher.group(4);
            String required = Stream.of(matcher.group(5), matcher.group(6), matcher.group(7))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            parameters.add(new BoundaryParameter(
                    name,
                    kind,
                    role == null ? null : Role.parse(role),
                    required,
                    use == null ? null : BoundaryParameter.Use.parse(use)));
        }
        return parameters;
    }
}
