package io.github.spawnproof.analysis;

import io.github.spawnproof.boundary.VariableSetting;
import io.github.spawnproof.environment.EnvironmentFile;
import io.github.spawnproof.java.JavaUnit;
import io.github.spawnproof.python.PythonModule;
import io.github.spawnproof.source.DocumentSnapshot;
import io.github.spawnproof.source.SourceText;
import io.github.spawnproof.source.TextRange;
import io.github.spawnproof.yaml.YamlFile;
import java.util.List;
import java.util.stream.Stream;

/**
 * The facts of one snapshot, by the front end that states them; those of the other languages are empty.
 *
 * @param comments in the order of the text
 * @param firstStatement offset of the first thing that is no comment
 */
public record FileFacts(
        PythonModule python,
        JavaUnit java,
        YamlFile yaml,
        EnvironmentFile environment,
        List<TextRange> comments,
        int firstStatement) {

    static FileFacts of(PythonModule python) {
        SourceText source = python.source();
        return new FileFacts(
                python,
                JavaUnit.empty(source),
                YamlFile.empty(source),
                EnvironmentFile.empty(source),
                python.comments(),
                python.firstStatement());
    }

    static FileFacts of(JavaUnit java) {
        SourceText source = java.source();
        return new FileFacts(
                PythonModule.empty(source),
                java,
                YamlFile.empty(source),
                EnvironmentFile.empty(source),
                java.comments(),
                java.firstStatement());
    }

    static FileFacts of(YamlFile yaml) {
        SourceText source = yaml.source();
        return new FileFacts(
                PythonModule.empty(source),
                JavaUnit.empty(source),
                yaml,
                EnvironmentFile.empty(source),
                yaml.comments(),
                yaml.firstStatement());
    }

    static FileFacts of(EnvironmentFile environment) {
        SourceText source = environment.source();
        return new FileFacts(
                PythonModule.empty(source),
                JavaUnit.empty(source),
                YamlFile.empty(source),
                environment,
                environment.comments(),
                environment.firstStatement());
    }

    /** Returns the facts of a snapshot of which nothing is known. */
    static FileFacts empty(DocumentSnapshot snapshot) {
        return of(PythonModule.empty(snapshot.source()));
    }

    SourceText source() {
        return python.source();
    }

    /** Returns what the file sets for programs, whatever its form. */
    List<VariableSetting> settings() {
        return Stream.of(environment.settings(), yaml.settings(), java.settings())
                .flatMap(List::stream)
                .toList();
    }
}
