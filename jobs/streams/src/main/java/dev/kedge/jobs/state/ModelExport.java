// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.files.UserFiles;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes one model out of a savepoint into a file.
 *
 * @param model name of the model
 * @param parts how many parts it has
 * @param bytes size of the file
 */
public record ModelExport(String model, int parts, long bytes) {
    /** Leaves room for lengths and names below the largest array. */
    private static final long MOST_BYTES = 1_900_000_000;

    /**
     * Writes the file, or nothing.
     *
     * @param replace whether a file that is there already may be replaced
     * @throws StateException if the savepoint has no such model or the file cannot be written
     */
    public static ModelExport write(
            ModelSavepoint savepoint, String model, Path file, boolean replace) {
        Path target = file.toAbsolutePath();
        requirePlace(file, target, replace);
        ModelFile exported = new ModelFile(model, read(savepoint, model));
        byte[] bytes = exported.toBytes();
        try {
            Path unfinished = Files.createTempFile(target.getParent(), ".kedge", ".part");
            try {
                Files.write(unfinished, bytes);
                UserFiles.share(unfinished);
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new StateException(file + ": cannot be written: " + e.getMessage(), e);
        }
        return new ModelExport(model, exported.parts().parts().size(), bytes.length);
    }

    private static void requirePlace(Path file, Path target, boolean replace) {
        if (!Files.isDirectory(target.getParent())) {
            throw new StateException(file + ": there is no folder " + target.getParent());
        }
        if (Files.isDirectory(target)) {
            throw new StateException(file + ": is a folder");
        }
        if (Files.exists(target) && !replace) {
            throw new StateException(file + ": is there already; --force replaces it");
        }
    }

    private static MemoryPartStore read(ModelSavepoint savepoint, String model) {
        MemoryPartStore parts = new MemoryPartStore();
        AtomicLong total = new AtomicLong();
        savepoint.parts(
                Set.of(model),
                (key, name, bytes) -> {
                    if (total.addAndGet(bytes.length + (long) name.length()) > MOST_BYTES) {
                        throw new StateException(
                                format(
                                        "%s: model '%s' is too large for a file; it may"
                                                + " have %,d bytes",
                                        savepoint.path(), model, MOST_BYTES));
                    }
                    parts.put(name, bytes);
                });
        if (parts.parts().isEmpty()) {
            throw new StateException(
                    format(
                            "%s: operator '%s' keeps no model '%s'",
                            savepoint.path(), savepoint.uid(), model));
        }
        return parts;
    }
}
