// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarWriterTest {
    @TempDir private Path folder;

    @Test
    void anArchiveIsTheSameWhateverTheTimesOfItsFiles() throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        files.put("lib/a.jar", Files.writeString(folder.resolve("a"), "abc"));
        files.put(Layout.SCRIPT, Files.writeString(folder.resolve("kedge"), "#!"));
        Path first = folder.resolve("first.tar.gz");
        TarWriter.write(first, "kedge-1", files);
        Files.setLastModifiedTime(folder.resolve("a"), FileTime.fromMillis(1));

        Path second = folder.resolve("second.tar.gz");
        TarWriter.write(second, "kedge-1", files);

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(entries(first))
                .containsExactly("kedge-1/bin/kedge 100755 2 0", "kedge-1/lib/a.jar 100644 3 0");
    }

    private static List<String> entries(Path archive) throws IOException {
        List<String> entries = new ArrayList<>();
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                long at = e.getLastModifiedTime().toMillis();
                entries.add(
                        String.format(
                                Locale.ROOT,
                                "%s %o %d %d",
                                e.getName(),
                                e.getMode(),
                                e.getSize(),
                                at));
            }
        }
        return entries;
    }
}
