// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
    private static final Path REPOSITORY = Path.of("/r/repository");

    private static Optional<MavenArtefact> artefact(String below) {
        return MavenArtefact.of(REPOSITORY.resolve(below), REPOSITORY);
    }

    @ParameterizedTest
    @CsvSource({
        "org/apache/flink/flink-core/2.2.1/flink-core-2.2.1.jar, FLINK",
        "org/apache/flink/flink-connector-kafka/5.0.0-2.2/flink-connector-kafka-5.0.0-2.2.jar, JOB",
        "org/apache/flink/flink-runtime/2.2.1/flink-runtime-2.2.1-tests.jar, COMMAND",
        "com/ververica/frocksdbjni/8.10.0/frocksdbjni-8.10.0.jar, FLINK",
        "org/apache/logging/log4j/log4j-core/2.26.1/log4j-core-2.26.1.jar, FLINK",
        "org/nd4j/jackson/1.0.0-M2.1/jackson-1.0.0-M2.1.jar, NATIVE",
        "org/bytedeco/openblas/0.3.19-1.5.7/openblas-0.3.19-1.5.7-linux-x86_64.jar, NATIVE",
        "com/microsoft/onnxruntime/onnxruntime/1.23.2/onnxruntime-1.23.2.jar, NATIVE",
        "net/java/dev/jna/jna/5.17.0/jna-5.17.0.jar, NATIVE",
        "org/nd4j/nd4j-cuda-11.6/1.0/nd4j-cuda-11.6-1.0-linux-x86_64.jar, NATIVE",
        "org/apache/kafka/kafka-clients/4.2.2/kafka-clients-4.2.2.jar, JOB",
        "org/apache/kafka/kafka_2.13/4.2.2/kafka_2.13-4.2.2.jar, COMMAND",
        "com/fasterxml/jackson/core/jackson-core/2.21.8/jackson-core-2.21.8.jar, JOB",
        "io/javalin/javalin/7.2.3/javalin-7.2.3.jar, COMMAND",
        "info/picocli/picocli/4.7.7/picocli-4.7.7.jar, COMMAND"
    })
    void coordinatesSayWhereAnArtefactBelongs(String place, Part part) {
        assertThat(artefact(place).map(Part::of)).contains(part);
    }

    @Test
    void anArtefactIsKnownByItsPlaceInTheRepository() {
        String place = "org/nd4j/nd4j-native/1.0/nd4j-native-1.0-linux-x86_64-onednn.jar";

        assertThat(artefact(place))
                .contains(
                        new MavenArtefact(
                                "org.nd4j",
                                "nd4j-native",
                                "1.0",
                                "linux-x86_64-onednn",
                                REPOSITORY.resolve(place)));
        assertThat(MavenArtefact.of(Path.of("/w/kedge/state/target/classes"), REPOSITORY))
                .isEmpty();
        assertThat(artefact("settings.xml")).isEmpty();
    }

    @Test
    void theRepositoryIsKnownByAJarInIt() {
        Path jar = REPOSITORY.resolve("org/apache/flink/flink-core/2.2.1/flink-core-2.2.1.jar");

        assertThat(MavenArtefact.repository(jar, "org.apache.flink")).isEqualTo(REPOSITORY);
    }

    @Test
    void thisClassPathHasOneOfNd4jsNativesAndAllOfFlink() {
        Parts parts = Parts.ofClassPath();

        assertThat(names(parts.natives()))
                .filteredOn(name -> name.matches("nd4j-native-[^a-z]*M.*-(linux|macosx|windows).*"))
                .hasSize(1);
        assertThat(names(parts.flink()))
                .anyMatch(name -> name.startsWith("flink-runtime-2"))
                .anyMatch(name -> name.startsWith("flink-runtime-web-2"))
                .anyMatch(name -> name.startsWith("frocksdbjni-"))
                .noneMatch(name -> name.contains("kafka"));
        assertThat(names(parts.command())).anyMatch(name -> name.startsWith("javalin-"));
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }
}
