// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.OwnerOnly;
import dev.kedge.state.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a {@link ScoreView}, and why one cannot be used. */
final class ViewFolder {
    private static final String REBUILD =
            "; delete the folder to have it read from the topics anew, or name another";

    private ViewFolder() {}

    /** Only an empty folder becomes a view: RocksDB would write beside anything else. */
    static void prepare(Path folder) {
        try {
            OwnerOnly.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> found = files.toList();
                if (!found.isEmpty() && !found.contains(folder.resolve("CURRENT"))) {
                    throw new ConfigurationException(
                            Text.format(
                                    "dashboard.view: %s holds other files and is no view; name another folder",
                                    folder));
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    Text.format("dashboard.view: %s cannot be used: %s", folder, e));
        }
    }

    static ConfigurationException unusable(Path folder, Exception e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (reason.contains("lock")) {
            return new ConfigurationException(
                    Text.format(
                            "dashboard.view: %s is in use by another dashboard; name another folder",
                            folder));
        }
        return new ConfigurationException(
                Text.format("dashboard.view: %s cannot be read (%s)%s", folder, reason, REBUILD));
    }

    /** It was read from a topic that is another one now. */
    static ConfigurationException ofAnother(Path folder, String topic) {
        return new ConfigurationException(
                Text.format(
                        "dashboard.view: %s was read from another topic %s%s",
                        folder, topic, REBUILD));
    }
}
