package io.github.spawnproof.yaml;

import io.github.spawnproof.boundary.BoundaryTable;
import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.project.Surroundings;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import java.util.List;
import java.util.Locale;

/**
 * Reads YAML files: Jina's configuration, and environment variables in files of other tools. Stateless and safe for any
 * number of threads.
 */
public final class YamlFrontEnd {

    /** Words of which one is in every file that there is something to say about. */
    private static final List<String> JINA_MARKS = List.of("jtype", "!Flow", "!AsyncFlow", "!Deployment", "py_modules");

    /**
     * Returns the facts of a text of whose surroundings nothing is known.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    public YamlFile read(DocumentSnapshot snapshot, CancelToken cancel) {
        return read(snapshot, Surroundings.UNKNOWN, cancel);
    }

    /**
     * Returns the facts of a text; damaged text gives those of the parts before the damage.
     *
     * @throws io.github.spawnproof.source.Cancelled if the token says that the work is no longer wanted
     */
    public YamlFile read(DocumentSnapshot snapshot, Surroundings surroundings, CancelToken cancel) {
        cancel.check();
        SourceText source = snapshot.source();
        String text = source.text();
        boolean isJina = JINA_MARKS.stream().anyMatch(text::contains);
        boolean sets = BoundaryTable.VARIABLES.stream().anyMatch(text::contains);
        // A suppression may be one that nothing needs any more.
        if (!isJina && !sets && !text.contains("spawnproof")) {
            return YamlFile.empty(source);
        }
        boolean isJson = snapshot.uri().toLowerCase(Locale.ROOT).endsWith(".json");
        JsonComments json = isJson ? JsonComments.blank(text) : new JsonComments(text, List.of());
        YamlText yaml = YamlText.read(json.text(), cancel);
        JinaReader jina = new JinaReader(new ProjectFiles(surroundings));
        VariableReader variables = new VariableReader();
        for (YamlNode document : yaml.documents()) {
            cancel.check();
            boolean readByJina = isJina && jina.read(document);
            if (sets && !readByJina) {
                variables.read(document);
            }
        }
        List<VariableSetting> settings = variables.settings();
        List<TextRange> comments = isJson ? json.comments() : yaml.comments();
        return new YamlFile(
                source, isJson, jina.arguments(), jina.keys(), jina.files(), settings, comments, yaml.firstNode());
    }
}
