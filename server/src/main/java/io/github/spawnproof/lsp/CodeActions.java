package io.github.spawnproof.lsp;

import com.google.gson.JsonObject;
import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Fixes;
import io.github.spawnproof.analysis.Suppressions;
import io.github.spawnproof.finding.Applicability;
import io.github.spawnproof.finding.CellEdits;
import io.github.spawnproof.finding.FileEdit;
import io.github.spawnproof.finding.Finding;
import io.github.spawnproof.finding.Fix;
import io.github.spawnproof.finding.TextEdit;
import io.github.spawnproof.rule.InputRule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Offers fixes and suppressions of findings as code actions. Reads results only; nothing is analysed here. */
final class CodeActions {

    /** Stands for the version of a text that the client has not opened. */
    private static final int NO_VERSION = Integer.MIN_VALUE;

    static final String FIX_ALL = CodeActionKind.SourceFixAll + ".spawnproof";

    /** What an action does; with the number of its finding and fix, it says which action is to be resolved. */
    private enum Purpose {
        FIX,
        IGNORE_HERE,
        IGNORE_IN_FILE,
        FIX_ALL
    }

    /**
     * An action before it is shown.
     *
     * @param findings the numbers of the findings in the result that it answers
     * @param fix the number of the fix, for {@link Purpose#FIX}
     */
    private record Offer(
            Purpose purpose,
            String title,
            List<Integer> findings,
            int fix,
            List<TextEdit> edits,
            List<FileEdit> others,
            boolean preferred) {

        Offer called(String other) {
            return new Offer(purpose, other, findings, fix, edits, others, preferred);
        }

        String kind() {
            return purpose == Purpose.FIX_ALL ? CodeActions.FIX_ALL : CodeActionKind.QuickFix;
        }
    }

    private final Diagnostics diagnostics;
    private final ClientFeatures features;
    private final DocumentStore store;
    private final Supplier<RuleCatalog> catalog;

    CodeActions(Diagnostics diagnostics, ClientFeatures features, DocumentStore store, Supplier<RuleCatalog> catalog) {
        this.diagnostics = diagnostics;
        this.features = features;
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Returns the actions for a range.
     *
     * @param only the kinds that the client asks for, with all kinds below them; empty means all
     */
    List<CodeAction> at(OpenDocument document, AnalysisResult result, TextRange range, List<String> only) {
        if (!features.codeActionLiterals()) {
            return List.of();
        }
        List<Offer> offers = new ArrayList<>();
        if (isWanted(CodeActionKind.QuickFix, only)) {
            offerFixes(result, range, offers);
            offerSuppressions(result, range, offers);
        }
        if (isWanted(FIX_ALL, only)) {
            offerFixAll(result).ifPresent(offers::add);
        }
        List<CodeAction> actions = new ArrayList<>();
        for (Offer offer : distinctTitles(result, merged(offers), document)) {
            actions.add(action(document, result, offer, !features.resolvesEdits()));
        }
        return actions;
    }

    private static boolean isWanted(String kind, List<String> only) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(asked -> asked.isEmpty() || kind.equals(asked) || kind.startsWith(asked + "."));
    }

    private void offerFixes(AnalysisResult result, TextRange range, List<Offer> offers) {
        for (int number = 0; number < result.findings().size(); number++) {
            Finding finding = result.findings().get(number);
            if (!touches(finding.range(), range)) {
                continue;
            }
            boolean preferred = true;
            for (int fix = 0; fix < finding.fixes().size(); fix++) {
                if (!finding.fixes().get(fix).others().stream().allMatch(this::isPossible)) {
                    continue;
                }
                boolean safe = finding.fixes().get(fix).applicability() == Applicability.SAFE;
                offers.add(fix(finding, number, fix, safe && preferred));
                preferred &= !safe;
            }
        }
    }

    /** Tells whether the client can make the file, or has no newer text of it than the one that the edits are for. */
    private boolean isPossible(FileEdit edit) {
        return edit.isNew()
                ? features.documentChanges() && features.createsFiles()
                : store.find(DocumentUri.of(edit.file().uri()))
                        .filter(open ->
                                !open.snapshot().source().equals(edit.file().source()))
                        .isEmpty();
    }

    private static Offer fix(Finding finding, int number, int fix, boolean preferred) {
        Fix chosen = finding.fixes().get(fix);
        return new Offer(Purpose.FIX, chosen.title(), List.of(number), fix, chosen.edits(), chosen.others(), preferred);
    }

