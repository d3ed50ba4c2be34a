// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.image.BaseImage;
import dev.kedge.jobs.command.image.ImageLayout;
import dev.kedge.jobs.command.image.ImageParts;
import dev.kedge.jobs.command.image.KedgeImage;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.files.DiskUse;
import dev.kedge.jobs.files.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the container image. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description =
                "Makes a container image of Flink with Kedge in it, without Docker: a file for docker load. Only in a checkout.",
        footer = {
            "",
            "Examples:",
            "  kedge image",
            "  kedge image --base scratch",
            "  docker load --input kedge-image.tar"
        })
final class ImageCommand implements Callable<Integer> {
    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            defaultValue = ImageLayout.BASE,
            description =
                    "What it is built on: an image of a registry, a FILE.tar that docker save wrote, or scratch, which needs no registry: a Java runtime of this JDK, the libraries of this Linux that it needs, and the Flink that Kedge comes with (default: ${DEFAULT-VALUE}).")
    private String base;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "kedge-image.tar",
            description = "File for the image (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Consumer<String> tell = Lines.of(spec);
        Path made = Files.createTempDirectory("kedge-jars");
        String digest;
        try {
            ImageParts parts = ImageParts.of(Home.here(), made);
            digest = new KedgeImage(new BaseImage(base), parts).write(out);
        } finally {
            FileUtils.deleteDirectory(made.toFile());
        }
        UserFiles.share(out);
        tell.accept(out + ": " + DiskUse.of(out).size() + ", " + ImageLayout.NAME + ", " + digest);
        return 0;
    }
}
