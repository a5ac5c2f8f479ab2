package org.reactortopology;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/** The arrows between packages, and what no class may use. */
@AnalyzeClasses(packages = "org.reactortopology", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule internalPackagesHaveNoCycles =
            slices().matching("org.reactortopology.internal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingPointsBack = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.reactortopology.multiprocess..",
                    "org.reactortopology.test..",
                    "org.reactortopology.examples..");

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("sleep"))));

    @ArchTest
    static final ArchRule noOperatorThatStrandsItemsOrHidesErrors = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(Flux.class).or(assignableTo(Mono.class))))
                    .and(target(nameMatching("groupBy|parallel|onErrorContinue"))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ParallelFlux.class);
}
