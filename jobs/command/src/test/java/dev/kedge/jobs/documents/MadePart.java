// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A part of a document that is made by a test, between two comments. {@code
 * -Dkedge.write-docs=true} writes it anew instead of comparing it.
 *
 * @param document the document
 * @param begin what stands before the part
 * @param end what stands behind it
 */
record MadePart(String document, String begin, String end) {

    /** The part between comments that say what it is and which test makes it. */
    static MadePart of(String document, String what, Class<?> maker) {
        return new MadePart(
                document,
                "<!-- " + what + ": made by " + maker.getSimpleName() + " -->\n",
                "\n<!-- end of " + what + " of " + maker.getSimpleName() + " -->");
    }

    void assertIs(String part) {
        String text = Documents.read(document);
        if (Boolean.getBoolean("kedge.write-docs")) {
            Documents.write(
                    document, text.substring(0, from(text)) + part + text.substring(to(text)));
        }

        String written = Documents.read(document);
        assertThat(written.substring(from(written), to(written))).isEqualTo(part);
    }

    private int from(String text) {
        assertThat(text).containsOnlyOnce(begin);
        return text.indexOf(begin) + begin.length();
    }

    private int to(String text) {
        assertThat(text).containsOnlyOnce(end);
        return text.indexOf(end);
    }
}
