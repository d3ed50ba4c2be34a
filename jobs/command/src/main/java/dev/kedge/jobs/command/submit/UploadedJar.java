// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.pack.KedgeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.flink.util.FileUtils;

/**
 * The job jar on a cluster. Its name has the sum of its bytes, so that what is there already is not
 * sent again.
 */
final class UploadedJar {
    private static final int SUM = 12;

    private UploadedJar() {}

    /**
     * Sends this Kedge's job jar, unless it is there.
     *
     * @param tell takes a line for people
     * @return by which name it is run
     */
    static String of(FlinkRest rest, Home home, Consumer<String> tell) {
        try {
            Path folder = Files.createTempDirectory("kedge-jar");
            try {
                Path jar = home.jobJar(folder);
                String name = "kedge-job-" + KedgeVersion.NUMBER + "-" + sum(jar) + ".jar";
                Optional<String> there = Optional.ofNullable(rest.jars().get(name));
                if (there.isPresent()) {
                    return there.get();
                }
                tell.accept("sending " + name + " to " + rest.address());
                Path named = folder.resolve(name);
                return rest.upload(
                        jar.startsWith(folder) ? Files.move(jar, named) : Files.copy(jar, named));
            } finally {
                FileUtils.deleteDirectory(folder.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            return DigestUtils.sha256Hex(in).substring(0, SUM);
        }
    }
}
