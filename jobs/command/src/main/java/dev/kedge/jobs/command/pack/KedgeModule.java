// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.pack;

import dev.kedge.connectors.kafka.DecodeEvents;
import dev.kedge.jobs.cluster.StreamJobMain;
import dev.kedge.jobs.laboratory.Study;
import dev.kedge.operators.flink.LearnerOperator;
import dev.kedge.state.part.PartStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A module of Kedge, and what of it goes into the job jar. */
enum KedgeModule {
    STATE(PartStore.class, List.of("dev/kedge/")),
    OPERATORS(LearnerOperator.class, List.of("dev/kedge/")),
    CONNECTORS(
            DecodeEvents.class,
            List.of("dev/kedge/"),
            "dev/kedge/connectors/broker/",
            "dev/kedge/connectors/simulator/",
            "dev/kedge/connectors/ads/market/",
            "dev/kedge/connectors/classifier/shapes/",
            "dev/kedge/connectors/tracker/video/"),
    STREAMS(
            StreamJobMain.class,
            List.of("dev/kedge/"),
            "dev/kedge/jobs/page/",
            "dev/kedge/jobs/live/",
            "dev/kedge/jobs/ads/board/",
            "dev/kedge/jobs/ads/whatif/",
            "dev/kedge/jobs/state/"),
    LABORATORY(Study.class, List.of()),
    COMMAND(KedgeVersion.class, List.of());

    private final Class<?> marker;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> deployed;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> left;

    KedgeModule(Class<?> marker, List<String> deployed, String... left) {
        this.marker = marker;
        this.deployed = deployed;
        this.left = List.of(left);
    }

    /** Name of its jar, without version. */
    String jarName() {
        return "kedge-" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a jar for each of them.
     *
     * @param folder where to
     */
    static List<Path> jars(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (KedgeModule module : values()) {
            Path jar = folder.resolve(module.jarName() + "-" + KedgeVersion.NUMBER + ".jar");
            JarWriter.write(jar, new TreeMap<>(), module.files());
            jars.add(jar);
        }
        return jars;
    }

    /** The folder or jar from which its classes were loaded. */
    Path place() {
        return Places.of(marker);
    }

    /** All its files, by name. */
    SortedMap<String, byte[]> files() throws IOException {
        return Contents.of(place());
    }

    /** What of it the job jar has. */
    boolean isDeployed(String file) {
        return deployed.stream().anyMatch(file::startsWith)
                && left.stream().noneMatch(file::startsWith);
    }
}
