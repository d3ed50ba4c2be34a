// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the parts of models in two savepoints: takes all of A, then all of B. It keeps digests
 * on the heap, and A's vectors in a folder. Rows of embedding tables, of which there may be
 * thousands, are counted by table.
 */
final class PartComparison {
    private static final String ROW = "learner/row/";
    private static final String ONLY_IN_A = "only in A";
    private static final String ONLY_IN_B = "only in B";

    private final Path folder;
    private final SortedMap<String, SortedMap<String, Known>> known = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> differences = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Rows>> rows = new TreeMap<>();
    private int files;

    PartComparison(Path folder) {
        this.folder = folder;
    }

    private record Rows(int different, int onlyInA, int onlyInB) {
        static Rows one(String how) {
            return switch (how) {
                case ONLY_IN_A -> new Rows(0, 1, 0);
                case ONLY_IN_B -> new Rows(0, 0, 1);
                default -> new Rows(1, 0, 0);
            };
        }

        Rows plus(Rows more) {
            return new Rows(
                    different + more.different, onlyInA + more.onlyInA, onlyInB + more.onlyInB);
        }

        String text() {
            return format(
                    "rows: %,d differ, %,d only in A, %,d only in B", different, onlyInA, onlyInB);
        }
    }

    private record Known(int bytes, String digest, Optional<Path> vector) {}

    /** Takes a part of A. */
    void left(String model, String part, byte[] bytes) {
        known.computeIfAbsent(model, name -> new TreeMap<>())
                .put(part, new Known(bytes.length, Digest.of(bytes), spill(bytes)));
    }

    /** Takes a part of B. */
    void right(String model, String part, byte[] bytes) {
        SortedMap<String, Known> parts = known.getOrDefault(model, new TreeMap<>());
        Optional<Known> left = Optional.ofNullable(parts.remove(part));
        if (left.isEmpty()) {
            differ(model, part, ONLY_IN_B);
        } else if (!left.get().digest().equals(Digest.of(bytes))) {
            differ(model, part, describe(left.get(), bytes));
        }
    }

    /** What differs, by model and part. */
    SortedMap<String, SortedMap<String, String>> differences() {
        known.forEach((model, parts) -> parts.keySet().forEach(p -> differ(model, p, ONLY_IN_A)));
        known.clear();
        rows.forEach(
                (model, tables) ->
                        tables.forEach((table, counts) -> tell(model, table, counts.text())));
        rows.clear();
        return differences;
    }

    private void tell(String model, String part, String how) {
        differences.computeIfAbsent(model, name -> new TreeMap<>()).put(part, how);
    }

    private void differ(String model, String part, String how) {
        if (part.startsWith(ROW)) {
            rows.computeIfAbsent(model, name -> new TreeMap<>())
                    .merge(part.substring(0, part.lastIndexOf('/')), Rows.one(how), Rows::plus);
        } else {
            tell(model, part, how);
        }
    }

    private static String describe(Known left, byte[] right) {
        if (left.vector().isPresent() && isVector(right)) {
            try {
                return VectorDifference.between(Files.readAllBytes(left.vector().get()), right);
            } catch (DamagedSnapshotException e) {
                return "one cannot be read: " + e.getMessage();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return left.bytes() == right.length
                ? format("%,d bytes in both", right.length)
                : format("%,d bytes in A, %,d in B", left.bytes(), right.length);
    }

    private Optional<Path> spill(byte[] bytes) {
        if (!isVector(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.write(folder.resolve("vector-" + files++), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isVector(byte[] bytes) {
        return Envelope.header(bytes).is(Family.PARAMETERS);
    }
}
