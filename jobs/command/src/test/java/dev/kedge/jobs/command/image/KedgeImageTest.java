// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.jobs.command.cluster.FlinkRole;
import dev.kedge.jobs.command.cluster.Ports;
import dev.kedge.jobs.command.pack.Home;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is in the image, and that it starts. To stay cheap, this one has no Java, no native
 * libraries and no RocksDB: it is unpacked and runs with the Java of this machine.
 */
@DisabledOnOs(OS.WINDOWS)
class KedgeImageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Home CHECKOUT = new Home(Path.of("../..").toAbsolutePath().normalize());

    @TempDir private static Path folder;

    private static ImageParts all;
    private static Path root;
    private static JsonNode config;
    private static Path leastFile;
    private static String digest;

    /** Each layer's files, by place: who owns them and who may do what. */
    private static final List<Map<String, String>> LAYERS = new ArrayList<>();

    /** Flink without RocksDB, and Kedge. */
    private static ImageParts small() {
        return new ImageParts(
                all.jobJar(),
                all.modules(),
                all.flink().stream()
                        .filter(jar -> !jar.getFileName().toString().contains("rocksdb"))
                        .toList(),
                all.reporters(),
                List.of(),
                all.libraries().stream()
                        .filter(jar -> jar.getFileName().toString().startsWith("commons-csv"))
                        .toList(),
                false);
    }

    /** Kedge's command alone. */
    private static ImageParts least() {
        List<Path> command =
                all.modules().stream()
                        .filter(jar -> jar.getFileName().toString().startsWith("kedge-command"))
                        .toList();
        return new ImageParts(
                command.get(0), command, List.of(), List.of(), List.of(), List.of(), false);
    }

    @BeforeAll
    static void unpack() throws IOException {
        Path file = folder.resolve("image.tar");
        all = ImageParts.of(CHECKOUT, Files.createDirectory(folder.resolve("made")));
        new KedgeImage(new BaseImage("scratch"), small()).write(file);
        leastFile = folder.resolve("least.tar");
        digest = new KedgeImage(new BaseImage("scratch"), least()).write(leastFile);
        root = Files.createDirectory(folder.resolve("root"));
        Map<String, byte[]> outer = files(file);
        config = config(outer);
        JsonNode manifest = manifest(outer);
        assertThat(manifest.get("RepoTags"))
                .extracting(JsonNode::asText)
                .containsExactly(ImageLayout.NAME);
        for (JsonNode layer : manifest.get("Layers")) {
            LAYERS.add(unpack(outer.get(layer.asText())));
        }
    }

    private static Map<String, byte[]> files(Path image) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = tar(Files.newInputStream(image))) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                files.put(e.getName(), tar.readAllBytes());
            }
        }
        return files;
    }

    private static JsonNode manifest(Map<String, byte[]> files) throws IOException {
        return JSON.readTree(files.get("manifest.json")).get(0);
    }

    private static JsonNode config(Map<String, byte[]> files) throws IOException {
        return JSON.readTree(files.get(manifest(files).get("Config").asText()));
    }

    private static TarArchiveInputStream tar(InputStream in) {
        return new TarArchiveInputStream(new BufferedInputStream(in));
    }

    private static Map<String, String> unpack(byte[] layer) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (TarArchiveInputStream tar =
                tar(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                files.put(
                        "/" + e.getName(),
                        e.getLongUserId() + " " + Integer.toOctalString(e.getMode() & 0777));
                Path place = root.resolve(e.getName());
                if (e.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Files.createDirectories(place.getParent());
                    Files.copy(tar, place);
                }
            }
        }
        return files;
    }

    @Test
    void itsLayersBeginWithWhatChangesLeast() {
        assertThat(config.get("history"))
                .extracting(layer -> layer.get("comment").asText())
                .containsExactly(
                        "java", "flink", "native libraries", "libraries of the command", "kedge");
        assertThat(LAYERS.get(1)).containsKey("/opt/flink/conf/config.yaml");
        assertThat(LAYERS.get(1).keySet())
                .anyMatch(name -> name.matches("/opt/flink/lib/flink-runtime-2.*jar"))
                .anyMatch(
                        name -> name.matches("/opt/flink/plugins/.*/flink-metrics-prometheus-.*"));
        assertThat(LAYERS.get(4).keySet())
                .filteredOn(name -> !name.endsWith("/"))
                .allMatch(name -> name.matches(".*/(kedge-[^/]*\\.jar|entry\\.jar|bin/kedge)"))
                .contains(ImageLayout.JOB_JAR, ImageLayout.ENTRY, "/opt/flink/bin/kedge");
    }

    @Test
    void itsUserOwnsOnlyWhatItMustWrite() {
        Map<String, String> all = new TreeMap<>();
        LAYERS.forEach(all::putAll);

        assertThat(config.at("/config/User").asText()).isEqualTo("9999:9999");
        assertThat(all)
                .containsEntry("/opt/flink/conf/", "9999 755")
                .containsEntry("/opt/flink/log/", "9999 755")
                .containsEntry("/var/lib/kedge/", "9999 755")
                .containsEntry("/tmp/", "0 777")
                .containsEntry(ImageLayout.JOB_JAR, "0 644")
                .containsEntry("/opt/flink/bin/kedge", "0 755");
        assertThat(all)
                .allSatisfy(
                        (name, rights) -> {
                            if (name.endsWith(".jar")) {
                                assertThat(rights).isEqualTo("0 644");
                            }
                        });
        assertThat(root.resolve("etc/passwd")).content().contains("flink:x:9999:9999:");
    }

    @Test
    void itSaysWhatItIsAndStartsAsFlinksOwnImage() {
        JsonNode told = config.get("config");

        assertThat(told.at("/Labels/org.opencontainers.image.title").asText()).isEqualTo("Kedge");
        assertThat(told.at("/Labels/org.opencontainers.image.base.name").asText())
                .isEqualTo("scratch");
        assertThat(told.get("Cmd")).extracting(JsonNode::asText).containsExactly("help");
        assertThat(told.get("ExposedPorts").has("8081/tcp")).isTrue();
        assertThat(told.get("Env"))
                .extracting(JsonNode::asText)
                .contains(
                        "FLINK_HOME=/opt/flink",
                        "MALLOC_ARENA_MAX=2",
                        "OMP_NUM_THREADS=1",
                        "PATH=/opt/java/openjdk/bin:/opt/flink/bin");
        assertThat(told.get("Entrypoint"))
                .extracting(JsonNode::asText)
                .contains(ImageLayout.JAVA + "/bin/java");
    }

    @Test
    void itIsTheSameWheneverItIsMade() throws IOException {
        Path again = folder.resolve("again.tar");

        assertThat(new KedgeImage(new BaseImage("scratch"), least()).write(again))
                .isEqualTo(digest)
                .matches("sha256:[0-9a-f]{64}");
        assertThat(again).hasSameBinaryContentAs(leastFile);
    }

    @Test
    void aSavedImageIsABaseWhoseWaysStay() throws IOException {
        Path file = folder.resolve("upon.tar");
        new KedgeImage(new BaseImage(leastFile.toString()), least()).write(file);

        JsonNode upon = config(files(file));
        assertThat(upon.at("/config/Entrypoint")).isEqualTo(config.at("/config/Entrypoint"));
        assertThat(upon.at("/config/Cmd/0").asText()).isEqualTo("help");
        assertThat(upon.at("/config/User").asText()).isEqualTo("9999:9999");
        assertThat(upon.get("history"))
                .extracting(layer -> layer.get("comment").asText())
                .containsExactly(
                        "java", "flink", "native libraries", "kedge", "native libraries", "kedge");
    }

    /** As the image's own, with this machine's Java and these folders in the place of the root. */
    private static ProcessBuilder container(String... arguments) {
        List<String> command = new ArrayList<>();
        config.at("/config/Entrypoint").forEach(word -> command.add(inside(word.asText())));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLINK_HOME", inside("/opt/flink"));
        builder.environment().put("KEDGE_HOME", inside("/opt/kedge"));
        return builder;
    }

    private static String inside(String text) {
        return text.replaceAll("(^|:)/opt/", "$1" + root + "/opt/");
    }

    @Test
    void helpIsAnsweredByItsOwnJarAlone() throws Exception {
        Process help = container("help").start();
        String said = new String(help.getInputStream().readAllBytes(), UTF_8);

        assertThat(said).startsWith("Usage: (jobmanager|standalone-job|taskmanager|");
        assertThat(help.waitFor()).isZero();
    }

    @Test
    void aJobManagerAnswersAndEndsWhenItIsTold() throws Exception {
        int port = Ports.free();
        File log = folder.resolve("jobmanager.log").toFile();
        ProcessBuilder builder = container(FlinkRole.JOB_MANAGER.word()).redirectOutput(log);
        String here = InetAddress.getLoopbackAddress().getHostAddress();
        builder.environment().put("JOB_MANAGER_RPC_ADDRESS", here);
        builder.environment()
                .put(
                        "FLINK_PROPERTIES",
                        String.join(
                                "\n",
                                "rest.port: " + port,
                                "rest.bind-address: " + here,
                                "jobmanager.bind-host: " + here,
                                "jobmanager.rpc.port: " + Ports.free(),
                                "blob.server.port: 0",
                                "jobmanager.memory.process.size: 768m",
                                "io.tmp.dirs: " + folder.resolve("tmp"),
                                "metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                                "metrics.reporter.prom.port: " + Ports.free()));
        Process process = builder.start();
        try {
            URI overview = URI.create("http://" + here + ":" + port + "/overview");
            await().ignoreExceptions()
                    .until(() -> get(overview).contains("\"flink-version\":\"2.2.1\""));
            assertThat(Files.readString(log.toPath()))
                    .contains("Reporting metrics for reporter prom");
        } finally {
            process.destroy();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(process.descendants()).isEmpty();
    }

    private static String get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void whatMakesImagesIsInNone() {
        assertThat(all.libraries())
                .isNotEmpty()
                .noneMatch(jar -> jar.toString().matches(".*(jib|google-http|opencensus).*"));
    }

    @Test
    void aBaseThatIsNotThereIsOneLine() {
        Path file = folder.resolve("none.tar");
        ImageParts parts = least();

        assertThatThrownBy(() -> new KedgeImage(new BaseImage("/nowhere/a.tar"), parts).write(file))
                .hasMessage("--base: /nowhere/a.tar: there is no such file");
        assertThatThrownBy(() -> new KedgeImage(new BaseImage("No Name"), parts).write(file))
                .hasMessage(
                        "--base: 'No Name' is not allowed; it must be the name of an image, a .tar file, or scratch");
        assertThatThrownBy(
                        () -> new KedgeImage(new BaseImage("localhost:1/flink"), parts).write(file))
                .hasMessageStartingWith("--base: localhost:1/flink cannot be had (")
                .hasMessageEndingWith(
                        "); --base FILE.tar takes a saved image, --base scratch none");
    }

    @Test
    void theFlinkOfTheOfficialBaseIsTheOneThatKedgeComesWith() {
        String version = EnvironmentInformation.getVersion();

        assertThat(ImageLayout.BASE)
                .matches("flink:" + version.replace(".", "\\.") + "-java17@sha256:[0-9a-f]{64}");
    }
}
