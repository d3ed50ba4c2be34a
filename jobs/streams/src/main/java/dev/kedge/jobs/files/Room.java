// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Whether the temporary folder has room, and what to say where it has none. */
public final class Room {
    private static final long LEAST = 64L << 20;
    private static final String FULL = "No space left on device";

    private Room() {}

    /**
     * Looks at the temporary folder.
     *
     * @return what to tell the person if it has too little room to start anything
     */
    public static Optional<String> shortage(Path temporary) {
        return shortage(temporary, Room::free);
    }

    static Optional<String> shortage(Path temporary, ToLongFunction<Path> freeBytes) {
        long free = freeBytes.applyAsLong(temporary);
        return free >= LEAST
                ? Optional.empty()
                : Optional.of(
                        format(
                                "the temporary folder %s has no room: %,d MB are free, at"
                                        + " least %,d are needed; TMPDIR names another",
                                temporary, free >> 20, LEAST >> 20));
    }

    /** Whether an exception says that a disk is full. */
    public static boolean isMissing(Throwable problem) {
        for (Throwable at = problem; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).contains(FULL)) {
                return true;
            }
        }
        return false;
    }

    // What cannot be asked has room until a file shows the opposite.
    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
