package org.reactortopology.commandline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import org.jspecify.annotations.NullMarked;
import org.reactortopology.Topology;
import org.reactortopology.job.Job;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.test.TopologyVerifier;

/** What holds in every module of the product: here because the class path of the tests of this module has all of them. */
@AnalyzeClasses(packages = "org.reactortopology", importOptions = DoNotIncludeTests.class)
class EveryModuleTest {

    @ArchTest
    static void allModulesAreHere(JavaClasses classes) {
        assertThat(classes.contain(Topology.class)).isTrue();
        assertThat(classes.contain(MultiProcessExecutor.class)).isTrue();
        assertThat(classes.contain(Job.class)).isTrue();
        assertThat(classes.contain(JobCommands.class)).isTrue();
        assertThat(classes.contain(TopologyVerifier.class)).isTrue();
    }

    @ArchTest
    static final ArchRule publicTypesDoNotShowInternalOnes = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(notShowInternalTypes());

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage());

    @ArchTest
    static final ArchRule logsGoThroughSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

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

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, "package " + type.getPackageName() + " has no @NullMarked package-info"));
                }
            }
        };
    }
}
