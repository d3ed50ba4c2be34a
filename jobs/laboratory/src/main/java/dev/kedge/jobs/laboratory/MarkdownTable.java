// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.util.List;

/** A table in Markdown. Blank cells stay as wide as they are. */
public final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    /** A table without rows. */
    public MarkdownTable(List<String> head) {
        row(head);
        text.append("|---".repeat(head.size())).append("|\n");
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(cell.isBlank() ? cell : ' ' + cell).append(" |");
        }
        text.append('\n');
    }

    /** The table so far. */
    public String text() {
        return text.toString();
    }
}
