package io.github.spawnproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The forms of findings for other programs than ours, each read as those programs do. */
class FormatsTest {

    private static final String FINDINGS = "x = 1\nEURO MADE\n\tFLAG, REMARK\nFLAG\n";
    private static final String NOTEBOOK = """
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": ["# Text\\n", "more"]},
              {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["x = 1\\n", "FLAG"]}],
             "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
            """;

    @TempDir
    Path folder;

    private CliRun cli;

    @BeforeEach
    void write_files() throws IOException {
        cli = new CliRun(folder).file("a.py", FINDINGS).file("sub dir/é,:%.py", "FLAG\n");
    }

    private String out(String format, String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", "--format", format));
        arguments.addAll(List.of(more));
        CliRun.Result result = cli.run(arguments.toArray(String[]::new));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @Test
    void concise_is_a_line_for_each_finding() {
        assertThat(out("concise").lines())
                .containsExactly(
                        "a.py:2:1: error[flagged-word] `EURO` must not cross",
                        "a.py:3:2: warning[flagged-word] `FLAG` must not cross; fails on Windows, macOS and Linux with"
                                + " Python 3.14+",
                        "a.py:3:8: information[flagged-word] `REMARK` must not cross",
                        "a.py:4:1: warning[flagged-word] `FLAG` must not cross; fails on Windows, macOS and Linux with"
                                + " Python 3.14+",
                        "sub dir/é,:%.py:1:1: warning[flagged-word] `FLAG` must not cross; fails on Windows, macOS and"
                                + " Linux with Python 3.14+",
                        "Found 1 error, 3 warnings and 1 information in 2 files; 4 can be fixed with --fix.");
    }

    @Test
    void github_gets_workflow_commands() {
        assertThat(out("github").lines())
                .contains(
                        "::error file=a.py,line=2,col=1,endLine=2,endColumn=5,title=flagged-word::`EURO` must not cross",
                        "::notice file=a.py,line=3,col=8,endLine=3,endColumn=14,title=flagged-word::`REMARK` must not cross")
                .anyMatch(line -> line.startsWith("::warning file=sub dir/é%2C%3A%25.py,line=1,col=1,"))
                .hasSize(6);
    }

    @Test
    void github_has_no_lines_of_a_notebook() throws IOException {
        cli.file("n.ipynb", NOTEBOOK);

        assertThat(out("github", "n.ipynb"))
                .startsWith("::warning file=n.ipynb,title=flagged-word::cell 2: `FLAG` must not cross");
    }

    @Test
    void gitlab_gets_a_code_quality_report() throws IOException {
        cli.file("n.ipynb", NOTEBOOK);
        JsonArray report = JsonParser.parseString(out("gitlab")).getAsJsonArray();

        assertThat(report).hasSize(6);
        JsonObject first = report.get(0).getAsJsonObject();
        assertThat(first.get("description").getAsString()).isEqualTo("`EURO` must not cross");
        assertThat(first.get("check_name").getAsString()).isEqualTo("flagged-word");
        assertThat(first.get("severity").getAsString()).isEqualTo("critical");
        assertThat(first.getAsJsonObject("location"))
                .isEqualTo(JsonParser.parseString("{\"path\": \"a.py\", \"lines\": {\"begin\": 2, \"end\": 2}}"));
        Set<String> fingerprints = new HashSet<>();
        report.forEach(
                one -> fingerprints.add(one.getAsJsonObject().get("fingerprint").getAsString()));
        assertThat(fingerprints).hasSize(6).allMatch(print -> print.matches("[0-9a-f]{32}"));
        JsonObject cell = report.get(4).getAsJsonObject();
        assertThat(cell.get("description").getAsString()).startsWith("cell 2, line 2: `FLAG`");
        assertThat(cell.getAsJsonObject("location")
                        .getAsJsonObject("lines")
                        .get("begin")
                        .getAsInt())
                .isEqualTo(1);
    }

    @Test
    void fingerprints_stay_when_lines_move_and_tell_equal_findings_apart() throws IOException {
        List<String> before = fingerprints();
        cli.file("a.py", "# a line above\n\n" + FINDINGS.replace("\tFLAG", "    FLAG"));

        assertThat(fingerprints()).isEqualTo(before).doesNotHaveDuplicates();
    }

    private List<String> fingerprints() {
        List<String> all = new ArrayList<>();
        sarifResults(out("sarif"))
                .forEach(result -> all.add(result.getAsJsonObject()
                        .getAsJsonObject("partialFingerprints")
                        .get("spawnproof/v1")
                        .getAsString()));
        return all;
    }

    @Test
    void junit_has_a_test_for_each_finding() throws Exception {
        Element suite = suite(out("junit"));

        assertThat(suite.getAttribute("tests")).isEqualTo("5");
        assertThat(suite.getAttribute("failures")).isEqualTo("4");
        NodeList cases = suite.getElementsByTagName("testcase");
        assertThat(cases.getLength()).isEqualTo(5);
        Element first = (Element) cases.item(0);
        assertThat(first.getAttribute("classname")).isEqualTo("spawnproof.flagged-word");
        assertThat(first.getAttribute("name")).isEqualTo("a.py:2:1");
        Element failure = (Element) first.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("error");
        assertThat(failure.getAttribute("message")).isEqualTo("`EURO` must not cross");
        assertThat(((Element) cases.item(2)).getElementsByTagName("failure").getLength())
                .isZero();
        assertThat(cases.item(2).getTextContent()).contains("information[flagged-word] `REMARK`");
    }

    @Test
    void junit_of_clean_files_has_one_test_that_passed() throws Exception {
        cli.file("clean.py", "x = 1\n");
        CliRun.Result result = cli.run("check", "--format", "junit", "clean.py");

        assertThat(result.status()).isZero();
        Element suite = suite(result.out());
        assertThat(suite.getAttribute("tests")).isEqualTo("1");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(((Element) suite.getElementsByTagName("testcase").item(0)).getAttribute("name"))
                .isEqualTo("No findings in 1 file.");
    }

    private static Element suite(String xml) throws Exception {
        return (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("testsuite")
                .item(0);
    }

    @Test
    void sarif_is_what_the_schema_says() throws IOException {
        cli.file("n.ipynb", NOTEBOOK).file("odd.py", new byte[] {'x', (byte) 0xff, '\n'});

        assertThat(violations(cli.run("check", "--format", "sarif").out())).isEmpty();
        assertThat(violations(cli.run("check", "--format", "sarif", "n.ipynb").out()))
                .isEmpty();
        cli.file("clean.py", "");
        assertThat(violations(cli.run("check", "--format", "sarif", "clean.py").out()))
                .isEmpty();
        assertThat(violations("{\"version\": \"2.1.0\"}")).isNotEmpty();
    }

    private static List<String> violations(String sarif) throws IOException {
        try (InputStream schema = FormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            JsonSchema read = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            return read.validate(sarif, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    @Test
    void sarif_has_places_rules_and_fixes() throws IOException {
        cli.file("n.ipynb", NOTEBOOK);
        String text = out("sarif");
        JsonObject run = run(text);
        JsonArray results = sarifResults(text);

        assertThat(results).hasSize(6);
        JsonObject first = results.get(0).getAsJsonObject();
        assertThat(first.get("ruleId").getAsString()).isEqualTo("flagged-word");
        assertThat(first.get("level").getAsString()).isEqualTo("error");
        assertThat(physical(first.getAsJsonArray("locations").get(0))).isEqualTo(JsonParser.parseString("""
                        {"artifactLocation": {"uri": "a.py", "uriBaseId": "%SRCROOT%"},
                         "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5}}"""));
        assertThat(physical(results.get(1)
                                .getAsJsonObject()
                                .getAsJsonArray("relatedLocations")
                                .get(0))
                        .getAsJsonObject("region")
                        .get("startColumn")
                        .getAsInt())
                .isEqualTo(6);
        JsonObject replacement = first.getAsJsonArray("fixes")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("artifactChanges")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("replacements")
                .get(0)
                .getAsJsonObject();
        assertThat(replacement.getAsJsonObject("insertedContent").get("text").getAsString())
                .isEqualTo("'€'");
        assertThat(replacement.getAsJsonObject("deletedRegion").get("endColumn").getAsInt())
                .isEqualTo(5);
        assertThat(results.get(2).getAsJsonObject().get("level").getAsString()).isEqualTo("note");

        JsonObject cell = results.get(4).getAsJsonObject();
        assertThat(physical(cell.getAsJsonArray("locations").get(0)).has("region"))
                .isFalse();
        assertThat(cell.has("fixes")).isFalse();
        assertThat(cell.toString()).contains("\"name\":\"cell 2, line 2\"");
        assertThat(physical(results.get(5)
                                .getAsJsonObject()
                                .getAsJsonArray("locations")
                                .get(0))
                        .getAsJsonObject("artifactLocation")
                        .get("uri")
                        .getAsString())
                .isEqualTo("sub%20dir/%C3%A9,:%25.py");

        JsonObject driver = run.getAsJsonObject("tool").getAsJsonObject("driver");
        assertThat(driver.get("version").getAsString()).isEqualTo("1.2.3");
        assertThat(driver.getAsJsonArray("rules")).hasSize(1);
        JsonObject rule = driver.getAsJsonArray("rules").get(0).getAsJsonObject();
        assertThat(rule.get("id").getAsString()).isEqualTo("flagged-word");
        assertThat(rule.getAsJsonObject("help").get("markdown").getAsString()).startsWith("# flagged-word");
        assertThat(run.get("columnKind").getAsString()).isEqualTo("utf16CodeUnits");
        assertThat(run.getAsJsonObject("originalUriBaseIds").toString())
                .contains(folder.toUri().toString());
    }

    @Test
    void sarif_tells_of_files_that_could_not_be_read() throws IOException {
        cli.file("odd.py", new byte[] {'x', (byte) 0xff, '\n'});
        CliRun.Result result = cli.run("check", "--format", "sarif", "odd.py");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(2);
        JsonObject invocation =
                run(result.out()).getAsJsonArray("invocations").get(0).getAsJsonObject();
        assertThat(invocation.get("executionSuccessful").getAsBoolean()).isFalse();
        assertThat(invocation.getAsJsonArray("toolExecutionNotifications").toString())
                .contains("odd.py");
    }

    private static JsonObject run(String sarif) {
        return JsonParser.parseString(sarif)
                .getAsJsonObject()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject();
    }

    private static JsonArray sarifResults(String sarif) {
        return run(sarif).getAsJsonArray("results");
    }

    private static JsonObject physical(JsonElement location) {
        return location.getAsJsonObject().getAsJsonObject("physicalLocation");
    }

    @Test
    void several_formats_are_written_at_once() throws IOException {
        CliRun.Result result =
                cli.run("check", "--format", "concise", "--format", "sarif=out/report.sarif,junit=report.xml", "a.py");
        assertThat(result.err()).contains("cannot write `out/report.sarif`: there is no such folder");
        assertThat(result.status()).isEqualTo(2);

        Files.createDirectory(folder.resolve("out"));
        result = cli.run("check", "--format", "concise", "--format", "sarif=out/report.sarif,junit=report.xml", "a.py");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).startsWith("a.py:2:1: error[flagged-word]");
        assertThat(sarifResults(Files.readString(folder.resolve("out/report.sarif"))))
                .hasSize(4);
        assertThat(Files.readString(folder.resolve("report.xml"))).contains("failures=\"3\"");
    }

    @Test
    void one_format_goes_to_the_output_file() throws IOException {
        CliRun.Result result = cli.run("check", "--output-file", "found.txt", "--color", "always", "a.py");
        assertThat(result.out()).isEmpty();
        assertThat(Files.readString(folder.resolve("found.txt")))
                .contains("a.py:2:1: error[flagged-word]", "Found 1 error")
                .doesNotContain("\u001B");

        result = cli.run("check", "--statistics", "--format", "json", "--output-file", "found.json", "a.py");
        assertThat(result.out()).contains("4  flagged-word");
        assertThat(JsonParser.parseString(Files.readString(folder.resolve("found.json")))
                        .getAsJsonObject()
                        .getAsJsonArray("findings"))
                .hasSize(4);
    }

    @Test
    void what_cannot_be_shown_is_refused_before_anything_is_written() {
        for (List<String> wrong : List.of(
                List.of("--format", "json,sarif"),
                List.of("--format", "json", "--diff"),
                List.of("--format", "json=a.json", "--output-file", "b.json"),
                List.of("--format", "text,json", "--output-file", "b.json"),
                List.of("--format", "json="),
                List.of("--format", "yaml=b.json"))) {
            List<String> arguments = new ArrayList<>(List.of("check"));
            arguments.addAll(wrong);
            CliRun.Result result = cli.run(arguments.toArray(String[]::new));

            assertThat(result.status()).as("%s", wrong).isEqualTo(2);
            assertThat(result.err()).startsWith("spawnproof: --").contains("format");
            assertThat(folder.resolve("a.json")).doesNotExist();
            assertThat(folder.resolve("b.json")).doesNotExist();
        }
    }
}
