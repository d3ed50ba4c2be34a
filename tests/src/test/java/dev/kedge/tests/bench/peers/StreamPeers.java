// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.tests.bench.peers.Vectors.Vector;
import dev.kedge.tests.bench.report.Findings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Kedge's classifier beside learners of MOA, on one thread: from memory, and from a file of
 * comma-separated values. All are tested by each sample before they learn from it.
 */
final class StreamPeers {
    private static final long SEED = 21;
    private static final String MOA = "MOA 2024.07.0, ";
    private static final int TREES = 10;

    private final Findings findings;

    StreamPeers(Findings findings) {
        this.findings = findings;
    }

    /** Who takes part; what a name says after a comma is what it does less, or more. */
    static Map<String, Supplier<Learner>> learners() {
        Map<String, Supplier<Learner>> learners = new LinkedHashMap<>();
        learners.put("Kedge, hpcr over an mlp", () -> new KedgeLearner("hpcr"));
        learners.put("Kedge, er over an mlp", () -> new KedgeLearner("er"));
        learners.put(MOA + "Hoeffding tree", MoaLearner::hoeffdingTree);
        learners.put(
                MOA + "adaptive random forest of " + TREES,
                () -> MoaLearner.adaptiveRandomForest(TREES));
        return learners;
    }

    void run(int samples, Path folder) {
        List<Vector> vectors = Vectors.draw(samples, SEED);
        Path file = write(vectors, folder);
        learners().forEach((name, learner) -> memory(name, learner, vectors));
        learners().forEach((name, learner) -> file(name, learner, file, samples));
    }

    private void memory(String name, Supplier<Learner> make, List<Vector> vectors) {
        try (Learner learner = make.get()) {
            Cost cost = Cost.of(vectors.size(), n -> learner.take(vectors.get(n)));
            tell(cost, name, "from memory");
        }
    }

    private void file(String name, Supplier<Learner> make, Path file, int samples) {
        try (Learner learner = make.get();
                BufferedReader lines = Files.newBufferedReader(file)) {
            Cost cost = Cost.of(samples, n -> learner.take(read(lines, n)));
            tell(cost, name, "from a CSV file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(Cost cost, String name, String from) {
        Findings.Place place = new Findings.Place(name, "streams", from);
        cost.tell(findings, place, "samples", "accuracy, each tested before it is learned");
    }

    private static Vector read(BufferedReader lines, int number) {
        try {
            String[] cells = lines.readLine().split(",", -1);
            float[] features = new float[Vectors.WIDTH];
            for (int i = 0; i < features.length; i++) {
                features[i] = Float.parseFloat(cells[i]);
            }
            return new Vector(features, Integer.parseInt(cells[Vectors.WIDTH]), number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(List<Vector> vectors, Path folder) {
        List<String> lines = new ArrayList<>(vectors.size());
        for (Vector vector : vectors) {
            StringBuilder line = new StringBuilder();
            for (float value : vector.features()) {
                line.append(value).append(',');
            }
            lines.add(line.append(vector.label()).toString());
        }
        try {
            Files.createDirectories(folder);
            return Files.write(folder.resolve("vectors.csv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
