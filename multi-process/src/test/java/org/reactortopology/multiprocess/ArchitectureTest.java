package org.reactortopology.multiprocess;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.reactortopology.TopologyException;

/** The arrows of this module; above all, that the coordinator's logic sees neither sockets nor processes. */
@AnalyzeClasses(packages = "org.reactortopology.multiprocess", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String COORDINATOR = "org.reactortopology.multiprocess.internal.coordinator..";
    private static final String WIRE = "org.reactortopology.multiprocess.internal.wire..";

    @ArchTest
    static final ArchRule theCoordinatorSeesNoProcess = noClasses()
            .that()
            .resideInAPackage(COORDINATOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.reactortopology.multiprocess.internal.process..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(Process.*|Runtime)");

    @ArchTest
    static final ArchRule theCoordinatorSeesNoSocket = noClasses()
            .that()
            .resideInAPackage(COORDINATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.netty..", "io.netty.channel..", "java.net..", "java.nio.channels..");

    @ArchTest
    static final ArchRule theWireKnowsNobody = noClasses()
            .that()
            .resideInAPackage(WIRE)
            .should()
            .dependOnClassesThat(resideInAPackage("org.reactortopology..")
                    .and(resideOutsideOfPackage(WIRE))
                    .and(JavaClass.Predicates.type(TopologyException.class).negate()));

    @ArchTest
    static final ArchRule nothingPointsBack = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.reactortopology.test..", "org.reactortopology.examples..");

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
