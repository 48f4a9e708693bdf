package io.github.spawnproof.rules;

import io.github.spawnproof.analysis.AnalysisResult;
import io.github.spawnproof.analysis.Analyzer;
import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.rule.Rule;
import io.github.spawnproof.rule.RuleCatalog;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The rules of the program as the tests use them: all, over a text. */
final class Catalogue {

    static final Analyzer ANALYZER = new Analyzer(RuleCatalog.load(), BoundaryTable.load());

    private Catalogue() {}

    static AnalysisResult analyze(String text) {
        return analyze("file:///project/program.py", text, Project.DEFAULT);
    }

    static AnalysisResult analyze(String uri, String text, Project project) {
        return ANALYZER.analyze(DocumentSnapshot.of(uri, Language.PYTHON, text), project, CancelToken.NEVER);
    }

    /** Returns a file beside a rule's class; null if there is none. */
    static String resource(Rule rule, String name) throws IOException {
        try (InputStream in = rule.getClass().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no " + name + " beside " + rule.getClass());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
