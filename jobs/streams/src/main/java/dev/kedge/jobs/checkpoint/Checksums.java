// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.files.OwnerOnly;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Our own checksums of one complete checkpoint, in a text file beside it: when it was complete and
 * length and CRC32C of each file that it needs, metadata included. The last line is the checksum of
 * those before it.
 *
 * <p>They lie in the run's folder, {@code checksums/chk-42}, and not in the checkpoint's own: Flink
 * deletes that one only if there is nothing in it but its own files.
 *
 * @param completed milliseconds since 1970, later than those of every earlier checkpoint of the job
 * @param sums of each file, by its {@link #key}
 */
record Checksums(long completed, SortedMap<Path, FileSum> sums) {
    static final String FOLDER = "checksums";

    private static final String HEAD = "kedge-checksums 1 ";
    private static final String END = "end ";
    private static final long MAX_BYTES = 256L << 20;

    Checksums {
        sums = new TreeMap<>(sums);
    }

    /** Where those of a checkpoint lie. */
    static Path fileOf(Path checkpoint) {
        return checkpoint.resolveSibling(FOLDER).resolve(checkpoint.getFileName().toString());
    }

    /** What a file is called in here: what lies in the checkpoint's own folder moves with it. */
    static Path key(Path checkpoint, Path file) {
        Path folder = checkpoint.toAbsolutePath().normalize();
        Path path = file.toAbsolutePath().normalize();
        return path.startsWith(folder) ? folder.relativize(path) : path;
    }

    /** Writes them, whole or not at all. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append(completed).append('\n');
        for (Map.Entry<Path, FileSum> sum : sums.entrySet()) {
            Path path = sum.getKey();
            FileSum of = sum.getValue();
            Object name = path.isAbsolute() ? path.toUri() : path;
            text.append(format("%08x %d %s\n", of.crc(), of.bytes(), name));
        }
        String body = text.toString();
        OwnerOnly.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(unfinished, body + END + hex(body) + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads them.
     *
     * @return empty if there are none, or none that are whole
     */
    static Optional<Checksums> read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            return parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            // A list that is damaged says nothing about the checkpoint.
            return Optional.empty();
        }
    }

    private static Optional<Checksums> parse(String text) {
        int end = text.lastIndexOf("\n" + END) + 1;
        String body = text.substring(0, end);
        if (!text.startsWith(HEAD) || !text.substring(end).strip().equals(END + hex(body))) {
            return Optional.empty();
        }
        List<String> lines = body.lines().toList();
        TreeMap<Path, FileSum> sums = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 3);
            sums.put(
                    words[2].startsWith("file:")
                            ? Path.of(URI.create(words[2]))
                            : Path.of(words[2]),
                    new FileSum(Long.parseLong(words[1]), Integer.parseUnsignedInt(words[0], 16)));
        }
        return Optional.of(
                new Checksums(Long.parseLong(lines.get(0).substring(HEAD.length())), sums));
    }

    /** Only when the checkpoint was complete. */
    static OptionalLong completed(Path file) {
        if (!Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String head = in.readLine();
            return head != null && head.startsWith(HEAD)
                    ? OptionalLong.of(Long.parseLong(head.substring(HEAD.length())))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String hex(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return format("%08x", (int) crc.getValue());
    }
}
