// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.kedge.operators.flink.api.Learning;
import dev.kedge.state.api.PublicApi;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What programs outside Kedge may lean on, and that it leads to nothing else of Kedge. */
class PublicApiTest {
    private static final JavaClasses KEDGE =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("dev.kedge.state", "dev.kedge.operators");

    private static boolean isApi(JavaClass type) {
        return type.isAnnotatedWith(PublicApi.class)
                || type.getPackage().isAnnotatedWith(PublicApi.class)
                || type.getEnclosingClass().map(PublicApiTest::isApi).orElse(false);
    }

    private static Stream<JavaClass> api() {
        return KEDGE.stream()
                .filter(type -> type.getModifiers().contains(PUBLIC))
                .filter(PublicApiTest::isApi);
    }

    private static boolean isSeen(JavaMember member) {
        return member.getModifiers().contains(PUBLIC) && !member.getModifiers().contains(SYNTHETIC);
    }

    /**
     * What a type leads to. Of records these are the components, of enums nothing: what else they
     * can do is how Kedge uses them.
     */
    private static Stream<JavaClass> named(JavaClass type) {
        if (type.isEnum()) {
            return Stream.empty();
        }
        if (type.isRecord()) {
            return type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(STATIC))
                    .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream());
        }
        Stream<JavaClass> members =
                Stream.concat(
                        type.getCodeUnits().stream()
                                .filter(PublicApiTest::isSeen)
                                .flatMap(PublicApiTest::named),
                        type.getFields().stream()
                                .filter(PublicApiTest::isSeen)
                                .map(JavaField::getType)
                                .flatMap(kind -> kind.getAllInvolvedRawTypes().stream()));
        Stream<JavaClass> above =
                Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                        .flatMap(kind -> kind.getAllInvolvedRawTypes().stream());
        return Stream.concat(members, above);
    }

    private static Stream<JavaClass> named(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(kind -> kind.getAllInvolvedRawTypes().stream());
    }

    @Test
    void whatIsPromisedNamesNothingOfKedgeThatIsNot() {
        assertThat(api()).contains(KEDGE.get(Learning.class)).hasSizeGreaterThan(30);
        Set<String> unpromised = new TreeSet<>();
        api().forEach(
                        type ->
                                named(type)
                                        .map(JavaClass::getBaseComponentType)
                                        .filter(
                                                kind ->
                                                        kind.getPackageName()
                                                                .startsWith("dev.kedge"))
                                        .filter(kind -> !isApi(kind))
                                        .forEach(
                                                kind ->
                                                        unpromised.add(
                                                                kind.getName()
                                                                        + " in "
                                                                        + type.getName())));
        assertThat(unpromised).isEmpty();
    }

    @Test
    void whatIsPromisedNeedsNoKafkaNoFilesAndNoCommandLine() {
        List<String> foreign =
                api().flatMap(PublicApiTest::named)
                        .map(JavaClass::getBaseComponentType)
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.startsWith("java.") && !name.isEmpty())
                        .filter(name -> !name.startsWith("dev.kedge."))
                        .filter(name -> !name.startsWith("org.apache.flink."))
                        .distinct()
                        .toList();
        assertThat(foreign).isEmpty();
    }
}
