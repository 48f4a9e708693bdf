package io.github.spawnproof.workspace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Where a setting comes from.
 *
 * @param file the settings file; empty if it is none
 * @param line in the file, from 1; empty if that is not known
 * @param note what else says so, such as {@code requires-python in pyproject.toml}; empty if nothing does
 */
public record SettingOrigin(Kind kind, Optional<Path> file, OptionalInt line, String note) {

    /** What a setting can come from, the strongest first. */
    public enum Kind {
        COMMAND_LINE("command line"),
        FILE("file"),
        EDITOR("editor"),
        /** What the project says for other tools: its metadata, its environment files. */
        PROJECT("project"),
        DEFAULT("default");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    static SettingOrigin of(Kind kind) {
        return new SettingOrigin(kind, Optional.empty(), OptionalInt.empty(), "");
    }

    static SettingOrigin of(Path file, OptionalInt line) {
        return new SettingOrigin(Kind.FILE, Optional.of(file), line, "");
    }

    static SettingOrigin project(String note) {
        return new SettingOrigin(Kind.PROJECT, Optional.empty(), OptionalInt.empty(), note);
    }

    /** Returns the origin as people say it, such as {@code pyproject.toml:12}. */
    public String inWords(Function<Path, String> names) {
        if (!note.isEmpty()) {
            return note;
        }
        return file.map(names)
                .map(name -> line.isPresent() ? name + ":" + line.getAsInt() : name)
                .orElse(kind.label());
    }
}
