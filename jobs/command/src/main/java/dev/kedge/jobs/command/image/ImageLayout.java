// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.image;

import dev.kedge.jobs.command.pack.KedgeVersion;

/** What the image is called, and what lies where in it: as in Flink's official one. */
public final class ImageLayout {
    /** Its name, with the version as its tag. */
    public static final String NAME = "kedge:" + KedgeVersion.NUMBER;

    /** The image that it is built on unless somebody says otherwise: Flink's own, by its digest. */
    public static final String BASE =
            "flink:2.2.1-java17@sha256:1934ab4b984d0873ef46825b1140377eed34475904aa077062497712d6e259f8";

    /** Flink's folder. */
    public static final String FLINK = "/opt/flink";

    /** The job jar; the same name in all versions. */
    public static final String JOB_JAR = FLINK + "/usrlib/kedge-job.jar";

    /** Folder of the {@code kedge} command. */
    public static final String KEDGE = "/opt/kedge";

    /** What the container starts with, where its image has no shell; and what health checks ask. */
    public static final String ENTRY = KEDGE + "/entry.jar";

    /** Folder for checkpoints and whatever else must last. */
    public static final String STATE = "/var/lib/kedge";

    /** Folder of the Java runtime. */
    static final String JAVA = "/opt/java/openjdk";

    /** The user {@code flink}, and its group. */
    public static final int USER = 9999;

    private ImageLayout() {}
}
