package org.reactortopology.job;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of this module. */
@AnalyzeClasses(packages = "org.reactortopology.job", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JOB = "org.reactortopology.job";

    @ArchTest
    static final ArchRule theLedgerKnowsNoRun = noClasses()
            .that()
            .resideInAnyPackage(JOB + ".internal.ledger..", JOB + ".internal.directory..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOB + ".internal.run..", JOB + ".internal.reading..", JOB + ".internal.report..");

    @ArchTest
    static final ArchRule noInsidesOfOtherModulesAreUsed = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.reactortopology..internal..").and(resideOutsideOfPackage(JOB + "..")));

    @ArchTest
    static final ArchRule nothingPointsBack = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.reactortopology.test..",
                    "org.reactortopology.examples..",
                    "org.reactortopology.commandline..");

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
