package com.eventuall.queue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.eventuall.queue", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_FRAMEWORK = classes()
            .that()
            .resideInAPackage("com.eventuall.queue")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "com.eventuall.queue",
                    "com.eventuall.contracts..",
                    "com.eventuall.yjs..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "com.eventuall.queue.(ws|http|redis|events)..")
            .should()
            .notDependOnEachOther();
}
