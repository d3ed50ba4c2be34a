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
 * on the heap, and A's vectors in a folder.
 */
final class PartComparison {
    private final Path folder;
    private final SortedMap<String, SortedMap<String, Known>> known = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> differences = new TreeMap<>();
    private int files;

    PartComparison(Path folder) {
        this.folder = folder;
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
            differ(model, part, "only in B");
        } else if (!left.get().digest().equals(Digest.of(bytes))) {
            differ(model, part, describe(left.get(), bytes));
        }
    }

    /** What differs, by model and part. */
    SortedMap<String, SortedMap<String, String>> differences() {
        known.forEach((model, parts) -> parts.keySet().forEach(p -> differ(model, p, "only in A")));
        known.clear();
        return differences;
    }

    private void differ(String model, String part, String how) {
        differences.computeIfAbsent(model, name -> new TreeMap<>()).put(part, how);
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
