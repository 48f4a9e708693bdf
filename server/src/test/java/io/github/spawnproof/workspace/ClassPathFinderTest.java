package io.github.spawnproof.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spawnproof.project.ClassOutline;
import io.github.spawnproof.project.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ClassPathFinderTest {

    private static final String FILE = "src/main/java/app/Job.java";

    @TempDir
    Path temporary;

    private Path home;
    private Path project;
    private SurroundingsFinder finder;

    @BeforeEach
    void makeProject() throws IOException {
        Path real = temporary.toRealPath();
        home = real.resolve("home");
        project = real.resolve("work/project");
        Files.createDirectories(project.resolve("src/main/java/app"));
        finder = finder();
    }

    private SurroundingsFinder finder() {
        return new SurroundingsFinder(
                new LocalArtifacts(home.resolve("m2"), home.resolve("gradle")),
                path -> Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static byte[] classFile(String internal) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, internal, null, "java/lang/Thread", new String[0]);
        int dollar = internal.indexOf('$');
        if (dollar > 0) {
            writer.visitInnerClass(
                    internal,
                    internal.substring(0, dollar),
                    internal.substring(dollar + 1),
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void writeClass(Path folder, String internal) throws IOException {
        Path file = folder.resolve(internal + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, classFile(internal));
    }

    private static void writeJar(Path jar, String... internalNames) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : internalNames) {
                zip.putNextEntry(new ZipEntry(name + ".class"));
                zip.write(classFile(name));
            }
        }
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(project.resolve(path).getParent());
        Files.writeString(project.resolve(path), text);
    }

    /** Puts an artifact with one class into Maven's repository, and what its pom says besides its name. */
    private void artifact(String group, String artifact, String version, String internal, String pom)
            throws IOException {
        Path folder = home.resolve("m2")
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version);
        Files.createDirectories(folder);
        if (!internal.isEmpty()) {
            writeJar(folder.resolve(artifact + "-" + version + ".jar"), internal);
        }
        Files.writeString(
                folder.resolve(artifact + "-" + version + ".pom"), """
                <project><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>
                """.formatted(group, artifact, version, pom));
    }

    private static String dependency(String group, String artifact, String version, String more) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s%s</dependency>"
                .formatted(group, artifact, version.isEmpty() ? "" : "<version>" + version + "</version>", more);
    }

    private static String dependencies(String... dependencies) {
        return "<dependencies>" + String.join("\n", dependencies) + "</dependencies>";
    }

    private static String pom(String content) {
        return """
                <?xml version="1.0"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                <groupId>app</groupId><artifactId>job</artifactId><version>7</version>
                """ + content + "</project>";
    }

    private Surroundings around(String file, String... classPath) {
        return finder.of(project.resolve(file), List.of(project), true, List.of(classPath));
    }

    /** Returns those of the names that are on the class path of the file. */
    private Set<String> found(String... names) {
        Surroundings around = around(FILE);
        Set<String> found = new TreeSet<>();
        for (String name : names) {
            if (around.compiledClass(name).isPresent()) {
                found.add(name);
            }
        }
        return found;
    }

    @Test
    void settings_name_jars_folders_and_all_jars_of_a_folder() throws IOException {
        Path lib = temporary.toRealPath().resolve("lib");
        writeJar(lib.resolve("all/one.jar"), "a/One");
        writeJar(lib.resolve("all/two.jar"), "a/Two", "a/Two$Inner");
        writeJar(lib.resolve("single.jar"), "a/Single");
        writeJar(lib.resolve("other.jar"), "a/Other");
        writeClass(lib.resolve("classes"), "a/Built");

        Surroundings around =
                around(FILE, lib + "/all/*", lib + "/single.jar", lib + "/classes", lib + "/none/*", "\0");

        assertThat(Stream.of("a.One", "a.Two", "a.Two.Inner", "a.Single", "a.Built"))
                .allSatisfy(name -> assertThat(around.compiledClass(name).map(ClassOutline::name))
                        .hasValue(name));
        assertThat(around.compiledClass("a.Other")).isEmpty();
        assertThat(around.compiledClass("a.Two$Inner")).isEmpty();
    }

    @Test
    void what_was_built_is_there_and_changes_with_the_builds() throws IOException {
        write("pom.xml", pom(""));
        writeClass(project.resolve("target/classes"), "app/Order");
        writeClass(project.resolve("build/classes/java/main"), "app/Line");

        assertThat(found("app.Order", "app.Line", "app.None")).containsExactly("app.Line", "app.Order");

        finder = finder();
        Files.delete(project.resolve("target/classes/app/Order.class"));

        assertThat(found("app.Order", "app.Line")).containsExactly("app.Line");
    }

    @Test
    void eclipse_says_where_libraries_are() throws IOException {
        writeJar(project.resolve("lib/near.jar"), "a/Near");
        writeJar(temporary.toRealPath().resolve("far/far.jar"), "a/Far");
        writeJar(home.resolve("m2/g/var.jar"), "a/Variable");
        writeClass(project.resolve("out/main"), "a/Main");
        writeClass(project.resolve("out/test"), "a/Test");
        write(".classpath", """
                <?xml version="1.0" encoding="UTF-8"?>
                <classpath>
                  <classpathentry kind="src" output="out/test" path="src/test"/>
                  <classpathentry kind="lib" path="lib/near.jar"/>
                  <classpathentry kind="lib" path="%s/far/far.jar"/>
                  <classpathentry kind="var" path="M2_REPO/g/var.jar"/>
                  <classpathentry kind="output" path="out/main"/>
                </classpath>
                """.formatted(temporary.toRealPath()));

        assertThat(found("a.Near", "a.Far", "a.Variable", "a.Main", "a.Test"))
                .as("what lies outside of the workspace is not read")
                .containsExactly("a.Main", "a.Near", "a.Test", "a.Variable");
    }

    @Test
    void dependencies_are_followed_as_maven_does() throws IOException {
        artifact(
                "g",
                "direct",
                "1",
                "a/Direct",
                dependencies(
                        dependency("g", "behind", "2", ""),
                        dependency("g", "tests", "1", "<scope>test</scope>"),
                        dependency("g", "given", "1", "<scope>provided</scope>"),
                        dependency("g", "option", "1", "<optional>true</optional>"),
                        dependency("g", "unwanted", "1", "")));
        artifact("g", "behind", "1", "a/BehindOld", "");
        artifact("g", "behind", "2", "a/BehindNew", dependencies(dependency("g", "direct", "0", "")));
        for (String name : List.of("tests", "given", "option", "unwanted", "own-test")) {
            artifact("g", name, "1", "a/" + name.replace('-', '_'), "");
        }
        write(
                "pom.xml",
                pom(dependencies(
                        dependency(
                                "g",
                                "direct",
                                "1",
                                "<exclusions><exclusion><groupId>g</groupId>"
                                        + "<artifactId>unwanted</artifactId></exclusion></exclusions>"),
                        dependency("g", "own-test", "1", "<scope>test</scope>"),
                        dependency("g", "missing", "1", ""))));

        assertThat(found(
                        "a.Direct",
                        "a.BehindNew",
                        "a.BehindOld",
                        "a.tests",
                        "a.given",
                        "a.option",
                        "a.unwanted",
                        "a.own_test"))
                .containsExactly("a.BehindNew", "a.Direct", "a.own_test");
    }

    @Test
    void versions_come_from_properties_parents_and_what_is_managed() throws IOException {
        artifact(
                "g",
                "bom",
                "5",
                "",
                "<dependencyManagement>"
                        + dependencies(
                                dependency("g", "imported", "${imported}", ""), dependency("g", "managed", "9", ""))
                        + "</dependencyManagement><properties><imported>4</imported></properties>");
        artifact(
                "g",
                "parent",
                "3",
                "",
                "<properties><from.parent>2</from.parent><over>1</over></properties>"
                        + dependencies(dependency("g", "inherited", "${over}", "")));
        for (String name : List.of("imported/4", "managed/1", "plain/2", "inherited/8", "transitive/6")) {
            String[] parts = name.split("/", -1);
            artifact("g", parts[0], parts[1], "a/" + parts[0], "");
        }
        artifact(
                "g",
                "user",
                "7",
                "a/user",
                "<dependencyManagement>"
                        + dependencies(
                                dependency("g", "stays", "1", "<scope>provided</scope>"),
                                dependency("g", "goes", "1", "<scope>provided</scope>"))
                        + "</dependencyManagement>"
                        + dependencies(
                                dependency("g", "transitive", "1", ""),
                                dependency("g", "goes", "", ""),
                                dependency("g", "stays", "", "<scope>compile</scope>")));
        artifact("g", "stays", "1", "a/stays", "");
        artifact("g", "goes", "1", "a/goes", "");
        write(
                "pom.xml",
                """
                <project>
                <parent><groupId>g</groupId><artifactId>parent</artifactId><version>3</version><relativePath/></parent>
                <artifactId>job</artifactId>
                <properties><over>8</over><round>${trip}</round><trip>${round}</trip></properties>
                <dependencyManagement>
                """
                        + dependencies(
                                dependency("g", "managed", "1", ""),
                                dependency("g", "transitive", "6", ""),
                                dependency("g", "bom", "5", "<type>pom</type><scope>import</scope>"))
                        + "</dependencyManagement>"
                        + dependencies(
                                dependency("g", "imported", "", ""),
                                dependency("g", "managed", "", ""),
                                dependency("${project.groupId}", "plain", "${from.parent}", ""),
                                dependency("g", "user", "7", ""),
                                dependency("g", "lost", "${round}", ""))
                        + "</project>");

        assertThat(found(
                        "a.imported",
                        "a.managed",
                        "a.plain",
                        "a.inherited",
                        "a.user",
                        "a.transitive",
                        "a.stays",
                        "a.goes"))
                .containsExactly(
                        "a.imported", "a.inherited", "a.managed", "a.plain", "a.stays", "a.transitive", "a.user");
    }

    @Test
    void modules_that_are_built_together_see_each_other() throws IOException {
        artifact("g", "lib", "1", "a/Lib", "");
        write("pom.xml", """
                <project><groupId>app</groupId><artifactId>all</artifactId><version>1</version>
                <modules><module>core</module><module>jobs</module><module>../..</module></modules></project>
                """);
        for (String name : List.of("core", "jobs")) {
            write(name + "/pom.xml", """
                    <project><parent><groupId>app</groupId><artifactId>all</artifactId><version>1</version></parent>
                    <artifactId>%s</artifactId>%s</project>
                    """.formatted(
                            name,
                            dependencies(
                                    name.equals("core")
                                            ? dependency("g", "lib", "1", "")
                                            : dependency("app", "core", "${project.version}", ""))));
        }
        writeClass(project.resolve("core/target/classes"), "app/Core");

        Surroundings around = around("jobs/src/main/java/app/Job.java");

        assertThat(around.compiledClass("app.Core")).isPresent();
        assertThat(around.compiledClass("a.Lib")).isPresent();
    }

    @Test
    void gradle_has_lock_files() throws IOException {
        artifact("g", "in-maven", "1", "a/InMaven", "");
        writeJar(home.resolve("gradle/g.h/in-gradle/2.0/0a1b/in-gradle-2.0.jar"), "a/InGradle");
        write("build.gradle.kts", "dependencies { implementation(\"g:not-this:1\") }\n");
        write("gradle.lockfile", "# made by Gradle\ng.h:in-gradle:2.0=compileClasspath\nempty=annotationProcessor\n");
        write("gradle/dependency-locks/compile.lockfile", "g:in-maven:1\n");

        assertThat(found("a.InMaven", "a.InGradle")).containsExactly("a.InGradle", "a.InMaven");
    }

    @Test
    void without_lock_files_gradle_has_what_is_written_out() throws IOException {
        for (String name : List.of("api", "only", "test", "commented", "processor")) {
            artifact("g", name, "1", "a/" + name, "");
        }
        artifact("g", "impl", "1", "a/impl", dependencies(dependency("g", "behind", "1", "")));
        artifact("g", "behind", "1", "a/behind", "");
        write("build.gradle", """
                dependencies {
                    implementation 'g:impl:1'
                    api("g:api:1") { transitive = false }
                    compileOnly "g:only:1"
                    testImplementation 'g:test:1'
                    annotationProcessor 'g:processor:1'
                    // implementation 'g:commented:1'
                }
                """);

        assertThat(found("a.impl", "a.behind", "a.api", "a.only", "a.test", "a.processor", "a.commented"))
                .containsExactly("a.api", "a.behind", "a.impl", "a.only", "a.test");
    }

    @Test
    void a_jar_that_is_replaced_or_fetched_later_is_read_again() throws IOException {
        Path jar = project.resolve("lib/x.jar");
        writeJar(jar, "a/Old");
        write(".classpath", "<classpath><classpathentry kind='lib' path='lib/x.jar'/></classpath>");
        AtomicLong hours = new AtomicLong();
        ClassPathFinder classPaths =
                new ClassPathFinder(new LocalArtifacts(home, home), () -> hours.addAndGet(3_600_000_000_000L));
        ClassPathFinder.Place place = new ClassPathFinder.Place(project, project, List.of());

        assertThat(classPaths.classes(place, path -> true).apply("a.Old")).isPresent();

        writeJar(jar, "a/New", "a/Newer");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

        assertThat(classPaths.classes(place, path -> true).apply("a.Old")).isEmpty();
        assertThat(classPaths.classes(place, path -> true).apply("a.New")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<project",
                "<project><dependencies><dependency><groupId>../../..</groupId><artifactId>a</artifactId>"
                        + "<version>..</version></dependency></dependencies></project>",
                "<project><parent><relativePath>pom.xml</relativePath></parent></project>",
                "<!DOCTYPE p [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><project><x>&b;&b;</x></project>",
                "<!DOCTYPE p SYSTEM 'file:///etc/passwd'><project/>",
                "<project><modules><module>.</module><module>\0</module></modules></project>"
            })
    void a_broken_build_file_says_nothing(String text) throws IOException {
        write("pom.xml", text);
        write(".classpath", text);
        write("gradle.lockfile", text);
        write("lib/broken.jar", text);
        writeClass(project.resolve("target/classes"), "app/Order");

        assertThat(around(FILE, project.resolve("lib/broken.jar").toString()).compiledClass("app.Order"))
                .isPresent();
        assertThat(found("a.None")).isEmpty();
    }

    @Test
    void an_entity_is_not_a_way_to_other_files() throws IOException {
        Path secret = temporary.toRealPath().resolve("secret");
        Files.writeString(secret, "1");
        artifact("g", "lib", "1", "a/Lib", "");
        write(
                "pom.xml",
                "<!DOCTYPE p [<!ENTITY v SYSTEM '" + secret.toUri() + "'>]>" + "<project>"
                        + dependencies(dependency("g", "lib", "&v;", "")) + "</project>");

        assertThat(found("a.Lib")).isEmpty();
    }

    @Test
    void nothing_above_the_workspace_is_read() throws IOException {
        writeClass(project.getParent().resolve("target/classes"), "app/Above");
        Files.writeString(project.getParent().resolve("pom.xml"), pom(""));
        artifact("g", "lib", "1", "a/Lib", "");
        write("pom.xml", """
                <project><parent><groupId>app</groupId><artifactId>job</artifactId><version>7</version></parent>
                <artifactId>below</artifactId>%s</project>
                """.formatted(dependencies(dependency("g", "lib", "1", ""))));

        assertThat(found("app.Above", "a.Lib")).containsExactly("a.Lib");
    }

    @Test
    void a_folder_with_a_mark_further_up_does_not_hide_the_build_of_the_workspace() throws IOException {
        Files.createDirectories(project.getParent().resolve(".git"));
        write("pom.xml", pom(""));
        writeClass(project.resolve("target/classes"), "app/Order");

        assertThat(found("app.Order")).containsExactly("app.Order");
    }
}
