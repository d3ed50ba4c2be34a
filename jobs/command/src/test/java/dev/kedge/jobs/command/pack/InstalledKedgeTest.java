// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the archive unpacks to, and that it runs from there. */
@DisabledOnOs(OS.WINDOWS)
class InstalledKedgeTest {
    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir private static Path folder;

    private static SortedMap<String, Path> files;
    private static Path home;

    /** The jars are linked and not copied: they are half a gigabyte. */
    @BeforeAll
    static void unpack() throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));
        Parts parts = Parts.ofClassPath();
        JobJar.write(made.resolve(JobJar.NAME), parts);
        files = Layout.files(CHECKOUT, made, parts);
        home = folder.resolve("kedge");
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path place = home.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            if (file.getKey().equals(Layout.SCRIPT)) {
                Files.copy(file.getValue(), place);
                assertThat(place.toFile().setExecutable(true)).isTrue();
            } else {
                Files.createSymbolicLink(place, file.getValue());
            }
        }
    }

    private record Said(int exitCode, String text) {}

    private static Said kedge(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/kedge").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), text);
    }

    @Test
    void scriptJobJarLibrariesExamplesAndDocumentsAreThere() {
        assertThat(files.keySet())
                .contains(
                        "bin/kedge",
                        JobJar.NAME,
                        "LICENSE",
                        "README.md",
                        "docs/configuration.md",
                        "docs/examples/ads.yaml",
                        "lib/kedge/kedge-command-" + KedgeVersion.NUMBER + ".jar",
                        "lib/kedge/kedge-streams-" + KedgeVersion.NUMBER + ".jar")
                .anyMatch(name -> name.startsWith("lib/flink/flink-runtime-web-"))
                .anyMatch(name -> name.matches("lib/native/nd4j-native-.*"))
                .noneMatch(name -> name.endsWith(".java") || name.endsWith("pom.xml"));
    }

    @Test
    void itRunsWithoutMavenAndSources() throws Exception {
        Said version = kedge("--version");
        assertThat(version).isEqualTo(new Said(0, "kedge " + KedgeVersion.NUMBER + "\n"));

        Said shown = kedge("run", home.resolve("docs/examples/ads.yaml").toString(), "--show");
        assertThat(shown.text()).contains("name: ", "bootstrap-servers: \"localhost:9092\"");
        assertThat(shown.exitCode()).isZero();
    }

    @Test
    void whatNeedsSourcesSaysSo() throws Exception {
        Said packaged = kedge("package");
        assertThat(packaged.text())
                .isEqualTo(
                        "kedge: "
                                + home.toRealPath()
                                + " is not a checkout of Kedge: only there packages are made\n");
        assertThat(packaged.exitCode()).isNotZero();

        String bench = "kedge: 'bench' is there in a checkout of the sources only\n";
        assertThat(kedge("bench")).isEqualTo(new Said(1, bench));
    }
}
