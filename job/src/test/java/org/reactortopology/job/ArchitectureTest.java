package org.reactortopology.job;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** The arrows of this module. */
@AnalyzeClasses(packages = "org.reactortopology.job", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JOB = "org.reactortopology.job";

    @ArchTest
    static final ArchRule publicTypesDoNotShowInternalOnes = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(notShowInternalTypes());

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
    static final ArchRule logsGoThroughSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    private static ArchCondition<JavaClass> notShowInternalTypes() {
        return new ArchCondition<>("not show internal types in their signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> supertypes =
                        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                supertypes.forEach(shown -> refuse(type, type.getFullName(), shown, events));
                type.getTypeParameters().forEach(shown -> refuse(type, type.getFullName(), shown, events));
                type.getFields().stream()
                        .filter(field -> isShown(field.getModifiers()))
                        .forEach(field -> refuse(type, field.getFullName(), field.getType(), events));
                type.getCodeUnits().stream()
                        .filter(code -> isShown(code.getModifiers()))
                        .forEach(code -> types(code).forEach(shown -> refuse(type, code.getFullName(), shown, events)));
            }
        };
    }

    private static Stream<JavaType> types(JavaCodeUnit code) {
        Stream<JavaType> thrown = code.getExceptionTypes().stream().map(JavaType.class::cast);
        Stream<JavaType> parameters =
                Stream.concat(code.getParameterTypes().stream(), code.getTypeParameters().stream());
        return Stream.concat(Stream.of(code.getReturnType()), Stream.concat(parameters, thrown));
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static void refuse(JavaClass type, String where, JavaType shown, ConditionEvents events) {
        shown.getAllInvolvedRawTypes().stream()
                .filter(raw -> (raw.getPackageName() + ".").matches("org\\.reactortopology\\..*internal\\..*"))
                .forEach(raw -> events.add(SimpleConditionEvent.violated(type, where + " shows " + raw.getName())));
    }
}
