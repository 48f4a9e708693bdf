package io.github.spawnproof.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Related;
import io.github.spawnproof.finding.Severity;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.rule.RulePage;
import io.github.spawnproof.source.DocumentSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;

/** Shows findings as diagnostics, with as much as the client understands. */
final class Diagnostics {

    static final String SOURCE = "spawnproof";

    private final Supplier<RuleCatalog> catalog;
    private final ClientFeatures features;
    /** Links by rule id: pages are in the jar, and read once. */
    private final Map<String, Optional<String>> links = new ConcurrentHashMap<>();

    Diagnostics(Supplier<RuleCatalog> catalog, ClientFeatures features) {
        this.catalog = catalog;
        this.features = features;
    }

    /** Returns the diagnostics of the findings that start in a part of the document. */
    List<Diagnostic> of(OpenDocument document, TextPart part, AnalysisResult result) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Finding finding : result.findings()) {
            if (document.partAt(finding.range().start()).equals(part)) {
                diagnostics.add(of(document, finding));
            }
        }
        return diagnostics;
    }

    Diagnostic of(OpenDocument document, Finding finding) {
        TextPart part = document.partAt(finding.range().start());
        Positions positions = new Positions(part, features.encoding());
        Diagnostic diagnostic = new Diagnostic(
                positions.range(finding.range()),
                finding.message(),
                severity(finding.severity()),
                SOURCE,
                finding.rule());
        if (features.codeDescriptions()) {
            links.computeIfAbsent(finding.rule(), this::link)
                    .ifPresent(link -> diagnostic.setCodeDescription(new DiagnosticCodeDescription(link)));
        }
        if (features.relatedInformation() && !finding.related().isEmpty()) {
            List<DiagnosticRelatedInformation> related = new ArrayList<>();
            for (Related place : finding.related()) {
                related.add(new DiagnosticRelatedInformation(location(document, place), place.message()));
            }
            diagnostic.setRelatedInformation(related);
        }
        if (features.diagnosticData()) {
            diagnostic.setData(data(part, finding));
        }
        return diagnostic;
    }

    private Location location(OpenDocument document, Related place) {
        DocumentSnapshot other = place.document();
        if (other != null) {
            return new Location(other.uri(), new Positions(other.source(), features.encoding()).range(place.range()));
        }
        TextPart part = document.partAt(place.range().start());
        return new Location(part.uri().spelling(), new Positions(part, features.encoding()).range(place.range()));
    }

    private Optional<String> link(String rule) {
        return catalog.get().find(rule).flatMap(found -> RulePage.of(found).upstream());
    }

    private static DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case INFORMATION -> DiagnosticSeverity.Information;
            case HINT -> DiagnosticSeverity.Hint;
        };
    }

    private static JsonObject data(TextPart part, Finding finding) {
        JsonArray failsOn = new JsonArray();
        finding.failsOn().forEach(failsOn::add);
        JsonObject data = new JsonObject();
        data.addProperty("rule", finding.rule());
        data.addProperty("version", part.version());
        data.add("failsOn", failsOn);
        return data;
    }
}
