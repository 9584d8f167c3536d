package io.throughline.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.throughline.runtime.TemporalConnection;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Mac;

/** Who may know whom, and what a workflow may never touch. */
@AnalyzeClasses(
        packages = "io.throughline",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
final class ArchitectureTest {
    /** What one module's tests lend another's is a jar once it is packaged. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final Set<String> TIME_TELLING =
            Set.of("now", "systemUTC", "systemDefaultZone", "currentTimeMillis", "nanoTime");

    @ArchTest
    static final ArchRule domainKnowsNothing = classes()
            .that()
            .resideInAPackage("io.throughline.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.throughline.domain..", "java..", "javax.crypto..", "org.jspecify..");

    @ArchTest
    static final ArchRule workflowsKnowTheDomainAndTemporal = classes()
            .that()
            .resideInAPackage("io.throughline.workflows..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.workflows..",
                    "io.throughline.domain..",
                    "io.temporal..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule activitiesKnowPortsOnly = noClasses()
            .that()
            .resideInAPackage("io.throughline.activities..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.store..",
                    "io.throughline.connectors..",
                    "io.throughline.runtime..",
                    "java.sql..",
                    "java.net.http..");

    @ArchTest
    static final ArchRule connectorsKnowTheDomainOnly = noClasses()
            .that()
            .resideInAPackage("io.throughline.connectors..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.store..",
                    "io.throughline.workflows..",
                    "io.throughline.activities..",
                    "io.throughline.runtime..",
                    "io.throughline.sandbox..");

    @ArchTest
    static final ArchRule theWireKnowsNothingOfTheBusiness = classes()
            .that()
            .resideInAPackage("io.throughline.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.wire..", "java..", "javax.crypto..", "javax.net.ssl..", "org.jspecify..");

    /** Only what they share is known to several, and that knows none of them. */
    @ArchTest
    static final ArchRule noConnectorKnowsAnother = SlicesRuleDefinition.slices()
            .matching("io.throughline.connectors.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    JavaClass.Predicates.resideOutsideOfPackage("io.throughline.connectors.http.."),
                    JavaClass.Predicates.resideInAPackage("io.throughline.connectors.http.."));

    @ArchTest
    static final ArchRule theStoreKnowsTheDomainOnly = noClasses()
            .that()
            .resideInAPackage("io.throughline.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.workflows..", "io.throughline.activities..", "io.throughline.connectors..");

    @ArchTest
    static final ArchRule theSandboxKnowsNothingOfTheProduct = classes()
            .that()
            .resideInAPackage("io.throughline.sandbox..")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.describe(
                    "are not of the product",
                    type -> !type.getPackageName().startsWith("io.throughline.")
                            || type.getPackageName().startsWith("io.throughline.sandbox")));

    /** It stores, and wakes by the inbox: so it goes on taking in what comes while Temporal is away. */
    @ArchTest
    static final ArchRule theApiServerNeverTalksToTemporal = noClasses()
            .that()
            .resideInAPackage("io.throughline.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.temporal..",
                    "io.throughline.workflows..",
                    "io.throughline.activities..",
                    "io.throughline.worker..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(TemporalConnection.class);

    @ArchTest
    static final ArchRule nothingDependsOnTheMeasurements = noClasses()
            .that()
            .resideOutsideOfPackage("io.throughline.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.throughline.bench..");

    @ArchTest
    static final ArchRule sqlStaysInTheStore = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.throughline.store..",
                    "io.throughline.sandbox..",
                    "io.throughline.local..",
                    "io.throughline.bench..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "talk to a database, not only tell what went wrong with it", ArchitectureTest::talksToDatabase));

    @ArchTest
    static final ArchRule internalStaysInternal = noClasses()
            .that()
            .resideOutsideOfPackage("io.throughline.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.throughline.store.internal..");

    /** A replay must come to the same: no clock, no chance, no thread of its own. */
    @ArchTest
    static final ArchRule workflowsAreDeterministic = noClasses()
            .that()
            .resideInAPackage("io.throughline.workflows..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.util.concurrent.locks..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(java.util.Random.class, java.util.UUID.class, Thread.class, java.security.SecureRandom.class)
            .orShould()
            .accessTargetWhere(
                    DescribedPredicate.describe("tells the time of this machine", ArchitectureTest::tellsTime));

    /** How long a comparison takes must not tell how much of a signature was right. */
    @ArchTest
    static final ArchRule signaturesAreComparedInConstantTime = classes()
            .that()
            .resideInAnyPackage("io.throughline.connectors..", "io.throughline.wire..")
            .and(DescribedPredicate.describe("reckon signatures", ArchitectureTest::reckonsSignatures))
            .should()
            .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule noSecretIsComparedByteByByte = noClasses()
            .that()
            .resideInAnyPackage("io.throughline.connectors..", "io.throughline.wire..", "io.throughline.api..")
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class);

    private static boolean reckonsSignatures(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Mac.class)
                        && call.getName().equals("doFinal"));
    }

    private static boolean talksToDatabase(JavaClass type) {
        return (type.getPackageName().startsWith("java.sql")
                        || type.getPackageName().startsWith("org.jdbi"))
                && !type.isAssignableTo(SQLException.class);
    }

    private static boolean tellsTime(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean clock = owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class);
        return clock && TIME_TELLING.contains(access.getName());
    }
}
