// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.text.Text;
import java.nio.ByteBuffer;

/**
 * Keys of a {@link ScoreView}: a letter for the kind of value, then the name of the model after its
 * length and what is left, or a score's number.
 */
final class ViewKey {
    /** What the view says of itself; the whole key. */
    static final byte HEAD = 'h';

    /** What the alerts told; the whole key. */
    static final byte ALERTS = 'a';

    /** The history of a creative. */
    static final byte CREATIVE = 'c';

    /** Near-duplicates of a creative. */
    static final byte DUPLICATES = 'd';

    /** The campaign of a creative. */
    static final byte CAMPAIGN = 'g';

    /** The card of a creative. */
    static final byte CARD = 'k';

    /** Says that the cards of all launches that were read are kept; the whole key. */
    static final byte CARDS = 'l';

    /** Metrics of a model at a moment. */
    static final byte METRICS = 'm';

    /** A score, by its number. */
    static final byte SCORE = 's';

    private ViewKey() {}

    private static byte[] key(byte kind, String model, byte[] rest) {
        byte[] name = model.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + name.length + rest.length)
                .put(kind)
                .putInt(name.length)
                .put(name)
                .put(rest)
                .array();
    }

    static byte[] of(byte kind, ScoreBoard.Key of) {
        return key(kind, of.model(), of.creative().getBytes(UTF_8));
    }

    static ScoreBoard.Key creative(byte[] key) {
        int name = 1 + Integer.BYTES;
        int length = key.length < name ? -1 : ByteBuffer.wrap(key).getInt(1);
        if (length < 0 || length > key.length - name) {
            throw new DamagedSnapshotException(
                    Text.format("a key of %d bytes with a name of %d", key.length, length));
        }
        int rest = name + length;
        return new ScoreBoard.Key(
                new String(key, name, length, UTF_8),
                new String(key, rest, key.length - rest, UTF_8));
    }

    static byte[] of(BoardChanges.Report of) {
        return key(
                METRICS,
                of.model(),
                ByteBuffer.allocate(Long.BYTES).putLong(of.at() ^ Long.MIN_VALUE).array());
    }

    static byte[] of(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(SCORE).putLong(number).array();
    }

    static long number(byte[] key) {
        if (key.length != 1 + Long.BYTES) {
            throw new DamagedSnapshotException(
                    Text.format("a score's key of %d bytes", key.length));
        }
        return ByteBuffer.wrap(key).getLong(1);
    }
}
