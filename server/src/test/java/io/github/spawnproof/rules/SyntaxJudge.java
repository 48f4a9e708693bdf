package io.github.spawnproof.rules;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.python.syntax.PythonParser;
import io.github.spawnproof.source.CancelToken;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.Language;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says whether texts are valid in their language. */
final class SyntaxJudge {

    private SyntaxJudge() {}

    /** Tells whether the text is valid; whatever has no syntax to speak of is. */
    static boolean isValid(DocumentSnapshot snapshot) {
        if (snapshot.language() == Language.PYTHON) {
            return PythonParser.parse(snapshot.source()).errors().isEmpty();
        } else if (snapshot.language() == Language.NOTEBOOK) {
            return !Catalogue.ANALYZER
                    .analyze(snapshot, Project.DEFAULT, CancelToken.NEVER)
                    .facts()
                    .python()
                    .isDamaged();
        } else if (snapshot.language() == Language.JAVA) {
            ParserConfiguration configuration =
                    new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_25);
            return new JavaParser(configuration).parse(snapshot.source().text()).isSuccessful();
        } else if (snapshot.language() == Language.YAML) {
            try {
                Iterator<Event> events = new Parse(LoadSettings.builder().build())
                        .parseString(snapshot.source().text())
                        .iterator();
                while (events.hasNext()) {
                    events.next();
                }
            } catch (YamlEngineException | IllegalArgumentException e) {
                return false;
            }
        }
        return true;
    }
}
