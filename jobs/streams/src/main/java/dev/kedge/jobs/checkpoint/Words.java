// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says in a few words for people what went wrong with a file. */
final class Words {
    private static final int MAX_LENGTH = 200;

    private Words() {}

    static String of(Throwable e) {
        if (e instanceof NoSuchFileException) {
            return plain(e.getMessage()) + " is not there";
        }
        if (e instanceof AccessDeniedException) {
            return plain(e.getMessage()) + " may not be read";
        }
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : plain(e.getMessage());
    }

    /** One line without control characters, whatever damaged bytes made of it. */
    static String plain(String text) {
        String line = text.replaceAll("\\p{C}", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
