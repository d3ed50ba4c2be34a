// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Effects of advertisers and of their campaigns. Bounded: it keeps those that were heard of last.
 * Kept in buckets by advertiser, each a part of its own, so that a checkpoint carries only those
 * that changed, and an advertiser is forgotten with all campaigns in one of them.
 *
 * <p>Binary format of a bucket, version 1, family {@link Family#EFFECTS}: for each effect, the one
 * heard of longest ago first, advertiser, campaign and its numbers.
 */
final class EffectTable {
    private static final int VERSION = 1;
    private static final int BUCKETS = 64;
    private static final String PART = "mixture/effects/";
    private static final List<String> PARTS =
            IntStream.range(0, BUCKETS).mapToObj(i -> format("%s%02d", PART, i)).toList();

    private final int columns;
    private final int bucketCapacity;
    private final Effect nothing;
    private final List<Bucket> buckets = new ArrayList<>(BUCKETS);

    /**
     * Whose effect it is.
     *
     * @param advertiser hash of the name
     * @param campaign hash of what the campaign's creatives share; 0 for the advertiser itself
     */
    record Key(long advertiser, long campaign) {
        /** Said out, since what a record has by itself is not compiled into where it is asked. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.advertiser == advertiser
                    && key.campaign == campaign;
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(advertiser) + Long.hashCode(campaign);
        }
    }

    /**
     * Goes on with what was flushed. Buckets of a store that {@link PartStore#staysReadable() stays
     * readable} are read when they are asked for.
     *
     * @param capacity about how many effects to keep; none with 0
     */
    EffectTable(int capacity, int columns, PartStore store) {
        this.columns = columns;
        this.bucketCapacity = (capacity + BUCKETS - 1) / BUCKETS;
        this.nothing = new Effect(columns);
        PARTS.forEach(part -> buckets.add(new Bucket(part, store)));
        if (!store.staysReadable()) {
            buckets.forEach(Bucket::effects);
        }
    }

    /** What is known of it; an effect of nothing, not to be taught, where nothing is. */
    Effect of(Key key) {
        return bucket(key.advertiser()).effects().getOrDefault(key, nothing);
    }

    /** The effect to be taught, which is the last to be forgotten. */
    Effect toLearn(Key key) {
        return bucket(key.advertiser()).touched(key);
    }

    /** Forgets an advertiser and its campaigns. */
    void forget(long advertiser) {
        bucket(advertiser).forget(advertiser);
    }

    private Bucket bucket(long advertiser) {
        return buckets.get((int) Long.remainderUnsigned(advertiser, BUCKETS));
    }

    /** Memory in bytes, about. */
    long bytes() {
        long count = 0;
        for (Bucket bucket : buckets) {
            count += bucket.effects.size();
        }
        return count * (200 + 12L * columns);
    }

    void flush(PartStore store) {
        buckets.forEach(bucket -> bucket.part.flush(store, bucket::toBytes));
    }

    /** A few effects, the one heard of longest ago first. */
    private final class Bucket {
        private final Part part;
        private final PartStore source;
        private final Map<Key, Effect> effects = new LinkedHashMap<>();
        private boolean isRead;

        private Bucket(String part, PartStore source) {
            this.part = Part.onceTouched(part);
            this.source = source;
        }

        private Map<Key, Effect> effects() {
            if (!isRead) {
                isRead = true;
                part.restore(source, this::read);
            }
            return effects;
        }

        private Effect touched(Key key) {
            Effect known = effects().remove(key);
            Effect effect = known == null ? new Effect(columns) : known;
            effects.put(key, effect);
            part.touch();
            trim();
            return effect;
        }

        private void forget(long advertiser) {
            part.touchIf(effects().keySet().removeIf(key -> key.advertiser() == advertiser));
        }

        private void trim() {
            Iterator<Key> eldest = effects.keySet().iterator();
            while (effects.size() > bucketCapacity) {
                eldest.next();
                eldest.remove();
            }
        }

        private byte[] toBytes() {
            BinaryWriter out = new BinaryWriter(64 + 512 * effects.size());
            out.putInt(effects.size());
            effects.forEach(
                    (key, effect) -> {
                        out.putLong(key.advertiser());
                        out.putLong(key.campaign());
                        effect.write(out);
                    });
            return Envelope.seal(Family.EFFECTS, VERSION, out);
        }

        private void read(byte[] bytes) {
            BinaryReader in = Envelope.open(bytes, Family.EFFECTS, VERSION);
            int count = in.getCount();
            for (int i = 0; i < count; i++) {
                Key key = new Key(in.getLong(), in.getLong());
                effects.put(key, Effect.read(in, columns));
            }
            in.requireEnd();
            trim();
        }
    }
}
