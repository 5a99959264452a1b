package com.eventuall.recording;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.eventuall.recording", importOptions = DoNotIncludeTests.class)
class RecordingArchitectureTest {

    @ArchTest
    static final ArchRule theCoreKnowsNoServerAndNoVendor = noClasses()
            .that()
            .resideInAnyPackage("com.eventuall.recording", "com.eventuall.recording.clip")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io..",
                    "jakarta..",
                    "org.hibernate..",
                    "livekit..",
                    "okhttp3..",
                    "com.fasterxml..",
                    "com.eventuall.platform..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching(
                    "com.eventuall.recording.(http|db|events|livekit|mux)..")
            .should()
            .notDependOnEachOther();
}
