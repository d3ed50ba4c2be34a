// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.data.CreativeColumns;
import dev.kedge.jobs.laboratory.data.CreativeCsvReader;
import dev.kedge.jobs.laboratory.data.CreativeHistory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The CSV file that a replay plays. */
public final class HistoryFile {
    private HistoryFile() {}

    /**
     * Reads it.
     *
     * @throws ConfigurationException if it cannot be read, lacks a column, or has no usable row
     */
    public static CreativeHistory read(Path csv, HistorySettings settings) {
        return read(csv, settings.columns());
    }

    /** The same with columns alone; see {@link #read(Path, HistorySettings)}. */
    public static CreativeHistory read(Path csv, CreativeColumns columns) {
        CreativeHistory history;
        try {
            history = new CreativeCsvReader(columns).read(csv);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(csv + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(csv + ": is not UTF-8");
        } catch (IOException e) {
            throw new ConfigurationException(csv + ": cannot be read (" + e.getMessage() + ")");
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(csv + ": " + e.getMessage());
        }
        if (history.lives().isEmpty()) {
            throw new ConfigurationException(
                    csv
                            + ": no row can be used"
                            + history.rejected().stream()
                                    .findFirst()
                                    .map(row -> "; line " + row.line() + ": " + row.reason())
                                    .orElse(""));
        }
        return history;
    }
}
