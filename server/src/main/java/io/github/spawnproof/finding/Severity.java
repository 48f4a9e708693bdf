package io.github.spawnproof.finding;

/** How bad a finding is, worst first. */
public enum Severity {
    /** Raises, dies or hangs on every target. */
    ERROR,
    /** Fails on some targets, or goes on but wrongly on any. */
    WARNING,
    /** Depends on data, timing or place, or is a remark. */
    INFORMATION,
    /** Shown with the least emphasis; no rule is judged so, but settings may say so. */
    HINT;

    /** Returns the name as settings and output spell it: lower case. */
    public String label() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFORMATION -> "information";
            case HINT -> "hint";
        };
    }

    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
