package io.github.spawnproof.boundary;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A feature release of Python 3. */
public record PythonVersion(int major, int minor) implements Comparable<PythonVersion> {

    /** The oldest release whose syntax and behaviour are known here. */
    public static final PythonVersion OLDEST = new PythonVersion(3, 8);
    /** The newest release whose syntax and behaviour are known here. */
    public static final PythonVersion NEWEST = new PythonVersion(3, 15);

    private static final PythonVersion OLDEST_BY_DEFAULT = new PythonVersion(3, 10);
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,4})");

    /** Returns the releases that a project without any statement of its own is judged for. */
    public static List<PythonVersion> byDefault() {
        return between(OLDEST_BY_DEFAULT, NEWEST);
    }

    /** Returns all known releases. */
    public static List<PythonVersion> known() {
        return between(OLDEST, NEWEST);
    }

    private static List<PythonVersion> between(PythonVersion first, PythonVersion last) {
        return IntStream.rangeClosed(first.minor, last.minor)
                .mapToObj(minor -> new PythonVersion(3, minor))
                .toList();
    }

    /** Returns the version written {@code 3.14}; empty for any other form, a third number included. */
    public static Optional<PythonVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new PythonVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(PythonVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
