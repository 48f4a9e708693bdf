package io.github.spawnproof.python;

import io.github.spawnproof.boundary.PathForm;

/**
 * What is known of the text of a path.
 *
 * @param start the text up to the first part that is not known
 * @param end the text from the last part that is not known
 * @param whole whether all of it is known; then start and end are the same
 * @param anchored whether it does not depend on the working directory of the one who uses it, whatever its text is
 * @param isObject whether it is a path object, not a string
 * @param isThisFile whether it is the path of the file itself
 */
record PathText(String start, String end, boolean whole, boolean anchored, boolean isObject, boolean isThisFile) {

    /** A path of which nothing is known. */
    static final PathText UNKNOWN = new PathText("", "", false, false, false, false);

    static PathText of(String text) {
        return new PathText(text, text, true, false, false, false);
    }

    /** Returns a path that does not depend on the working directory, with the known end. */
    static PathText anchored(String end) {
        return new PathText("", end, false, true, false, false);
    }

    PathText asObject() {
        return new PathText(start, end, whole, anchored, true, isThisFile);
    }

    PathText asString() {
        return new PathText(start, end, whole, anchored, false, isThisFile);
    }

    /** Returns the two texts one behind the other. */
    PathText plus(PathText other) {
        return new PathText(
                whole ? start + other.start : start,
                other.whole ? end + other.end : other.end,
                whole && other.whole,
                anchored || (whole && start.isEmpty() && other.anchored),
                isObject,
                false);
    }

    /** Returns the path of a file in this folder, as {@code os.path.join} does. */
    PathText join(PathText other) {
        if (other.isAbsolute() || (other.start.isEmpty() && !other.whole)) {
            return new PathText(other.start, other.end, other.whole, other.anchored, isObject, false);
        }
        boolean empty = whole && start.isEmpty();
        return (empty ? this : plus(of("/"))).plus(other);
    }

    boolean isAbsolute() {
        return anchored || PathForm.isAbsolute(start);
    }

    /** Tells whether it surely is a path relative to somebody's working directory. */
    boolean isRelative() {
        return !anchored && PathForm.isRelative(start) && !end.contains("\n");
    }
}