    private void offerSuppressions(AnalysisResult result, TextRange range, List<Offer> offers) {
        for (Purpose purpose : List.of(Purpose.IGNORE_HERE, Purpose.IGNORE_IN_FILE)) {
            for (int number = 0; number < result.findings().size(); number++) {
                Finding finding = result.findings().get(number);
                if (touches(finding.range(), range) && isSuppressible(finding)) {
                    suppression(result, purpose, number).ifPresent(offers::add);
                }
            }
        }
    }

    /** Tells whether a comment can silence the finding; one about the comments themselves cannot be. */
    private boolean isSuppressible(Finding finding) {
        return catalog.get()
                .find(finding.rule())
                .filter(rule -> !(rule instanceof InputRule))
                .isPresent();
    }

    private static Optional<Offer> suppression(AnalysisResult result, Purpose purpose, int number) {
        Finding finding = result.findings().get(number);
        Optional<Fix> fix = purpose == Purpose.IGNORE_HERE
                ? Suppressions.ignoreHere(result, finding)
                : Optional.of(Suppressions.ignoreInFile(result, finding));
        return fix.map(f -> new Offer(purpose, f.title(), List.of(number), 0, f.edits(), List.of(), false));
    }

    private static Optional<Offer> offerFixAll(AnalysisResult result) {
        List<TextEdit> edits = Fixes.combined(result, Applicability.SAFE);
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Offer(
                        Purpose.FIX_ALL, "Apply all safe fixes of Spawnproof", List.of(), 0, edits, List.of(), false));
    }

    /** Tells whether the two share a place; a cursor at either end counts. */
    private static boolean touches(TextRange finding, TextRange asked) {
        return finding.start() <= asked.end() && asked.start() <= finding.end();
    }

    /** Makes one offer of those that do the same, such as ignoring a rule in the file that has two findings here. */
    private static List<Offer> merged(List<Offer> offers) {
        List<Offer> merged = new ArrayList<>();
        for (Offer offer : offers) {
            int same = 0;
            while (same < merged.size() && !isSame(merged.get(same), offer)) {
                same++;
            }
            if (same == merged.size()) {
                merged.add(offer);
            } else {
                Offer first = merged.get(same);
                List<Integer> findings = new ArrayList<>(first.findings());
                findings.addAll(offer.findings());
                merged.set(
                        same,
                        new Offer(
                                first.purpose(),
                                first.title(),
                                findings,
                                first.fix(),
                                first.edits(),
                                first.others(),
                                first.preferred() || offer.preferred()));
            }
        }
        return merged;
    }

    private static boolean isSame(Offer one, Offer other) {
        return one.title().equals(other.title())
                && one.edits().equals(other.edits())
                && one.others().equals(other.others());
    }

    /** Adds the place to titles that would otherwise be there more than once. */
    private List<Offer> distinctTitles(AnalysisResult result, List<Offer> offers, OpenDocument document) {
        Map<String, Integer> uses = new HashMap<>();
        offers.forEach(offer -> uses.merge(offer.title(), 1, Integer::sum));
        Map<String, Integer> given = new HashMap<>();
        List<Offer> distinct = new ArrayList<>();
        for (Offer offer : offers) {
            String title = offer.title();
            if (uses.getOrDefault(title, 0) > 1) {
                Finding finding = result.findings().get(offer.findings().get(0));
                int start = finding.range().start();
                Position place = new Positions(document.partAt(start), features.encoding()).position(start);
                title += " (line %d, column %d)".formatted(place.getLine() + 1, place.getCharacter() + 1);
            }
            int before = given.merge(title, 1, Integer::sum);
            if (before > 1) {
                title += " (" + before + ")";
            }
            distinct.add(offer.called(title));
        }
        return distinct;
    }

    private CodeAction action(OpenDocument document, AnalysisResult result, Offer offer, boolean withEdit) {
        CodeAction action = new CodeAction(offer.title());
        action.setKind(offer.kind());
        if (!offer.findings().isEmpty()) {
            action.setDiagnostics(offer.findings().stream()
                    .map(number -> diagnostics.of(document, result.findings().get(number)))
                    .toList());
        }
        if (offer.preferred() && features.preferredActions()) {
            action.setIsPreferred(true);
        }
        if (withEdit) {
            action.setEdit(edit(document, offer));
        } else {
            action.setData(data(document, result, offer));
        }
        return action;
    }

    private static JsonObject data(OpenDocument document, AnalysisResult result, Offer offer) {
        JsonObject data = new JsonObject();
        data.addProperty("uri", document.uri().spelling());
        data.addProperty("version", document.snapshot().version());
        data.addProperty("revision", document.revision());
        data.addProperty("purpose", offer.purpose().name());
        data.addProperty("title", offer.title());
        if (!offer.findings().isEmpty()) {
            int number = offer.findings().get(0);
            data.addProperty("rule", result.findings().get(number).rule());
            data.addProperty("finding", number);
            data.addProperty("fix", offer.fix());
        }
        return data;
    }

    /** Returns the state of the document that the action of the data was made for. */
    static long revision(Params data) {
        return data.integer("revision");
    }

    /** Returns the action of the data with its edit. Its document must have the action's revision. */
    CodeAction resolved(OpenDocument document, AnalysisResult result, Params data) {
        Offer offer = offer(result, data)
                .orElseThrow(() -> ProtocolErrors.invalidParams(data.path() + " is no data of a code action"));
        return action(document, result, offer.called(data.string("title")), true);
    }

    private static Optional<Offer> offer(AnalysisResult result, Params data) {
        if (data.string("purpose").equals(Purpose.FIX_ALL.name())) {
            return offerFixAll(result);
        }
        int number = data.integer("finding");
        int fix = data.integer("fix");
        if (number < 0 || number >= result.findings().size()) {
            return Optional.empty();
        }
        Finding finding = result.findings().get(number);
        for (Purpose purpose : List.of(Purpose.IGNORE_HERE, Purpose.IGNORE_IN_FILE)) {
            if (data.string("purpose").equals(purpose.name())) {
                return suppression(result, purpose, number);
            }
        }
        return fix >= 0 && fix < finding.fixes().size()
                ? Optional.of(fix(finding, number, fix, false))
                : Optional.empty();
    }

    /** The edits of one text, as the protocol has them. */
    private record TextEdits(String uri, int version, List<org.eclipse.lsp4j.TextEdit> edits) {}

    private WorkspaceEdit edit(OpenDocument document, Offer offer) {
        List<TextEdits> all = new ArrayList<>();
        List<TextEdit> edits = CellEdits.divided(document.snapshot(), offer.edits());
        for (TextPart part : document.parts()) {
            List<TextEdit> own = edits.stream()
                    .filter(edit -> document.partAt(edit.range().start()).equals(part))
                    .toList();
            if (!own.isEmpty()) {
                Positions positions = new Positions(part, features.encoding());
                all.add(new TextEdits(part.uri().spelling(), part.version(), shown(own, positions)));
            }
        }
        for (FileEdit other : offer.others()) {
            Positions positions = new Positions(other.file().source(), features.encoding());
            all.add(new TextEdits(other.file().uri(), NO_VERSION, shown(other.edits(), positions)));
        }
        if (!features.documentChanges()) {
            Map<String, List<org.eclipse.lsp4j.TextEdit>> changes = new LinkedHashMap<>();
            all.forEach(text -> changes.put(text.uri(), text.edits()));
            return new WorkspaceEdit(changes);
        }
        List<Either<TextDocumentEdit, ResourceOperation>> changes = new ArrayList<>();
        for (FileEdit other : offer.others()) {
            if (other.isNew()) {
                changes.add(Either.forRight(new CreateFile(other.file().uri())));
            }
        }
        for (TextEdits text : all) {
            TextDocumentEdit change = new TextDocumentEdit();
            // Without a version, the file is meant as it is on disk.
            change.setTextDocument(new VersionedTextDocumentIdentifier(
                    text.uri(), text.version() == NO_VERSION ? null : text.version()));
            change.setEdits(new ArrayList<>());
            text.edits().forEach(edit -> change.getEdits().add(Either.forLeft(edit)));
            changes.add(Either.forLeft(change));
        }
        return new WorkspaceEdit(changes);
    }

    /** Returns the edits in the order of TextEdit.apply: the protocol, too, keeps insertions at one place in order. */
    private static List<org.eclipse.lsp4j.TextEdit> shown(List<TextEdit> edits, Positions positions) {
        List<TextEdit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparing(TextEdit::range));
        return sorted.stream()
                .map(edit -> new org.eclipse.lsp4j.TextEdit(positions.range(edit.range()), edit.newText()))
                .toList();
    }
}
