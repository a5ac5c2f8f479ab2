package org.reactortopology.commandline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of this module. */
@AnalyzeClasses(packages = "org.reactortopology.commandline", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheDoorsOfJobsAreUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.reactortopology.job.internal..", "org.reactortopology.internal..");

    @ArchTest
    static final ArchRule viewsDoNotKnowCommands = noClasses()
            .that()
            .resideInAnyPackage("..internal.view..", "..internal.parameters..", "..internal.terminal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..internal.command..", "picocli..");

    @ArchTest
    static final ArchRule nothingPointsBack = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.reactortopology.test..", "org.reactortopology.examples..");
}
