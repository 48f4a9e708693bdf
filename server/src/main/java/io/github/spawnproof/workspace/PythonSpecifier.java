package io.github.spawnproof.workspace;

import io.github.spawnproof.boundary.PythonVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on Python versions as {@code requires-python} has it (PEP 440), and Poetry's additions to it: {@code ^3.9},
 * {@code ~3.9}, {@code 3.9.*}, {@code ||}.
 */
final class PythonSpecifier {

    // Anything behind the release (a1, rc2, .post1) does not change which feature releases match.
    private static final Pattern CLAUSE = Pattern.compile("(===|==|~=|!=|<=|>=|<|>|\\^|~|=|)\\s*v?(\\d+(?:\\.\\d+)*)"
            + "(\\.\\*)?(?:[-._]?(?:a|b|c|rc|alpha|beta|pre|preview|post|dev)[-._]?\\d*)*");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*|\\s+(?=[<>=!~^])");
    /** Bug-fix releases that are tried; no feature release had more. */
    private static final int MICROS = 100;

    private record Clause(String operator, List<Integer> release, boolean wildcard) {}

    private PythonSpecifier() {}

    /**
     * Returns the known feature releases of which some bug-fix release matches; empty if the text is no specifier, or none
     * matches.
     */
    static Optional<List<PythonVersion>> versions(String specifier) {
        List<List<Clause>> alternatives = new ArrayList<>();
        for (String alternative : specifier.split("\\|\\|?", -1)) {
            Optional<List<Clause>> clauses = clauses(alternative.strip());
            if (clauses.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(clauses.get());
        }
        List<PythonVersion> matching = PythonVersion.known().stream()
                .filter(version -> alternatives.stream().anyMatch(clauses -> matches(version, clauses)))
                .toList();
        return matching.isEmpty() ? Optional.empty() : Optional.of(matching);
    }

    private static Optional<List<Clause>> clauses(String text) {
        List<Clause> clauses = new ArrayList<>();
        if (text.equals("*")) {
            return Optional.of(clauses);
        }
        for (String part : SEPARATOR.split(text, -1)) {
            Matcher matcher = CLAUSE.matcher(part);
            if (part.isEmpty() && !text.isEmpty()) {
                continue; // A comma too many, which packaging allows at the end.
            }
            if (!matcher.matches()) {
                return Optional.empty();
            }
            List<Integer> release = Pattern.compile("\\.")
                    .splitAsStream(matcher.group(2))
                    .map(PythonSpecifier::number)
                    .toList();
            clauses.add(new Clause(matcher.group(1), release, matcher.group(3) != null));
        }
        return Optional.of(clauses);
    }

    private static Integer number(String digits) {
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static boolean matches(PythonVersion version, List<Clause> clauses) {
        for (int micro = 0; micro < MICROS; micro++) {
            List<Integer> release = List.of(version.major(), version.minor(), micro);
            if (clauses.stream().allMatch(clause -> matches(release, clause))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<Integer> version, Clause clause) {
        List<Integer> release = clause.release;
        int compared = compare(version, release);
        boolean prefix = hasPrefix(version, release, release.size());
        return switch (clause.operator) {
            case ">=" -> compared >= 0;
            case "<=" -> compared <= 0;
            case ">" -> compared > 0;
            case "<" -> compared < 0;
            case "!=" -> clause.wildcard ? !prefix : compared != 0;
            case "==", "=", "===", "" -> clause.wildcard ? prefix : compared == 0;
            case "~=" -> compared >= 0 && hasPrefix(version, release, Math.max(1, release.size() - 1));
            // python-poetry.org/docs/dependency-specification
            case "^" -> compared >= 0 && hasPrefix(version, release, 1);
            case "~" -> compared >= 0 && hasPrefix(version, release, Math.min(release.size(), 2));
            default -> throw new IllegalStateException("operator " + clause.operator);
        };
    }

    private static boolean hasPrefix(List<Integer> version, List<Integer> release, int length) {
        for (int i = 0; i < length; i++) {
            if (part(version, i) != part(release, i)) {
                return false;
            }
        }
        return true;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int compared = Integer.compare(part(a, i), part(b, i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int part(List<Integer> version, int index) {
        return index < version.size() ? version.get(index) : 0;
    }
}
