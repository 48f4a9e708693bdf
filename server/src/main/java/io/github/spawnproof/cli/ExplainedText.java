package io.github.spawnproof.cli;

import io.github.spawnproof.analysis.CodePlace;
import io.github.spawnproof.analysis.ErrorExplanations;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Explanations for people: the error, where it comes from, what it means, and the page. */
final class ExplainedText {

    private final Output out;
    private final Style style;
    private final RuleCatalog catalog;

    ExplainedText(Output out, Style style, RuleCatalog catalog) {
        this.out = out;
        this.style = style;
        this.catalog = catalog;
    }

    void show(List<Explained> explained) {
        Set<String> pages = new LinkedHashSet<>();
        for (Explained one : explained) {
            if (!one.rules().isEmpty()) {
                pages.add(one.rules().get(0));
            }
        }
        boolean whole = pages.size() == 1;
        for (Explained one : explained) {
            error(one, explained.stream().anyMatch(other -> one.error().isCauseOf(other.error())));
            others(one);
        }
        for (String id : pages) {
            catalog.find(id).map(RulePage::of).ifPresent(page -> page(whole ? page.markdown() : page.hover()));
        }
        out.flush();
    }

    private void error(Explained one, boolean hasSymptoms) {
        out.line(style.bold(Printable.text(one.error().message())));
        place(one.place());
        if (one.error().symptom()) {
            out.line(ErrorExplanations.symptom(one.error(), message -> style.bold(Printable.text(message))));
            place(one.causePlace());
        } else if (hasSymptoms) {
            out.line(ErrorExplanations.CAUSE);
        }
        out.line(MarkdownView.styled(one.error().text(), style).strip());
        out.line("");
        TextFormat findings = new TextFormat(out, style, false);
        one.reports().forEach(findings::report);
    }

    private void place(Optional<CodePlace> place) {
        place.ifPresent(
                at -> out.line("  %s %s:%d".formatted(style.blue("-->"), Printable.text(at.file()), at.line())));
    }

    /** Names further pages where no finding decides, and no other error: there is one likeliest reason, and all would fill screens. */
    private void others(Explained one) {
        if (!one.reports().isEmpty() || one.error().cause().isPresent()) {
            return;
        }
        for (String id :
                one.rules().subList(Math.min(1, one.rules().size()), one.rules().size())) {
            catalog.find(id)
                    .map(RulePage::of)
                    .ifPresent(page -> out.line("See also `spawnproof rule %s`: %s".formatted(id, page.summary())));
        }
        if (one.rules().size() > 1) {
            out.line("");
        }
    }

    private void page(String markdown) {
        out.print(style.enabled() ? MarkdownView.styled(markdown, style) : markdown);
        out.line("");
    }
}
