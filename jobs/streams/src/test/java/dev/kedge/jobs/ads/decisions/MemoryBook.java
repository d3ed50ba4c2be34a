// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import java.util.ArrayList;
import java.util.List;

/** A topic that is none: what is written is read back at once. */
public final class MemoryBook implements DecisionBook {
    private final DecisionLog log;
    private final List<Decision> written = new ArrayList<>();
    private String broken = "";

    /** A book that tells a log. */
    public MemoryBook(DecisionLog log) {
        this.log = log;
    }

    /** From now on nothing can be written. */
    public void breakDown(String why) {
        broken = why;
    }

    /** What was written. */
    public List<Decision> written() {
        return written;
    }

    @Override
    public boolean loaded() {
        return true;
    }

    @Override
    public void append(Decision decision) {
        if (!broken.isEmpty()) {
            throw new DecisionLostException(broken);
        }
        written.add(decision);
        log.accept(decision);
    }

    @Override
    public void close() {
        broken = "closed";
    }
}
