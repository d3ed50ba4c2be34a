// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import dev.kedge.jobs.cluster.StreamJobMain;
import dev.kedge.operators.flink.LearnerOperator;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Format;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Formatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.junit.jupiter.api.Test;

/** What may lean on what, in all classes of Kedge that are not tests. */
class ArchitectureTest {
    private static final JavaClasses KEDGE =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("dev.kedge");

    private static final String NOT_ON_A_CLUSTER =
            "dev\\.kedge\\.(jobs\\.(page|live|state|laboratory|command|ads\\.(board|whatif))|connectors\\.(broker|simulator|ads\\.market|classifier\\.shapes|tracker\\.video))(\\..*)?"
                    + "|(io\\.javalin|jakarta|org\\.eclipse\\.jetty|kafka|scala|org\\.apache\\.logging|picocli|org\\.knowm|org\\.rocksdb|org\\.apache\\.kafka\\.(server|metadata|raft|storage))(\\..*)?";

    private static final String[] TIMELESS = {"dev.kedge.state..", "dev.kedge.operators.."};

    @Test
    void theClassesOfAllFourRoomsAreLookedAt() {
        for (String room : List.of("state", "operators", "connectors", "jobs")) {
            assertThat(KEDGE.that(resideInAPackage("dev.kedge." + room + "..")))
                    .as(room)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    void eachRoomLeansOnlyOnTheRoomsBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.kedge..")
                .layer("state")
                .definedBy("dev.kedge.state..")
                .layer("operators")
                .definedBy("dev.kedge.operators..")
                .layer("connectors")
                .definedBy("dev.kedge.connectors..")
                .layer("jobs")
                .definedBy("dev.kedge.jobs..")
                .ensureAllClassesAreContainedInArchitecture()
                .whereLayer("state")
                .mayNotAccessAnyLayer()
                .whereLayer("operators")
                .mayOnlyAccessLayers("state")
                .whereLayer("connectors")
                .mayOnlyAccessLayers("state", "operators")
                .whereLayer("jobs")
                .mayNotBeAccessedByAnyLayer()
                .check(KEDGE);
    }

    @Test
    void insideARoomNoPackageLeansOnOneThatLeansOnIt() {
        slices().matching("dev.kedge.(**)").should().beFreeOfCycles().check(KEDGE);
    }

    @Test
    void whatIsDeployedKnowsNeitherTheLaboratoryNorTheCommand() {
        String[] laboratory = {"dev.kedge.jobs.laboratory.."};
        String[] command = {"dev.kedge.jobs.command.."};

        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(laboratory[0], command[0])
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(laboratory[0], command[0]));
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(laboratory)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(command));
    }

    /** Whose classes are in no job jar: the page, its server, simulators, brokers, the log. */
    @Test
    void whatRunsOnAClusterReachesNothingThatItsJarLacks() {
        Set<JavaClass> reached = reachable(KEDGE.get(StreamJobMain.class));

        assertThat(reached).contains(KEDGE.get(LearnerOperator.class)).hasSizeGreaterThan(300);
        assertThat(
                        reached.stream()
                                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                                .filter(
                                        needed ->
                                                needed.getTargetClass()
                                                        .getPackageName()
                                                        .matches(NOT_ON_A_CLUSTER))
                                .map(Dependency::getDescription))
                .isEmpty();
    }

    private static Set<JavaClass> reachable(JavaClass from) {
        Set<JavaClass> reached = new HashSet<>(Set.of(from));
        Deque<JavaClass> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Dependency dependency : open.pop().getDirectDependenciesFromSelf()) {
                JavaClass needed = dependency.getTargetClass().getBaseComponentType();
                if (needed.getPackageName().startsWith("dev.kedge") && reached.add(needed)) {
                    open.push(needed);
                }
            }
        }
        return reached;
    }

    @Test
    void noTwoPublicTypesHaveOneName() {
        Map<String, List<String>> byName =
                KEDGE.stream()
                        .filter(
                                type ->
                                        type.isTopLevelClass()
                                                && type.getModifiers().contains(PUBLIC))
                        .collect(
                                groupingBy(
                                        JavaClass::getSimpleName,
                                        mapping(JavaClass::getName, toList())));

        assertThat(byName).allSatisfy((name, types) -> assertThat(types).as(name).hasSize(1));
    }

    @Test
    void noRecordHasMoreThanFourteenComponents() {
        assertThat(KEDGE.stream().filter(JavaClass::isRecord))
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        type ->
                                assertThat(type.getFields())
                                        .as(type.getName())
                                        .filteredOn(field -> !field.getModifiers().contains(STATIC))
                                        .hasSizeLessThanOrEqualTo(14));
    }

    @Test
    void noFileHasMoreThanFourHundredAndFiftyLines() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
            sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("/src/main/java/dev/kedge/"))
                            .toList();
        }

        assertThat(sources)
                .hasSizeGreaterThan(500)
                .allSatisfy(
                        file ->
                                assertThat(Files.readAllLines(file))
                                        .as(file.toString())
                                        .hasSizeLessThanOrEqualTo(450));
    }

    @Test
    void whatRemembersAndWhatLearnsKnowsFlinkOnlyInItsFlinkPackage() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(TIMELESS)
                        .and()
                        .resideOutsideOfPackages("dev.kedge.state.flink..", "..operators.flink..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.flink.."));
    }

    @Test
    void whatRemembersAndWhatLearnsKnowsNoDatabaseNoJsonAndNoKafka() {
        holds(
                timeless()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.rocksdb..", "com.fasterxml..", "org.apache.kafka.."));
    }

    @Test
    void nothingIsWrittenByJavaSerialisation() {
        holds(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(ObjectOutputStream.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(ObjectInputStream.class));
    }

    @Test
    void nothingIsWrittenByKryo() {
        holds(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.esotericsoftware..")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(GenericTypeInfo.class)
                        .orShould()
                        .dependOnClassesThat()
                        .haveSimpleName("KryoSerializer"));
    }

    @Test
    void noTypeIsLeftForFlinkToGuess() {
        holds(
                noClasses()
                        .should()
                        .accessTargetWhere(
                                calls(TypeInformation.class, Set.of("of"))
                                        .or(calls(Types.class, Set.of("GENERIC", "POJO")))));
    }

    @Test
    void noStaticFieldCanBeChanged() {
        ArchRule rule =
                fields().that()
                        .areStatic()
                        .and(describe("are written by people", ArchitectureTest::isWritten))
                        .should()
                        .beFinal();
        rule.check(KEDGE);
        assertThat(KEDGE.stream().flatMap(type -> type.getFields().stream()))
                .as("the rule has fields to look at")
                .anyMatch(field -> field.getModifiers().containsAll(Set.of(STATIC, FINAL)));
    }

    @Test
    void whatRemembersAndWhatLearnsAsksNoClock() {
        holds(
                timeless()
                        .should()
                        .accessTargetWhere(
                                calls(System.class, Set.of("currentTimeMillis", "nanoTime"))
                                        .or(calls(Instant.class, Set.of("now")))
                                        .or(calls(Clock.class, Set.of("systemUTC")))
                                        .or(anyNowOf("java.time"))));
    }

    @Test
    void whatRemembersAndWhatLearnsDrawsOnlyFromAGeneratorThatIsPartOfItsState() {
        holds(
                timeless()
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(Random.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(SplittableRandom.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(ThreadLocalRandom.class)
                        .orShould()
                        .accessTargetWhere(calls(Math.class, Set.of("random"))));
    }

    @Test
    void nothingPrintsPastTheCommandLineAndNothingLogsPastSlf4j() {
        holds(
                noClasses()
                        .should()
                        .accessTargetWhere(calls(System.class, Set.of("out", "err")))
                        .orShould()
                        .accessTargetWhere(calls(Throwable.class, Set.of("printStackTrace")))
                        .orShould()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "java.util.logging..",
                                        "org.apache.log4j..",
                                        "org.apache.logging..")));
    }

    @Test
    void nothingIsFormattedInTheLanguageOfTheJvm() {
        ArchRule rule =
                noClasses()
                        .should()
                        .accessTargetWhere(asksTheLanguageOfTheJvm())
                        .orShould()
                        .accessTargetWhere(calls(Locale.class, Set.of("getDefault")))
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Format.class);

        rule.check(KEDGE);
        assertThat(
                        rule.evaluate(
                                        new ClassFileImporter()
                                                .importClasses(SpeaksTheLanguageOfTheJvm.class))
                                .getFailureReport()
                                .getDetails())
                .as("the rule sees each way")
                .hasSize(8);
    }

    /** Every way to a text that is another in Egypt; see the rule above. */
    static final class SpeaksTheLanguageOfTheJvm {
        @SuppressWarnings({"StringCaseLocaleUsage", "unused"})
        String all(PrintStream stream, PrintWriter writer, List<String> words) {
            stream.printf("%d", 1);
            writer.format("%d", 2);
            words.stream().map(String::toUpperCase).forEach(writer::println);
            return "%d".formatted(3)
                    + String.format("%d", 4)
                    + "I".toLowerCase()
                    + new Formatter().format(Locale.ROOT, "%d", 5)
                    + DateTimeFormatter.ofPattern("EEE");
        }
    }

    private static DescribedPredicate<JavaAccess<?>> asksTheLanguageOfTheJvm() {
        Set<String> names =
                Set.of(
                        "format",
                        "formatted",
                        "printf",
                        "toLowerCase",
                        "toUpperCase",
                        "ofPattern",
                        "<init>");
        List<Class<?>> owners =
                List.of(
                        String.class,
                        PrintStream.class,
                        PrintWriter.class,
                        Formatter.class,
                        DateTimeFormatter.class);
        return describe(
                "formats without a Locale",
                access -> {
                    if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target)
                            || !names.contains(target.getName())) {
                        return false;
                    }
                    boolean constructs = target.getName().equals("<init>");
                    JavaClass owner = target.getOwner();
                    return owners.stream().anyMatch(owner::isAssignableTo)
                            && (!constructs || owner.isEquivalentTo(Formatter.class))
                            && target.getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Locale.class));
                });
    }

    private static GivenClassesConjunction timeless() {
        return noClasses().that().resideInAnyPackage(TIMELESS);
    }

    private static void holds(ArchRule rule) {
        rule.check(KEDGE);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, Collection<String> of) {
        return describe(
                owner.getSimpleName() + "." + of,
                access -> {
                    AccessTarget target = access.getTarget();
                    return target.getOwner().isAssignableTo(owner) && of.contains(target.getName());
                });
    }

    private static DescribedPredicate<JavaAccess<?>> anyNowOf(String packageName) {
        return describe(
                "now() of " + packageName,
                access -> {
                    JavaClass owner = access.getTargetOwner();
                    return owner.getPackageName().equals(packageName)
                            && access.getName().equals("now");
                });
    }

    /** Compilers add fields of their own, for the constants of a switch for example. */
    private static boolean isWritten(JavaField field) {
        return !field.getModifiers().contains(SYNTHETIC) && !field.getName().startsWith("$");
    }
}
