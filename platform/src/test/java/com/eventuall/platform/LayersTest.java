package com.eventuall.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.eventuall.platform", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("com.eventuall.platform.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knowsNoService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.eventuall.token..",
                    "com.eventuall.presence..",
                    "com.eventuall.queue..",
                    "com.eventuall.recording..",
                    "com.eventuall.chat..");
}
