package io.github.spawnproof.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that teaches a rule: Markdown, packed beside the rule's class.
 *
 * @param id the rule's id, which is also the page's first heading
 * @param markdown the whole page
 */
public record RulePage(String id, String markdown) {

    private static final Pattern LINK = Pattern.compile("\\]\\((https?://[^)\\s]+)\\)");

    /**
     * Reads the page of a rule.
     *
     * @throws IllegalStateException if the rule has no page
     */
    public static RulePage of(Rule rule) {
        String name = rule.id() + ".md";
        try (InputStream in = rule.getClass().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no page " + name + " beside " + rule.getClass());
            }
            return new RulePage(rule.id(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the sentence under the heading. */
    public String summary() {
        int start = markdown.indexOf('\n') + 1;
        int end = markdown.indexOf("\n## ");
        return markdown.substring(start, end < 0 ? markdown.length() : end).strip();
    }

    /** Returns what a hover shows: the page down to and including the section {@code Fix}. */
    public String hover() {
        int fix = markdown.indexOf("\n## Fix");
        int end = fix < 0 ? -1 : markdown.indexOf("\n## ", fix + 1);
        return (end < 0 ? markdown : markdown.substring(0, end)).strip() + "\n";
    }

    /** Returns the text of a section without its heading; empty if the page has no such section. */
    public String section(String heading) {
        int at = markdown.indexOf("\n## " + heading + "\n");
        if (at < 0) {
            return "";
        }
        int start = markdown.indexOf('\n', at + 1) + 1;
        int end = markdown.indexOf("\n## ", start);
        return markdown.substring(start, end < 0 ? markdown.length() : end).strip();
    }

    /** Returns the upstream documentation: the first link of the references. */
    public Optional<String> upstream() {
        Matcher matcher = LINK.matcher(section("References"));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
