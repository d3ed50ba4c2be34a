// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Files that are read through whichever file systems Flink has. */
final class FlinkFiles {
    private FlinkFiles() {}

    /**
     * Where a file is.
     *
     * @param file a path of this machine, or a URI
     */
    static URI uri(String file) {
        return file.contains("://") || file.startsWith("file:")
                ? URI.create(file)
                : java.nio.file.Path.of(file).toAbsolutePath().toUri();
    }

    /**
     * A file's text.
     *
     * @throws ConfigurationException if it cannot be read, in one line
     */
    static String text(String file) {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(StrictYaml.LARGEST_FILE + 1);
            if (bytes.length > StrictYaml.LARGEST_FILE) {
                throw ConfigurationException.of(
                        "%s: has more than %d bytes, which a file of settings may have",
                        file, StrictYaml.LARGEST_FILE);
            }
            return StrictYaml.withoutMark(new String(bytes, UTF_8));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Opens a file.
     *
     * @throws ConfigurationException if Flink has no file system for it
     * @throws IOException if it cannot be read
     */
    static InputStream open(String file) throws IOException {
        try {
            URI uri = uri(file);
            return FileSystem.get(uri).open(new Path(uri));
        } catch (UnsupportedFileSystemSchemeException e) {
            throw ConfigurationException.of(
                    "%s: this Flink has no file system for it; put Flink's plug-in for it into the folder plugins",
                    file);
        } catch (IllegalArgumentException e) {
            throw ConfigurationException.of("%s: is neither a path nor a URI", file);
        }
    }

    /** Says that a file cannot be read, in one line. */
    static ConfigurationException unreadable(String file, IOException why) {
        return ConfigurationException.of("%s: cannot be read by the job manager (%s)", file, why);
    }
}
