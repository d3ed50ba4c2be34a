// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import dev.kedge.jobs.command.pack.KedgeVersion;
import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.FileUtils;

/**
 * The container image: Flink, Kedge's native part in its {@code lib}, the job jar in its {@code
 * usrlib}, and the {@code kedge} command. What changes most often is in the last layer. It is the
 * same bytes whenever it is made from the same parts.
 */
public final class KedgeImage {
    private static final int REST = 8081;
    private static final int CALLS = 6123;

    private final BaseImage base;
    private final ImageParts parts;

    /**
     * An image.
     *
     * @param base what it is built on
     * @param parts what it is made of
     */
    public KedgeImage(BaseImage base, ImageParts parts) {
        this.base = base;
        this.parts = parts;
    }

    /**
     * Writes it as {@code docker load} reads it.
     *
     * @return its digest
     * @throws ConfigurationException if the base cannot be had
     */
    public String write(Path file) throws IOException {
        Path work = Files.createTempDirectory("kedge-image");
        try {
            JibContainerBuilder image = base.begin();
            if (base.isNothing()) {
                image.addFileEntriesLayer(java(work).entries());
                image.addFileEntriesLayer(flink(work).entries());
                alone(image);
            }
            image.addFileEntriesLayer(natives(work).entries());
            image.addFileEntriesLayer(libraries(work).entries());
            image.addFileEntriesLayer(kedge(work).entries());
            image.setUser(ImageLayout.USER + ":" + ImageLayout.USER);
            image.setPlatforms(Set.of(new Platform(architecture(), "linux")));
            image.addEnvironmentVariable("OMP_NUM_THREADS", "1");
            image.addEnvironmentVariable("MALLOC_ARENA_MAX", "2");
            image.setLabels(
                    Map.of(
                            "org.opencontainers.image.title",
                            "Kedge",
                            "org.opencontainers.image.version",
                            KedgeVersion.NUMBER,
                            "org.opencontainers.image.licenses",
                            "Apache-2.0",
                            "org.opencontainers.image.base.name",
                            base.text()));
            Containerizer to =
                    Containerizer.to(TarImage.at(file).named(ImageLayout.NAME))
                            .setApplicationLayersCache(work.resolve("layers"))
                            .setToolName("kedge")
                            .setToolVersion(KedgeVersion.NUMBER);
            if (base.isFile()) {
                // What comes from a registry is kept for the next time.
                to.setBaseImageLayersCache(work.resolve("base"));
            }
            return contain(image, to).getDigest().toString();
        } catch (InvalidImageReferenceException e) {
            throw new IllegalStateException(e);
        } finally {
            FileUtils.deleteDirectory(work.toFile());
        }
    }

    private JibContainer contain(JibContainerBuilder image, Containerizer to) throws IOException {
        try {
            return image.containerize(to);
        } catch (RegistryException | ExecutionException | IOException e) {
            throw ConfigurationException.of(
                    "--base: %s cannot be had (%s); --base FILE.tar takes a saved image, --base scratch none",
                    base.text(), reason(e));
        } catch (CacheDirectoryCreationException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** As the word of images has it. */
    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }

    private Layer java(Path work) throws IOException {
        Layer layer =
                new Layer("java", work)
                        .text("root:x:0:0::/:\nflink:x:9999:9999::/opt/flink:\n", "/etc/passwd")
                        .text("root:x:0:\nflink:x:9999:\n", "/etc/group")
                        .text("hosts: files dns\n", "/etc/nsswitch.conf")
                        .temporary("/tmp")
                        .temporary("/var/tmp");
        if (parts.runtime()) {
            JavaRuntime.link(work).into(layer);
        }
        return layer;
    }

    private Layer flink(Path work) {
        String folder = ImageLayout.FLINK;
        Layer layer = new Layer("flink", work).jars(parts.flink(), folder + "/lib");
        for (Path reporter : parts.reporters()) {
            String name = reporter.getFileName().toString().replaceAll("^flink-|-[0-9].*$", "");
            layer.jars(List.of(reporter), folder + "/plugins/" + name);
        }
        return layer.resource("config.yaml", folder + "/conf/config.yaml", false)
                .resource("log4j2.xml", folder + "/conf/log4j2.xml", false)
                .writable(folder + "/artifacts")
                .writable(folder + "/log")
                .writable(folder + "/conf");
    }

    private Layer natives(Path work) {
        return new Layer("native libraries", work)
                .jars(parts.natives(), ImageLayout.FLINK + "/lib")
                .writable(ImageLayout.STATE);
    }

    private Layer libraries(Path work) {
        return new Layer("libraries of the command", work)
                .jars(parts.libraries(), ImageLayout.KEDGE + "/lib");
    }

    private Layer kedge(Path work) throws IOException {
        return new Layer("kedge", work)
                .file(parts.jobJar(), ImageLayout.JOB_JAR)
                .jars(parts.modules(), ImageLayout.KEDGE + "/lib")
                .file(EntryJar.write(work, parts.modules()), ImageLayout.ENTRY)
                .resource("kedge.sh", ImageLayout.FLINK + "/bin/kedge", true);
    }

    /** What Flink's own image says, where there is none. */
    private static void alone(JibContainerBuilder image) {
        image.setEntrypoint(
                ImageLayout.JAVA + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                ImageLayout.ENTRY + ":" + ImageLayout.FLINK + "/lib/*",
                "dev.kedge.jobs.command.container.ContainerEntry");
        image.setProgramArguments("help");
        image.setWorkingDirectory(AbsoluteUnixPath.get(ImageLayout.FLINK));
        image.addEnvironmentVariable("FLINK_HOME", ImageLayout.FLINK);
        image.addEnvironmentVariable("JAVA_HOME", ImageLayout.JAVA);
        image.addEnvironmentVariable("LANG", "C.UTF-8");
        image.addEnvironmentVariable(
                "PATH", ImageLayout.JAVA + "/bin:" + ImageLayout.FLINK + "/bin");
        image.setExposedPorts(Port.tcp(CALLS), Port.tcp(REST));
    }
}
