package com.eventuall.token;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.eventuall.token", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule rulesKnowNoFramework = noClasses()
            .that()
            .resideInAPackage("com.eventuall.token")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "io.vertx..", "jakarta.ws.rs..", "com.twilio..", "io.livekit..", "livekit..");

    @ArchTest
    static final ArchRule vendorsStayInTheirPackages = noClasses()
            .that()
            .resideOutsideOfPackages("..livekit..", "..twilio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.twilio..", "io.livekit..", "livekit..", "retrofit2..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("com.eventuall.token.(*)..").should().beFreeOfCycles();
}
