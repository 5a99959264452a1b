package com.eventuall.chat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.eventuall.chat", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String[] CORE = {
        "com.eventuall.chat", "com.eventuall.chat.reactions", "com.eventuall.chat.vetting"
    };

    @ArchTest
    static final ArchRule coreKnowsNoServerAndNoVendor = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.vertx..",
                    "jakarta..",
                    "com.twilio..",
                    "com.eventuall.platform..",
                    "org.hibernate..");

    @ArchTest
    static final ArchRule twilioStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("com.eventuall.chat.twilio")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.twilio..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching(
                    "com.eventuall.chat.(http|db|redis|events|twilio|work)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("com.eventuall.chat.(*)..").should().beFreeOfCycles();
}
