// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files of an image that change together. They belong to root and nobody else may write them,
 * unless it is said; they tell nothing of when and where they were made.
 */
final class Layer {
    private static final String ROOT = "0:0";
    private static final String FLINK = ImageLayout.USER + ":" + ImageLayout.USER;
    private static final String PROGRAM = "755";
    private static final String FILE = "644";
    private static final Instant TIME = Instant.ofEpochSecond(1);

    private final String name;
    private final Path work;
    private final TreeMap<String, FileEntry> entries = new TreeMap<>();

    /**
     * An empty layer.
     *
     * @param name for those who look at the image's history
     * @param work folder for what is made for it
     */
    Layer(String name, Path work) {
        this.name = name;
        this.work = work;
    }

    /** Files into a folder, under their own names. */
    Layer jars(List<Path> files, String folder) {
        files.forEach(file -> file(file, folder + "/" + file.getFileName()));
        return this;
    }

    /** A file. */
    Layer file(Path file, String place) {
        return add(file, place, FILE, ROOT);
    }

    /** A program. */
    Layer program(Path file, String place) {
        return add(file, place, PROGRAM, ROOT);
    }

    /** A folder that the user of the container may write. */
    Layer writable(String place) {
        return add(work, place, PROGRAM, FLINK);
    }

    /** A folder that everybody may write. */
    Layer temporary(String place) {
        return add(work, place, "777", ROOT);
    }

    /** A file of the user of the container. */
    Layer text(String text, String place) {
        return add(made(place, text), place, FILE, FLINK);
    }

    /** A file that lies beside this class. */
    Layer resource(String resource, String place, boolean program) {
        try (InputStream in = Layer.class.getResourceAsStream(resource)) {
            Path file = work.resolve(resource);
            Files.write(file, in.readAllBytes());
            return program ? program(file, place) : add(file, place, FILE, FLINK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything below a folder, links followed; what a person may run there is a program. */
    Layer tree(Path folder, String place) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(
                            file ->
                                    add(
                                            file,
                                            place + "/" + folder.relativize(file),
                                            Files.isExecutable(file) ? PROGRAM : FILE,
                                            ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private Path made(String place, String text) {
        try {
            return Files.writeString(work.resolve(place.replace('/', '_')), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Layer add(Path file, String place, String permissions, String owner) {
        entries.put(
                place,
                new FileEntry(
                        file,
                        AbsoluteUnixPath.get(place),
                        FilePermissions.fromOctalString(permissions),
                        TIME,
                        owner));
        return this;
    }

    /** As Jib wants it, by place. */
    FileEntriesLayer entries() {
        return FileEntriesLayer.builder()
                .setName(name)
                .setEntries(List.copyOf(entries.values()))
                .build();
    }
}
