// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.pack.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an image is made of.
 *
 * @param jobJar the job jar
 * @param modules jars of Kedge's modules
 * @param flink jars of Flink
 * @param reporters jars that report metrics; each is a plug-in of Flink
 * @param natives jars that lie beside Flink's
 * @param libraries jars that the {@code kedge} command needs beside
 * @param runtime whether an image that is built on nothing has a Java runtime; without it, it runs
 *     with the Java of whoever unpacks it
 */
public record ImageParts(
        Path jobJar,
        List<Path> modules,
        List<Path> flink,
        List<Path> reporters,
        List<Path> natives,
        List<Path> libraries,
        boolean runtime) {
    private static final String REPORTER = "flink-metrics-";
    private static final String ITSELF = "flink-metrics-core-";

    /** What makes images, and is needed in none. */
    private static final List<String> MAKING =
            List.of(
                    "jib-",
                    "google-http-client",
                    "httpclient-",
                    "httpcore-",
                    "opencensus-",
                    "grpc-");

    /**
     * Everything.
     *
     * @param made where Kedge's own jars are made
     * @throws dev.kedge.jobs.config.ConfigurationException if the folder is no checkout
     */
    public static ImageParts of(Home checkout, Path made) throws IOException {
        checkout.requireCheckout("images");
        Parts parts = checkout.parts();
        return new ImageParts(
                checkout.jobJar(made),
                checkout.modules(made),
                parts.flink().stream().filter(jar -> !isReporter(jar)).toList(),
                parts.flink().stream().filter(ImageParts::isReporter).toList(),
                parts.natives(),
                Stream.concat(parts.job().stream(), parts.command().stream())
                        .filter(jar -> MAKING.stream().noneMatch(name(jar)::startsWith))
                        .toList(),
                true);
    }

    private static boolean isReporter(Path jar) {
        return name(jar).startsWith(REPORTER) && !name(jar).startsWith(ITSELF);
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
    }
}
