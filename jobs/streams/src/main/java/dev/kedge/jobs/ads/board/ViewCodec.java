// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.connectors.image.Preview;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.flink.RecordForm;
import dev.kedge.state.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The values of a {@link ScoreView} as bytes: the records' components, after the version in which
 * they were written, in an envelope with a checksum. Not thread-safe: the writing side has one
 * owner, the reading side allocates what it needs.
 */
final class ViewCodec {
    private static final int VERSION = 1;
    private static final Kept<CreativeScore> SCORE =
            new Kept<>(RecordForm.of(CreativeScore.class), 2);
    private static final Kept<ModelMetrics> METRICS =
            new Kept<>(RecordForm.of(ModelMetrics.class), 2);
    private static final Kept<CreativeDuplicates> DUPLICATES =
            new Kept<>(RecordForm.of(CreativeDuplicates.class), 1);

    /**
     * How records of a type are kept.
     *
     * @param form their components as bytes
     * @param oldest the oldest version of it that is read
     */
    private record Kept<T>(RecordForm<T> form, int oldest) {
        /** The version that is written: it has what is newest since. */
        int version() {
            return Math.max(oldest, form.version());
        }
    }

    private final DataOutputSerializer scratch = new DataOutputSerializer(1024);

    byte[] write(CreativeHistory history) {
        BinaryWriter to = new BinaryWriter(2048);
        put(history.newest(), SCORE, to);
        put(history.clickThrough(), to);
        put(history.probability(), to);
        List<CreativeView.Step> actions = history.actions();
        to.putInt(actions.size());
        for (CreativeView.Step step : actions) {
            to.putLong(step.at());
            to.putUtf8(step.action().name());
        }
        return Envelope.seal(Family.VIEW_CREATIVE, VERSION, to);
    }

    static CreativeHistory readHistory(byte[] bytes) {
        BinaryReader from = Envelope.open(bytes, Family.VIEW_CREATIVE, VERSION);
        CreativeHistory history =
                new CreativeHistory(get(SCORE, from), series(from), series(from), steps(from));
        from.requireEnd();
        return history;
    }

    /** Only what a policy decides by and is judged by: a quarter of the whole. */
    byte[] write(CreativeScore score) {
        return sealed(score.forPolicies(), SCORE);
    }

    static CreativeScore readScore(byte[] bytes) {
        return opened(bytes, SCORE);
    }

    byte[] write(ModelMetrics metrics) {
        return sealed(metrics, METRICS);
    }

    static ModelMetrics readMetrics(byte[] bytes) {
        return opened(bytes, METRICS);
    }

    byte[] write(CreativeDuplicates said) {
        return sealed(said, DUPLICATES);
    }

    static CreativeDuplicates readDuplicates(byte[] bytes) {
        return opened(bytes, DUPLICATES);
    }

    static byte[] write(CreativeCard card) {
        BinaryWriter to = new BinaryWriter(256);
        to.putLong(card.at());
        to.putUtf8(card.text());
        to.putInt(card.picture().isPresent() ? 1 : 0);
        card.picture()
                .ifPresent(
                        picture -> {
                            to.putInt(picture.width());
                            to.putInt(picture.height());
                            to.putBytes(picture.jpeg());
                        });
        return Envelope.seal(Family.VIEW_RECORD, VERSION, to);
    }

    static CreativeCard readCard(byte[] bytes) {
        BinaryReader from = Envelope.open(bytes, Family.VIEW_RECORD, VERSION);
        long at = from.getLong();
        String text = from.getUtf8();
        Optional<Preview> picture =
                from.getInt() == 0
                        ? Optional.empty()
                        : Optional.of(new Preview(from.getInt(), from.getInt(), from.getBytes()));
        from.requireEnd();
        return new CreativeCard(at, text, picture);
    }

    static byte[] write(String text) {
        BinaryWriter to = new BinaryWriter(64);
        to.putUtf8(text);
        return Envelope.seal(Family.VIEW_RECORD, VERSION, to);
    }

    static String readText(byte[] bytes) {
        BinaryReader from = Envelope.open(bytes, Family.VIEW_RECORD, VERSION);
        String text = from.getUtf8();
        from.requireEnd();
        return text;
    }

    private <T> byte[] sealed(T value, Kept<T> kept) {
        BinaryWriter to = new BinaryWriter(1024);
        put(value, kept, to);
        return Envelope.seal(Family.VIEW_RECORD, VERSION, to);
    }

    private static <T> T opened(byte[] bytes, Kept<T> kept) {
        BinaryReader from = Envelope.open(bytes, Family.VIEW_RECORD, VERSION);
        T value = get(kept, from);
        from.requireEnd();
        return value;
    }

    private <T> void put(T value, Kept<T> kept, BinaryWriter to) {
        scratch.clear();
        try {
            kept.form().write(value, scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        to.putInt(kept.version());
        to.putBytes(scratch.getCopyOfBuffer());
    }

    private static <T> T get(Kept<T> kept, BinaryReader from) {
        int version = from.getInt();
        if (version < kept.oldest() || version > kept.version()) {
            throw new DamagedSnapshotException(
                    Text.format(
                            "a value of version %d, known are %d to %d",
                            version, kept.oldest(), kept.version()));
        }
        DataInputDeserializer bytes = new DataInputDeserializer(from.getBytes());
        try {
            return kept.form().read(version, bytes);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "a value ends too early" : e.getMessage();
            DamagedSnapshotException damaged = new DamagedSnapshotException(reason);
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static void put(Series series, BinaryWriter to) {
        to.putLongs(series.moments());
        to.putFloats(series.values());
    }

    private static Series series(BinaryReader from) {
        long[] moments = from.getLongs();
        float[] values = from.getFloats();
        if (moments.length != values.length) {
            throw new DamagedSnapshotException(
                    Text.format("%d moments for %d values", moments.length, values.length));
        }
        Series series = new Series(CreativeHistory.MAX_POINTS);
        for (int i = 0; i < values.length; i++) {
            series.add(moments[i], values[i]);
        }
        return series;
    }

    private static List<CreativeView.Step> steps(BinaryReader from) {
        List<CreativeView.Step> steps = new ArrayList<>();
        for (int left = from.getCount(); left > 0; left--) {
            steps.add(new CreativeView.Step(from.getLong(), action(from.getUtf8())));
        }
        return steps;
    }

    private static Action action(String name) {
        try {
            return Action.valueOf(name);
        } catch (IllegalArgumentException e) {
            DamagedSnapshotException damaged =
                    new DamagedSnapshotException("there is no action " + name);
            damaged.initCause(e);
            throw damaged;
        }
    }
}
