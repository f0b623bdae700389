package dev.gantry.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point from services to libs to contracts, never sideways. */
class DependencyTest {
    private static final String[] SERVICES = {
        "dev.gantry.gateway..",
        "dev.gantry.image..",
        "dev.gantry.registry..",
        "dev.gantry.scheduler..",
        "dev.gantry.network..",
        "dev.gantry.volume..",
        "dev.gantry.agent.."
    };
    private static final String[] LIBS = {
        "dev.gantry.linux..", "dev.gantry.oci..", "dev.gantry.events..", "dev.gantry.service..", "dev.gantry.platform.."
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gantry");

    @Test
    void noServiceKnowsAnother() {
        for (var service : SERVICES) {
            var others = java.util.Arrays.stream(SERVICES)
                    .filter(other -> !other.equals(service))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(service)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(classes);
        }
    }

    @Test
    void noLibKnowsAService() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES)
                .check(classes);
    }

    @Test
    void contractsKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.gantry.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LIBS)
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.gantry.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES)
                .check(classes);
    }

    @Test
    void onlyOneLibOpensTheDoorToTheKernel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gantry.linux..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(classes);
    }

    @Test
    void featuresOfAServiceFormNoCycle() {
        slices().matching("dev.gantry.(scheduler|image|registry|network|volume|gateway|agent).(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }
}
