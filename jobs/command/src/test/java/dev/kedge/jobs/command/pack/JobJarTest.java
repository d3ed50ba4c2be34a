// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be in the job jar, and what must not. */
class JobJarTest {
    private static final List<String> LIBRARIES =
            List.of(
                    "avro",
                    "commons-csv",
                    "commons-rng-client-api",
                    "commons-rng-core",
                    "commons-rng-sampling",
                    "commons-rng-simple",
                    "flink-connector-base",
                    "flink-connector-kafka",
                    "jackson-annotations",
                    "jackson-core",
                    "jackson-databind",
                    "jackson-dataformat-yaml",
                    "jackson-datatype-jdk8",
                    "jackson-datatype-jsr310",
                    "kafka-clients",
                    "lucene-analysis-common",
                    "lucene-core",
                    "protobuf-java",
                    "snakeyaml");

    @TempDir private static Path folder;

    private static Path jar;
    private static List<String> names;

    @BeforeAll
    static void write() throws IOException {
        jar = folder.resolve("job.jar");
        JobJar.write(jar, Parts.ofClassPath());
        try (JarFile in = new JarFile(jar.toFile())) {
            names = in.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void itsMainClassHandsAJobFileToFlink() throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            String main = in.getManifest().getMainAttributes().getValue("Main-Class");

            assertThat(main).isEqualTo("dev.kedge.jobs.cluster.StreamJobMain");
            assertThat(names).contains(main.replace('.', '/') + ".class");
        }
    }

    @Test
    void itHasWhatAJobNeedsAndFlinkDoesNotBring() {
        assertThat(names.stream().filter(name -> name.startsWith("lib/")))
                .extracting(name -> name.replaceAll("^lib/|-[0-9][^/]*$", ""))
                .containsExactlyElementsOf(LIBRARIES);
        assertThat(names)
                .contains(
                        "dev/kedge/state/part/PartStore.class",
                        "dev/kedge/operators/flink/LearnerOperator.class",
                        "dev/kedge/connectors/kafka/KafkaTopicSource.class",
                        "dev/kedge/connectors/onnx/joiner.onnx",
                        "dev/kedge/jobs/ads/DiscontinuationJob.class",
                        "dev/kedge/jobs/classifier/ClassifierJob.class",
                        "dev/kedge/jobs/tracker/TrackerJob.class");
    }

    @Test
    void itHasNothingElse() {
        assertThat(names)
                .allMatch(
                        name -> name.matches("META-INF/MANIFEST\\.MF|dev/kedge/.*|lib/[^/]+\\.jar"))
                .noneMatch(
                        name ->
                                name.matches(
                                        "dev/kedge/(jobs/(laboratory|command|page|live|state|ads/board)|connectors/(broker|simulator)|.*/(market|shapes|video))/.*"))
                .noneMatch(name -> name.matches(".*(log4j|\\.html|\\.js|openapi).*"));
    }

    @Test
    void itIsThinAndTheSameWheneverItIsWritten() throws IOException {
        Path again = folder.resolve("again.jar");
        JobJar.write(again, Parts.ofClassPath());

        assertThat(again).hasSameBinaryContentAs(jar);
        assertThat(Files.size(jar)).isBetween(15L << 20, 32L << 20);
    }
}
