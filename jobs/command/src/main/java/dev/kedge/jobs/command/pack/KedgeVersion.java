// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

/** Which Kedge this is. */
public final class KedgeVersion {
    /** As Maven spells it. */
    public static final String NUMBER = "0.1.0-SNAPSHOT";

    private KedgeVersion() {}
}
