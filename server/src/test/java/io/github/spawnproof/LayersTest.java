package io.github.spawnproof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;

/** The layers of {@code server/docs/architecture.md}: each package uses only those above it in that table. */
@AnalyzeClasses(packages = "io.github.spawnproof", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String BASE = "io.github.spawnproof.";

    @ArchTest
    static final ArchRule layers = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("source")
            .definedBy(BASE + "source")
            .layer("finding")
            .definedBy(BASE + "finding")
            .layer("boundary")
            .definedBy(BASE + "boundary")
            .layer("project")
            .definedBy(BASE + "project")
            .layer("python.syntax")
            .definedBy(BASE + "python.syntax")
            .layer("python")
            .definedBy(BASE + "python")
            .layer("java")
            .definedBy(BASE + "java")
            .layer("yaml")
            .definedBy(BASE + "yaml")
            .layer("environment")
            .definedBy(BASE + "environment")
            .layer("rule")
            .definedBy(BASE + "rule")
            .layer("rules")
            .definedBy(BASE + "rules..")
            .layer("analysis")
            .definedBy(BASE + "analysis")
            .layer("workspace")
            .definedBy(BASE + "workspace")
            .layer("cli")
            .definedBy(BASE + "cli")
            .layer("lsp")
            .definedBy(BASE + "lsp")
            .layer("main")
            .definedBy("io.github.spawnproof")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("lsp")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("workspace")
            .mayOnlyBeAccessedByLayers("cli", "lsp", "main")
            .whereLayer("analysis")
            .mayOnlyBeAccessedByLayers("workspace", "cli", "lsp", "main")
            .whereLayer("rules")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rule")
            .mayOnlyBeAccessedByLayers("rules", "analysis", "workspace", "cli", "lsp", "main")
            .whereLayer("python")
            .mayOnlyBeAccessedByLayers("rule", "rules", "analysis", "cli", "lsp")
            .whereLayer("java")
            .mayOnlyBeAccessedByLayers("rule", "rules", "analysis", "cli", "lsp")
            .whereLayer("yaml")
            .mayOnlyBeAccessedByLayers("rule", "rules", "analysis", "workspace", "cli", "lsp")
            .whereLayer("environment")
            .mayOnlyBeAccessedByLayers("rule", "rules", "analysis", "workspace", "cli", "lsp")
            .whereLayer("python.syntax")
            .mayOnlyBeAccessedByLayers("python")
            .whereLayer("project")
            .mayOnlyBeAccessedByLayers(
                    "python", "java", "yaml", "environment", "rule", "rules", "analysis", "workspace", "cli", "lsp")
            .whereLayer("boundary")
            .mayOnlyBeAccessedByLayers(
                    "project",
                    "python",
                    "java",
                    "yaml",
                    "environment",
                    "rule",
                    "rules",
                    "analysis",
                    "workspace",
                    "cli",
                    "lsp")
            .whereLayer("finding")
            .mayOnlyBeAccessedByLayers(
                    "boundary",
                    "project",
                    "python",
                    "java",
                    "yaml",
                    "environment",
                    "rule",
                    "rules",
                    "analysis",
                    "workspace",
                    "cli",
                    "lsp");

    @ArchTest
    static final ArchRule rules_do_not_know_each_other =
            slices().matching(BASE + "rules.(*)").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching(BASE + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_shells_touch_files = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "workspace", BASE + "cli", BASE + "lsp", "io.github.spawnproof")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.file..");

    @ArchTest
    static final ArchRule lsp4j_stays_in_lsp = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "lsp")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.lsp4j..");

    @ArchTest
    static final ArchRule asm_reads_class_files_and_nothing_else = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "workspace")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.objectweb.asm..");

    @ArchTest
    static final ArchRule gson_stays_in_the_shells = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "lsp", BASE + "cli", BASE + "workspace")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.gson..");

    @ArchTest
    static final ArchRule the_server_starts_without_the_command_line_library = noClasses()
            .that()
            .resideInAPackage(BASE + "lsp")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule no_static_mutable_state = classes()
            .should(new ArchCondition<JavaClass>("have only final static fields") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getFields().stream()
                            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                    && !field.getModifiers().contains(JavaModifier.FINAL))
                            .forEach(field -> events.add(SimpleConditionEvent.violated(
                                    field, field.getFullName() + " is static and not final")));
                }
            });
}
