package io.github.spawnproof.cli;

import com.google.gson.stream.JsonWriter;
import io.github.spawnproof.boundary.StartMethod;
import io.github.spawnproof.boundary.Target;
import io.github.spawnproof.project.Project;
import io.github.spawnproof.workspace.BaselineFile;
import io.github.spawnproof.workspace.SettingOrigin;
import io.github.spawnproof.workspace.SettingsInForce;
import io.github.spawnproof.workspace.SettingsInForce.Entry;
import io.github.spawnproof.workspace.SettingsInForce.RuleEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Settings in force for programs: the stable form that the README describes. */
final class SettingsJson {

    private static final int VERSION = 1;

    private final JsonWriter json;
    private final Function<Path, String> names;

    private SettingsJson(JsonWriter json, Function<Path, String> names) {
        this.json = json;
        this.names = names;
    }

    static void write(Output out, String file, SettingsInForce settings, Function<Path, String> names) {
        new JsonOutput(out).end(json -> new SettingsJson(json, names).write(file, settings));
    }

    private void write(String file, SettingsInForce settings) throws IOException {
        json.beginObject().name("version").value(VERSION);
        json.name("file").value(file);
        String settingsFile = settings.project()
                .settingsFile()
                .map(found -> names.apply(found.path()))
                .orElse(null);
        json.name("settingsFile").value(settingsFile);
        json.name("excluded").value(settings.isExcluded());
        json.name("settings").beginArray();
        for (Entry entry : settings.entries()) {
            entry(entry);
        }
        json.endArray();
        targets(settings.project().project());
        if (settings.project().baseline().isPresent()) {
            baseline(settings.project().baseline().get(), settings.project().project());
        }
        json.name("rules").beginArray();
        for (RuleEntry rule : settings.rules()) {
            rule(rule);
        }
        json.endArray().endObject();
    }

    private void entry(Entry entry) throws IOException {
        json.beginObject().name("key").value(entry.key());
        json.name("value");
        if (entry.isList()) {
            json.beginArray();
            for (String value : entry.values()) {
                json.value(value);
            }
            json.endArray();
        } else {
            json.value(entry.values().get(0));
        }
        origin(entry.origin());
        json.endObject();
    }

    private void origin(SettingOrigin origin) throws IOException {
        json.name("origin").beginObject();
        json.name("kind").value(origin.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (origin.file().isPresent()) {
            json.name("file").value(names.apply(origin.file().get()));
        }
        if (origin.line().isPresent()) {
            json.name("line").value(origin.line().getAsInt());
        }
        if (!origin.note().isEmpty()) {
            json.name("note").value(origin.note());
        }
        json.endObject();
    }

    private void targets(Project project) throws IOException {
        json.name("targets").beginArray();
        for (Target target : project.targets().all()) {
            Optional<StartMethod> chosen = project.settings().startMethod();
            json.beginObject();
            json.name("platform").value(target.system().label());
            json.name("pythonVersion").value(target.version().toString());
            json.name("startMethod")
                    .value(chosen.orElseGet(target::defaultStartMethod).label());
            json.endObject();
        }
        json.endArray();
    }

    private void baseline(BaselineFile baseline, Project project) throws IOException {
        json.name("baseline").beginObject();
        json.name("file").value(names.apply(baseline.path()));
        if (baseline.problem().isPresent()) {
            json.name("problem").value(baseline.problem().get());
        }
        json.name("findings").value(project.baseline().size()).endObject();
    }

    private void rule(RuleEntry rule) throws IOException {
        json.beginObject().name("id").value(rule.id());
        json.name("on").value(rule.isOn());
        if (rule.severity().isPresent()) {
            json.name("severity").value(rule.severity().get().label());
        }
        if (!rule.setting().isEmpty()) {
            json.name("setting").value(rule.setting());
            origin(rule.origin());
        }
        json.endObject();
    }
}
