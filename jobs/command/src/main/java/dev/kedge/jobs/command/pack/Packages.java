// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/** Makes everything that leaves a checkout. */
public final class Packages {
    /** Name of the archive, and of its folder, without version. */
    private static final String ARCHIVE = "kedge-" + KedgeVersion.NUMBER;

    private Packages() {}

    /**
     * Makes the job jar, the folder {@code lib} of what goes into Flink's, and the archive.
     *
     * @param checkout the checkout
     * @param out where to
     * @return what was made
     * @throws ConfigurationException if the folder is no checkout
     */
    public static List<Path> make(Home checkout, Path out) throws IOException {
        checkout.requireCheckout("packages");
        UserFiles.createDirectories(out);
        Parts parts = checkout.parts();
        List<Path> made = new ArrayList<>();
        made.add(checkout.jobJar(out));
        UserFiles.share(made.get(0));
        made.add(library(out.resolve("lib"), parts));
        Path work = Files.createTempDirectory("kedge-package");
        try {
            Files.copy(out.resolve(JobJar.NAME), work.resolve(JobJar.NAME));
            Path archive = out.resolve(ARCHIVE + ".tar.gz");
            TarWriter.write(archive, ARCHIVE, Layout.files(checkout.folder(), work, parts));
            made.add(archive);
            UserFiles.share(archive);
        } finally {
            FileUtils.deleteDirectory(work.toFile());
        }
        return made;
    }

    /**
     * Whatever else lies in the folder is somebody's: two versions in one class path would clash.
     */
    private static Path library(Path folder, Parts parts) throws IOException {
        UserFiles.createDirectories(folder);
        Set<String> names =
                parts.natives().stream()
                        .map(jar -> jar.getFileName().toString())
                        .collect(Collectors.toSet());
        try (Stream<Path> there = Files.list(folder)) {
            Optional<Path> stranger =
                    there.filter(file -> !names.contains(file.getFileName().toString()))
                            .findFirst();
            if (stranger.isPresent()) {
                throw ConfigurationException.of(
                        "%s is no part of this package; delete it, or name another folder with --out",
                        stranger.get());
            }
        }
        for (Path jar : parts.natives()) {
            Path copy = folder.resolve(jar.getFileName());
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            UserFiles.share(copy);
        }
        return folder;
    }
}
