// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static dev.kedge.state.text.Text.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What characters the texts of a record may hold. */
public final class Characters {
    /** What is allowed in place of a control character. */
    public static final String WITHOUT_CONTROL = "a text without control characters";

    /**
     * Combining marks that may follow each other. Unicode's stream-safe form has 30; ornamental
     * texts have some more. Normalisation sorts them one by one, in time that grows by their
     * square: 64 KiB of nothing else would take a second in each field.
     */
    static final int MOST_MARKS = 128;

    static final String WITHOUT_HEAPS = "at most " + MOST_MARKS + " combining marks in a row";

    /** Below this code point there are no combining marks. */
    private static final int FIRST_MARK = 0x300;

    private Characters() {}

    /** Whether a text has control characters: NUL, line breaks, escapes and their like. */
    public static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text has halves of surrogate pairs, which cannot be written as UTF-8. */
    static boolean hasHalf(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return true;
            }
            at += Character.charCount(c);
        }
        return false;
    }

    /** A text for a message, its control characters written as numbers. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .forEach(
                        c -> {
                            if (Character.isISOControl(c)) {
                                shown.append(format("\\u%04x", c));
                            } else {
                                shown.append((char) c);
                            }
                        });
        return shown.toString();
    }

    /** What is allowed in place of a text that is longer than so many bytes, or a heap of marks. */
    public static Optional<String> allowed(String text, int bytes) {
        if (text.length() > bytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > bytes) {
            return Optional.of("at most " + bytes + " bytes");
        }
        return hasHeap(text) ? Optional.of(WITHOUT_HEAPS) : Optional.empty();
    }

    /** Whether a text has more combining marks in a row than any that is read. */
    static boolean hasHeap(String text) {
        int marks = 0;
        int at = 0;
        while (at < text.length() && marks <= MOST_MARKS) {
            int c = text.codePointAt(at);
            marks = isMark(c) ? marks + 1 : 0;
            at += Character.charCount(c);
        }
        return marks > MOST_MARKS;
    }

    private static boolean isMark(int c) {
        int type = c < FIRST_MARK ? Character.UNASSIGNED : Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
