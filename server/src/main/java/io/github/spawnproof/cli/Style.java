package io.github.spawnproof.cli;

import io.github.spawnproof.finding.Severity;

/** Colours of a terminal, or none. */
record Style(boolean enabled) {

    static final Style PLAIN = new Style(false);

    private static final String RESET = "\u001B[0m";

    /** Decides about colour as no-color.org and bixense.com/clicolors have it. */
    static Style of(String choice, Console console) {
        return switch (choice) {
            case "always" -> new Style(true);
            case "never" -> PLAIN;
            default -> new Style(byEnvironment(console));
        };
    }

    private static boolean byEnvironment(Console console) {
        if (!console.variable("NO_COLOR").isEmpty()) {
            return false;
        }
        String force = console.variable("CLICOLOR_FORCE");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return console.outIsTerminal()
                && !console.variable("CLICOLOR").equals("0")
                && !console.variable("TERM").equals("dumb");
    }

    String bold(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    String blue(String text) {
        return in("1;34", text);
    }

    String green(String text) {
        return in("32", text);
    }

    String red(String text) {
        return in("31", text);
    }

    String cyan(String text) {
        return in("36", text);
    }

    String severity(Severity severity, String text) {
        return in(
                switch (severity) {
                    case ERROR -> "1;31";
                    case WARNING -> "1;33";
                    case INFORMATION -> "1;36";
                    case HINT -> "1";
                },
                text);
    }

    private String in(String code, String text) {
        return enabled && !text.isEmpty() ? "\u001B[" + code + "m" + text + RESET : text;
    }
}
