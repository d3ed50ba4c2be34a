// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

/**
 * What a stopped job left to go on from.
 *
 * @param path where all that the job knew is kept; empty if it could not be kept in time
 * @param missing why it is not there; empty if it is
 */
public record LastCheckpoint(String path, String missing) {
    static LastCheckpoint at(String path) {
        return new LastCheckpoint(path, "");
    }

    static LastCheckpoint missing(String why) {
        return new LastCheckpoint("", why);
    }

    /** Whether it could be taken. */
    public boolean taken() {
        return missing.isEmpty();
    }

    /** What to tell whoever ended the job, in one line. */
    public String line() {
        return taken()
                ? "Stopped; goes on from " + path
                : "Stopped without a last checkpoint ("
                        + missing
                        + "); goes on from the newest one, and what was delivered at once since then"
                        + " is delivered again";
    }
}
