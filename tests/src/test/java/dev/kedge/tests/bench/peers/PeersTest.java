// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.tests.bench.report.Figure;
import dev.kedge.tests.bench.report.Findings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers, so briefly that their figures mean nothing, so that the comparison does not rot. */
class PeersTest {
    private final Findings findings = new Findings(new PrintWriter(new StringWriter()));

    @TempDir private Path folder;

    @Test
    void learnersOfAStreamTakeTheSameSamplesFromMemoryAndFromAFile() {
        new StreamPeers(findings).run(600, folder);

        assertThat(findings.figures())
                .filteredOn(figure -> figure.name().startsWith("accuracy"))
                .hasSize(8)
                .allSatisfy(
                        figure -> assertThat(figure.value()).as(figure.job()).isBetween(0.15, 1.0));
        assertThat(findings.figures())
                .filteredOn(figure -> figure.name().startsWith("samples"))
                .hasSize(8)
                .extracting(Figure::value)
                .allSatisfy(rate -> assertThat(rate).isPositive());
    }

    @Test
    void trackersSeeTheSameVideo() {
        new TrackPeers(findings).run(60);

        assertThat(findings.figures())
                .filteredOn(figure -> figure.name().equals("IDF1"))
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.value()).isBetween(0.2, 1.0));
    }
}
