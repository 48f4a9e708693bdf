package io.github.spawnproof.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a text imports, without parsing it: too many rather than too few. */
final class ImportedNames {

    private static final Pattern IMPORT = Pattern.compile(
            "^[ \\t]*(?:from[ \\t]+([.\\w]+)[ \\t]+import[ \\t]+(\\([^)]*\\)|[^\\n;#]*)|import[ \\t]+([^\\n;#]*))",
            Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("([\\w.]+)(?:[ \\t]+as[ \\t]+\\w+)?");

    private ImportedNames() {}

    /** Returns the names, dotted; relative ones with their dots; of {@code from a import b}, {@code a.b}. */
    static List<String> of(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(text);
        while (matcher.find()) {
            String module = matcher.group(1);
            Matcher name = NAME.matcher(module == null ? matcher.group(3) : matcher.group(2));
            String before = module == null ? "" : module.endsWith(".") ? module : module + ".";
            if (module != null && !module.endsWith(".")) {
                names.add(module);
            }
            while (name.find()) {
                names.add(before + name.group(1));
            }
        }
        return names;
    }
}
