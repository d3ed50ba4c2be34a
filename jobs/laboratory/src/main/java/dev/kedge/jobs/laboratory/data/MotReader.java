// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.operators.tracker.ctvis.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads sequences of the MOT Challenge. A sequence NAME is either two tables with headers, {@code
 * NAME-detections.csv} ({@code frame, left, top, width, height, confidence} and, for embeddings,
 * {@code e0, e1, ...}) and {@code NAME-truth.csv} ({@code frame, identity, left, top, width,
 * height}), or the challenge's own folder, {@code NAME/det/det.txt} and {@code NAME/gt/gt.txt}, of
 * which pedestrians that are considered count, with embeddings in {@code NAME/det/embeddings.csv},
 * a row for each of {@code det.txt}, if there are any.
 */
public final class MotReader {
    private static final List<String> DETECTION =
            List.of("frame", "identity", "left", "top", "width", "height", "confidence");
    private static final List<String> TRUTH =
            List.of(
                    "frame",
                    "identity",
                    "left",
                    "top",
                    "width",
                    "height",
                    "considered",
                    "class",
                    "visibility");
    private static final int PEDESTRIAN = 1;

    private final Path folder;

    /** Reads from a folder. */
    public MotReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a sequence.
     *
     * @throws DatasetFormatException if a file is not of this form; the message names it and says
     *     what is wrong
     */
    public MotSequence read(String name) throws IOException {
        Path detections = folder.resolve(name + "-detections.csv");
        if (Files.exists(detections)) {
            return read(name, detections, folder.resolve(name + "-truth.csv"));
        }
        Path own = folder.resolve(name);
        Path challenge = own.resolve("det/det.txt");
        if (!Files.exists(challenge)) {
            throw new DatasetFormatException(
                    folder
                            + " has neither "
                            + name
                            + "-detections.csv nor "
                            + name
                            + "/det/det.txt");
        }
        return read(name, challenge, own.resolve("gt/gt.txt"));
    }

    private static MotSequence read(String name, Path detections, Path truth) throws IOException {
        SortedMap<Long, List<MotSequence.Seen>> seen = seen(detections);
        SortedMap<Long, List<MotSequence.Truth>> there = truth(truth);
        long last = Math.max(last(seen), last(there));
        List<MotSequence.Frame> frames = new ArrayList<>();
        for (long number = 1; number <= last; number++) {
            frames.add(
                    new MotSequence.Frame(
                            number,
                            seen.getOrDefault(number, List.of()),
                            there.getOrDefault(number, List.of())));
        }
        return new MotSequence(name, frames);
    }

    private static long last(SortedMap<Long, ?> frames) {
        return frames.isEmpty() ? 0 : frames.lastKey();
    }

    private static SortedMap<Long, List<MotSequence.Seen>> seen(Path file) throws IOException {
        MotTable table = MotTable.read(file, DETECTION);
        int frame = table.needed("frame");
        int confidence = table.needed("confidence");
        Sides sides = Sides.of(file, table);
        List<float[]> embeddings = embeddings(file, table);
        SortedMap<Long, List<MotSequence.Seen>> seen = new TreeMap<>();
        for (int i = 0; i < table.rows().size(); i++) {
            double[] row = table.rows().get(i);
            // Some detectors of the challenge have scores beyond 1, or below 0.
            double sure = Math.min(1, Math.max(0, row[confidence]));
            seen.computeIfAbsent(frame(file, row[frame]), number -> new ArrayList<>())
                    .add(new MotSequence.Seen(sides.box(row), sure, embeddings.get(i)));
        }
        return seen;
    }

    private static List<float[]> embeddings(Path file, MotTable table) throws IOException {
        Path apart = file.resolveSibling("embeddings.csv");
        boolean own = table.embedding().length > 0 || !Files.exists(apart);
        MotTable from = own ? table : MotTable.read(apart, List.of());
        if (from.rows().size() != table.rows().size()) {
            throw DatasetFormatException.of(
                    "%s has %d rows, %s has %d",
                    apart, from.rows().size(), file, table.rows().size());
        }
        int[] columns = from.embedding();
        List<float[]> embeddings = new ArrayList<>();
        for (double[] row : from.rows()) {
            float[] embedding = new float[own ? columns.length : row.length];
            for (int k = 0; k < embedding.length; k++) {
                embedding[k] = (float) row[own ? columns[k] : k];
            }
            embeddings.add(embedding);
        }
        return embeddings;
    }

    private static SortedMap<Long, List<MotSequence.Truth>> truth(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DatasetFormatException(file + ": there is no such file");
        }
        MotTable table = MotTable.read(file, TRUTH);
        int frame = table.needed("frame");
        int identity = table.needed("identity");
        Sides sides = Sides.of(file, table);
        int considered = table.column("considered");
        int kind = table.column("class");
        SortedMap<Long, List<MotSequence.Truth>> truth = new TreeMap<>();
        for (double[] row : table.rows()) {
            boolean counts =
                    (considered < 0 || row[considered] != 0)
                            && (kind < 0 || row[kind] == PEDESTRIAN);
            if (counts) {
                truth.computeIfAbsent(frame(file, row[frame]), number -> new ArrayList<>())
                        .add(new MotSequence.Truth((long) row[identity], sides.box(row)));
            }
        }
        return truth;
    }

    private static long frame(Path file, double frame) throws DatasetFormatException {
        if (frame < 1 || frame > 1e7 || frame != Math.rint(frame)) {
            throw DatasetFormatException.of(
                    "%s: frame %s is not allowed; it must be 1 to 1e7", file, frame);
        }
        return (long) frame;
    }

    /** Where the sides of boxes stand. */
    private record Sides(Path file, int left, int top, int width, int height) {
        static Sides of(Path file, MotTable table) throws DatasetFormatException {
            return new Sides(
                    file,
                    table.needed("left"),
                    table.needed("top"),
                    table.needed("width"),
                    table.needed("height"));
        }

        Box box(double[] row) throws DatasetFormatException {
            try {
                return Box.ofSides(row[left], row[top], row[width], row[height]);
            } catch (IllegalArgumentException e) {
                throw new DatasetFormatException(file + ": " + e.getMessage());
            }
        }
    }
}
