// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes jars whose bytes say nothing of when, where and by whom they were written. */
public final class JarWriter {
    /** The first moment that a zip file can name. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private JarWriter() {}

    /**
     * Writes a jar.
     *
     * @param manifest its main attributes, by name; the version of the manifest comes by itself
     * @param files by name
     */
    public static void write(
            Path jar, SortedMap<String, String> manifest, SortedMap<String, byte[]> files)
            throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file, UTF_8)) {
            add(zip, JarFile.MANIFEST_NAME, manifest(manifest));
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                add(zip, each.getKey(), each.getValue());
            }
        }
    }

    private static byte[] manifest(SortedMap<String, String> attributes) {
        StringBuilder text = new StringBuilder("Manifest-Version: 1.0\r\n");
        attributes.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(UTF_8);
    }

    /** A jar in a jar stays as it is: it is compressed already. */
    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        if (name.endsWith(".jar")) {
            CRC32 sum = new CRC32();
            sum.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
