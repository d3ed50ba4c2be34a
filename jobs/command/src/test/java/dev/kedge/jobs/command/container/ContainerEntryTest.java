// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.kedge.jobs.command.cluster.FlinkRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container does with its first argument and its surroundings. */
class ContainerEntryTest {
    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final ContainerEntry entry =
            new ContainerEntry(
                    Map.of(),
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(errors, true, UTF_8));

    @Test
    void helpNamesTheRoles() {
        assertThat(entry.run("help")).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("Usage: (jobmanager|standalone-job|taskmanager|kedge|check|help)\n");
        assertThat(entry.run()).isZero();
    }

    @Test
    void anyProgramRunsAndItsExitCodeIsTheContainers() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        assertThat(entry.run(java, "-XX:-NoSuchFlag")).isEqualTo(1);
        assertThat(entry.run("no-such-program")).isEqualTo(1);
        assertThat(errors.toString(UTF_8)).contains("no-such-program").doesNotContain("\tat ");
    }

    @Test
    void aHealthCheckAsksAnAddress() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    boolean good = exchange.getRequestURI().getPath().equals("/config");
                    exchange.sendResponseHeaders(good ? 200 : 503, -1);
                    exchange.close();
                });
        server.start();
        String address = here.getHostAddress() + ":" + server.getAddress().getPort();
        try {
            assertThat(entry.run("check", "http://" + address + "/config")).isZero();
            assertThat(entry.run("check", "tcp://" + address)).isZero();
            assertThat(entry.run("check", "http://" + address + "/other")).isEqualTo(1);
        } finally {
            server.stop(0);
        }
        assertThat(entry.run("check", "tcp://" + address)).isEqualTo(1);
        assertThat(errors.toString(UTF_8).lines())
                .first()
                .isEqualTo("http://" + address + "/other: answered 503");
    }

    @Test
    void aHealthCheckOfNoAddressSaysWhatItTakes() {
        assertThat(entry.run("check")).isEqualTo(2);
        assertThat(entry.run("check", "localhost")).isEqualTo(1);
        assertThat(errors.toString(UTF_8).lines())
                .containsExactly(
                        "kedge: check takes one address, http://HOST:PORT/PATH or tcp://HOST:PORT",
                        "localhost: it has no host or no port");
    }

    @Test
    void theSurroundingsCountBeforeTheImage() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                "taskmanager:\n  numberOfTaskSlots: 1\nparallelism.default: 3\n");
        Files.writeString(folder.resolve("log4j2.xml"), "<Configuration/>");
        Map<String, String> environment =
                Map.of(
                        "JOB_MANAGER_RPC_ADDRESS", "jobmanager",
                        "TASK_MANAGER_NUMBER_OF_TASK_SLOTS", "4",
                        "BUCKET", "models",
                        "FLINK_PROPERTIES",
                                """
                                # A remark.
                                taskmanager.numberOfTaskSlots: 2

                                  execution.checkpointing.dir: s3://${BUCKET}/it's/$BUCKET${NONE}
                                """);

        Path written = ContainerConfiguration.of(environment).write(folder);

        Configuration read = GlobalConfiguration.loadConfiguration(written.toString());
        assertThat(read.toMap())
                .containsOnly(
                        Map.entry("blob.server.port", "6124"),
                        Map.entry("execution.checkpointing.dir", "s3://models/it's/models"),
                        Map.entry("jobmanager.rpc.address", "jobmanager"),
                        Map.entry("parallelism.default", "3"),
                        Map.entry("query.server.port", "6125"),
                        Map.entry("taskmanager.numberOfTaskSlots", "2"));
        assertThat(written.resolve("log4j2.xml")).hasContent("<Configuration/>");
    }

    @Test
    void aLineThatIsNoOptionIsRefused() {
        assertThatThrownBy(() -> ContainerConfiguration.of(Map.of("FLINK_PROPERTIES", "rest.port")))
                .hasMessage("FLINK_PROPERTIES: 'rest.port' is not allowed; it must be key: value");
    }

    @Test
    void theMemoryOfAProcessFollowsFromItsConfiguration() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                "jobmanager.memory.process.size: 1600m\ntaskmanager.memory.process.size: 1728m\n");
        ContainerPlaces places = ContainerPlaces.of(Map.of("FLINK_HOME", folder.toString()));

        List<String> job = List.of("--job-classname", "a.Job");
        assertThat(places.flink(FlinkRole.APPLICATION, folder, job))
                .contains("-Xmx1073741824", "-Xms1073741824")
                .endsWith("--job-classname", "a.Job");
        assertThat(places.flink(FlinkRole.TASK_MANAGER, folder, List.of()))
                .contains("-XX:MaxMetaspaceSize=268435456", "--configDir", folder.toString())
                .contains("taskmanager.memory.task.heap.size=402653174b");
    }
}
