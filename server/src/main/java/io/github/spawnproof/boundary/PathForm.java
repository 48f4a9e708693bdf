package io.github.spawnproof.boundary;

import java.util.Locale;
import java.util.regex.Pattern;

/** What Jina takes a text for, where it expects a path or something else. */
public final class PathForm {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    /** What a relative path starts with; anything else may be an address, a variable, a placeholder. */
    private static final Pattern RELATIVE_START =
            Pattern.compile("[\\w.][^:$%{}<>|*?\\n]*", Pattern.UNICODE_CHARACTER_CLASS);

    /** Files that Jina takes for YAML: {@code jina.helper.is_yaml_filepath}. */
    private static final Pattern YAML_FILE = Pattern.compile("[/\\w\\-.]+\\.ya?ml", Pattern.UNICODE_CHARACTER_CLASS);

    private PathForm() {}

    /** Tells whether a text that begins so is an absolute path on some system. */
    public static boolean isAbsolute(String start) {
        return start.startsWith("/")
                || start.startsWith("\\")
                || DRIVE.matcher(start).matches();
    }

    /** Tells whether a text that begins so surely is a path relative to somebody's working directory. */
    public static boolean isRelative(String start) {
        return RELATIVE_START.matcher(start).matches();
    }

    /** Tells whether {@code uses} takes the text for the path of a YAML file. */
    public static boolean isYamlFile(String text) {
        return YAML_FILE.matcher(text.strip()).matches();
    }

    /** Tells whether the text is the path of a Python file, which {@code uses} never takes. */
    public static boolean isPythonFile(String text) {
        String path = text.strip();
        return path.toLowerCase(Locale.ROOT).endsWith(".py") && (isRelative(path) || isAbsolute(path));
    }

    /** Tells whether an entry of {@code py_modules} is a path; else it is the name of a module. */
    public static boolean isModuleFile(String text) {
        return text.endsWith(".py") || text.contains("/") || text.contains("\\");
    }
}
