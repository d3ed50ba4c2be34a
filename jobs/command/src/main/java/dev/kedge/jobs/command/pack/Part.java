// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import java.util.Set;

/** To which part of a deployment an artefact belongs. Maven coordinates decide. */
enum Part {
    /** What every Flink cluster brings itself; Kedge's jar has none of it. */
    FLINK(
            Set.of(
                    "org.apache.flink",
                    "com.ververica",
                    "com.esotericsoftware",
                    "com.esotericsoftware.kryo",
                    "com.esotericsoftware.minlog",
                    "com.esotericsoftware.reflectasm",
                    "org.objenesis",
                    "org.javassist",
                    "org.snakeyaml",
                    "tools.profiler",
                    "org.xerial.snappy",
                    "at.yawk.lz4",
                    "com.google.code.findbugs",
                    "org.slf4j",
                    "org.apache.logging.log4j"),
            Set.of(
                    "commons-cli:commons-cli",
                    "commons-collections:commons-collections",
                    "commons-io:commons-io",
                    "org.apache.commons:commons-compress",
                    "org.apache.commons:commons-lang3",
                    "org.apache.commons:commons-text")),
    /**
     * What has native libraries, and what that leans on: goes into Flink's own {@code lib}, because
     * a class loader for each job would map them, and keep them, once for each.
     */
    NATIVE(
            Set.of(
                    "org.nd4j",
                    "org.bytedeco",
                    "com.microsoft.onnxruntime",
                    "com.github.luben",
                    "net.java.dev.jna",
                    "com.jakewharton.byteunits",
                    "com.google.flatbuffers",
                    "net.ericaro"),
            Set.of(
                    "commons-codec:commons-codec",
                    "org.apache.commons:commons-collections4",
                    "org.apache.commons:commons-math3")),
    /** What the job jar has inside, beside Kedge's own classes. */
    JOB(
            Set.of(
                    "com.fasterxml.jackson.core",
                    "com.fasterxml.jackson.datatype",
                    "com.google.protobuf",
                    "org.apache.avro",
                    "org.apache.lucene",
                    "org.yaml"),
            Set.of(
                    "com.fasterxml.jackson.dataformat:jackson-dataformat-yaml",
                    "org.apache.flink:flink-connector-base",
                    "org.apache.flink:flink-connector-kafka",
                    "org.apache.kafka:kafka-clients",
                    "org.apache.commons:commons-csv",
                    "org.apache.commons:commons-rng-client-api",
                    "org.apache.commons:commons-rng-core",
                    "org.apache.commons:commons-rng-sampling",
                    "org.apache.commons:commons-rng-simple")),
    /** The rest: what only the command on a person's machine needs. */
    COMMAND(
            Set.of(),
            Set.of(
                    "org.apache.flink:flink-state-processor-api",
                    "org.apache.flink:flink-test-utils-junit"));

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> groups;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> artefacts;

    Part(Set<String> groups, Set<String> artefacts) {
        this.groups = groups;
        this.artefacts = artefacts;
    }

    /** Where an artefact belongs; one that is named counts before its group. */
    static Part of(MavenArtefact artefact) {
        if (artefact.isTests()) {
            return COMMAND;
        }
        for (Part part : values()) {
            if (part.artefacts.contains(artefact.coordinates())) {
                return part;
            }
        }
        for (Part part : values()) {
            if (part.groups.contains(artefact.group())) {
                return part;
            }
        }
        return COMMAND;
    }
}
