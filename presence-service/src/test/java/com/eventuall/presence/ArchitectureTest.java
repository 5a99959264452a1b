package com.eventuall.presence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.eventuall.presence");

    @Test
    void theCoreKnowsNoServerAndNoAdapter() {
        noClasses()
                .that()
                .resideInAPackage("com.eventuall.presence")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.eventuall.presence.*..",
                        "com.eventuall.platform..",
                        "io.quarkus..",
                        "io.vertx..",
                        "io.smallrye..",
                        "io.netty..",
                        "jakarta..",
                        "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        slices().matching("com.eventuall.presence.(redis|ws|http|events)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void vertxInsidesStayInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Outbox")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.net.impl..", "io.vertx.core.http.impl..")
                .check(CLASSES);
    }
}
