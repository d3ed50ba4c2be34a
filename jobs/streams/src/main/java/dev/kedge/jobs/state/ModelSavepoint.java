// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.checkpoint.CheckpointCheck;
import dev.kedge.jobs.checkpoint.StoredCheckpoints;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.runtime.SavepointLoader;

/**
 * The models in a savepoint or a retained checkpoint. Reading changes nothing in it and starts
 * Flink in this process each time.
 */
public final class ModelSavepoint {
    private final String path;
    private final SavepointScan scan;

    private ModelSavepoint(String path, SavepointScan scan) {
        this.path = path;
        this.scan = scan;
    }

    /**
     * Opens a savepoint.
     *
     * @param path its folder or its {@code _metadata} file; a path or a URI
     * @param uid uid of the operator that keeps the models
     * @throws StateException if there is no savepoint, or no such operator in it
     */
    public static ModelSavepoint open(String path, String uid) {
        String resolved = resolve(path);
        if (isEmpty(operator(path, metadata(path, resolved).getOperatorStates(), uid))) {
            throw new StateException(format("%s: operator '%s' keeps no models", path, uid));
        }
        return new ModelSavepoint(path, new SavepointScan(resolved, uid));
    }

    /**
     * Opens a savepoint that may be one of a job without models.
     *
     * @param path its folder or its {@code _metadata} file; a path or a URI
     * @param uid uid of the operator that would keep the models
     * @return empty if it keeps none
     * @throws StateException if there is no savepoint, or no such operator in it
     */
    static Optional<ModelSavepoint> openUnlessEmpty(String path, String uid) {
        String resolved = resolve(path);
        OperatorState found = operator(path, metadata(path, resolved).getOperatorStates(), uid);
        return isEmpty(found)
                ? Optional.empty()
                : Optional.of(new ModelSavepoint(path, new SavepointScan(resolved, uid)));
    }

    private static boolean isEmpty(OperatorState operator) {
        return operator.getStates().stream()
                .allMatch(task -> task.getManagedKeyedState().isEmpty());
    }

    /** The path as it was given. */
    public String path() {
        return path;
    }

    /** Uid of the operator. */
    public String uid() {
        return scan.uid();
    }

    /**
     * Counts every model.
     *
     * @throws StateException if a model is damaged
     */
    void figures(Consumer<ModelFigures> sink) {
        scan.run(
                new FiguresReader(),
                ModelFigures.TYPE,
                figures -> {
                    figures.damage().ifPresent(damage -> refuse(figures.model(), damage));
                    sink.accept(figures);
                });
    }

    /** Reads the parts of some models, all parts of one model before those of the next. */
    void parts(Set<String> models, PartVisitor visitor) {
        parts(new PartsReader(models), visitor);
    }

    /** Reads the parts of at least one model, if there are any. */
    void someParts(PartVisitor visitor) {
        parts(PartsReader.ofTheFirst(), visitor);
    }

    private void parts(PartsReader reader, PartVisitor visitor) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        scan.run(
                reader,
                PartPiece.TYPE,
                piece -> {
                    if (!piece.part().isEmpty()) {
                        whole.writeBytes(piece.bytes());
                        if (piece.last()) {
                            byte[] bytes = whole.toByteArray();
                            requireIntact(piece, bytes);
                            visitor.part(piece.model(), piece.part(), bytes);
                            whole.reset();
                        }
                    }
                });
    }

    private void requireIntact(PartPiece piece, byte[] bytes) {
        try {
            Envelope.header(bytes);
        } catch (DamagedSnapshotException e) {
            refuse(piece.model(), "part '" + piece.part() + "': " + e.getMessage());
        }
    }

    /** Takes part after part. */
    interface PartVisitor {
        void part(String model, String name, byte[] bytes);
    }

    private void refuse(String model, String damage) {
        throw new StateException(format("%s: model '%s' is damaged: %s", path, model, damage));
    }

    private static String resolve(String path) {
        if (path.contains(":")) {
            return path;
        }
        Path local = Path.of(path).toAbsolutePath().normalize();
        if (!Files.exists(local)) {
            throw new StateException(path + ": there is no such file or folder");
        }
        if (Files.isDirectory(local) && !Files.exists(local.resolve("_metadata"))) {
            throw new StateException(
                    path
                            + ": no savepoint or checkpoint, it has no file _metadata"
                            + Checkpoints.newest(local.toString())
                                    .map(newest -> "; the newest below it is " + newest)
                                    .orElse(""));
        }
        return local.toString();
    }

    // Damaged metadata surfaces as whatever its parser runs into.
    private static CheckpointMetadata metadata(String path, String resolved) {
        try {
            StoredCheckpoints.local(resolved).ifPresent(CheckpointCheck::metadata);
            return SavepointLoader.loadSavepointMetadata(resolved);
        } catch (IOException | RuntimeException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new StateException(path + ": no readable savepoint: " + reason, e);
        }
    }

    private static OperatorState operator(
            String path, Collection<OperatorState> operators, String uid) {
        return operators.stream()
                .filter(
                        operator ->
                                operator.getOperatorID()
                                        .equals(OperatorIdentifier.forUid(uid).getOperatorId()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new StateException(
                                        format(
                                                "%s: no operator has the uid '%s'; there are %s",
                                                path, uid, names(operators))));
    }

    private static String names(Collection<OperatorState> operators) {
        return operators.stream()
                .map(operator -> operator.getOperatorUid().orElse("one without a uid"))
                .sorted()
                .toList()
                .toString();
    }
}
