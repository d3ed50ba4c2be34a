// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each advertiser's creatives did so far. Bounded: it keeps the advertisers that were heard of
 * last. Kept in buckets, each a part of its own, so that a checkpoint carries only those that
 * changed.
 *
 * <p>Binary format of a bucket, version 1, family {@link Family#ADVERTISERS}: for each advertiser,
 * the one heard of longest ago first, its name and its {@link Past}.
 */
public final class AdvertiserLedger {
    private static final int VERSION = 1;
    private static final int BUCKETS = 64;
    private static final String PART = "advertisers/";
    private static final String ALL = "";
    private static final List<String> PARTS =
            IntStream.range(0, BUCKETS).mapToObj(i -> format("%s%02d", PART, i)).toList();
    private static final long BYTES_OF_ONE = 160;

    private final int bucketCapacity;
    private final List<Bucket> buckets = new ArrayList<>(BUCKETS);
    private final Bucket all;

    /**
     * Stopped and running creatives.
     *
     * @param stopped how many were stopped
     * @param logDays sum of log(1 + days) over the stopped ones
     * @param millis how long those ran that run no longer, or are no longer seen, summed
     * @param running how many run
     * @param starts launches of the running ones, epoch milliseconds, summed
     */
    public record Past(long stopped, double logDays, long millis, long running, long starts) {
        private static final double DAY = 86_400_000.0;

        /** Nothing yet. */
        public static final Past NONE = new Past(0, 0, 0, 0, 0);

        private static Past read(BinaryReader in) {
            long stopped = in.getLong();
            double logDays = in.getDouble();
            return new Past(stopped, logDays, in.getLong(), in.getLong(), in.getLong());
        }

        private Past launched(long at) {
            return new Past(stopped, logDays, millis, running + 1, starts + at);
        }

        private Past stopped(long launchedAt, long at) {
            Past without = lost(launchedAt, at);
            double days = Math.max(0, at - launchedAt) / DAY;
            double logs = logDays + Math.log1p(days);
            return new Past(stopped + 1, logs, without.millis, without.running, without.starts);
        }

        private Past lost(long launchedAt, long at) {
            long ran = millis + Math.max(0, at - launchedAt);
            return running > 0
                    ? new Past(stopped, logDays, ran, running - 1, starts - launchedAt)
                    : new Past(stopped, logDays, ran, 0, 0);
        }

        /** Days that all of them together have run until a moment. */
        public double exposureDays(long at) {
            return (millis + Math.max(0, running * at - starts)) / DAY;
        }
    }

    /** Keeps at most about so many advertisers; none with 0. */
    public AdvertiserLedger(int capacity) {
        this(capacity, new MemoryPartStore());
    }

    private AdvertiserLedger(int capacity, PartStore source) {
        all = new Bucket(PART + "all", 1, source);
        bucketCapacity = (capacity + BUCKETS - 1) / BUCKETS;
        PARTS.forEach(part -> buckets.add(new Bucket(part, bucketCapacity, source)));
    }

    /**
     * Goes on with what was flushed. Buckets of a store that {@link PartStore#staysReadable() stays
     * readable} are read when they are asked for.
     */
    public static AdvertiserLedger restored(int capacity, PartStore store) {
        AdvertiserLedger ledger = new AdvertiserLedger(capacity, store);
        if (!store.staysReadable()) {
            ledger.all.pasts();
            ledger.buckets.forEach(Bucket::pasts);
        }
        return ledger;
    }

    /** What an advertiser's creatives did; {@link Past#NONE} where it is not known. */
    public Past of(String advertiser) {
        return bucket(advertiser).pasts().getOrDefault(advertiser, Past.NONE);
    }

    /** What all creatives did. */
    public Past all() {
        return all.pasts().getOrDefault(ALL, Past.NONE);
    }

    /** A creative was launched. */
    public void launched(String advertiser, long at) {
        all.put(ALL, all().launched(at));
        bucket(advertiser).put(advertiser, of(advertiser).launched(at));
    }

    /** A creative was stopped. */
    public void stopped(String advertiser, long launchedAt, long at) {
        all.put(ALL, all().stopped(launchedAt, at));
        bucket(advertiser).put(advertiser, of(advertiser).stopped(launchedAt, at));
    }

    /** A creative is no longer seen; it may run on. */
    public void lost(String advertiser, long launchedAt, long at) {
        all.put(ALL, all().lost(launchedAt, at));
        bucket(advertiser).put(advertiser, of(advertiser).lost(launchedAt, at));
    }

    /** Forgets an advertiser; what it did stays in the sum of all. */
    public void forget(String advertiser) {
        bucket(advertiser).remove(advertiser);
    }

    private Bucket bucket(String advertiser) {
        return buckets.get(Math.floorMod(advertiser.hashCode(), BUCKETS));
    }

    /** Memory in bytes, about. */
    public long bytes() {
        long count = 0;
        for (Bucket bucket : buckets) {
            count += bucket.pasts.size();
        }
        return BYTES_OF_ONE * count;
    }

    /** Writes the buckets that changed. */
    public void flush(PartStore store) {
        all.flush(store);
        buckets.forEach(bucket -> bucket.flush(store));
    }

    /** A few advertisers, the one heard of longest ago first. */
    private static final class Bucket {
        private final Part part;
        private final int capacity;
        private final PartStore source;
        private final Map<String, Past> pasts = new LinkedHashMap<>();
        private boolean isRead;

        private Bucket(String part, int capacity, PartStore source) {
            this.part = Part.onceTouched(part);
            this.capacity = capacity;
            this.source = source;
        }

        private Map<String, Past> pasts() {
            if (!isRead) {
                isRead = true;
                part.restore(source, this::read);
            }
            return pasts;
        }

        private void put(String name, Past past) {
            pasts().remove(name);
            pasts.put(name, past);
            part.touch();
            trim();
        }

        private void remove(String name) {
            part.touchIf(pasts().remove(name) != null);
        }

        private void trim() {
            Iterator<String> eldest = pasts.keySet().iterator();
            while (pasts.size() > capacity) {
                eldest.next();
                eldest.remove();
            }
        }

        private void flush(PartStore store) {
            if (!pasts.isEmpty() || capacity > 0) {
                part.flush(store, this::toBytes);
            }
        }

        private byte[] toBytes() {
            BinaryWriter out = new BinaryWriter(64 * pasts.size());
            out.putInt(pasts.size());
            pasts.forEach(
                    (name, past) -> {
                        out.putUtf8(name);
                        out.putLong(past.stopped());
                        out.putDouble(past.logDays());
                        out.putLong(past.millis());
                        out.putLong(past.running());
                        out.putLong(past.starts());
                    });
            return Envelope.seal(Family.ADVERTISERS, VERSION, out);
        }

        private void read(byte[] bytes) {
            BinaryReader in = Envelope.open(bytes, Family.ADVERTISERS, VERSION);
            int count = in.getCount();
            for (int i = 0; i < count; i++) {
                String name = in.getUtf8();
                pasts.put(name, Past.read(in));
            }
            in.requireEnd();
            trim();
        }
    }
}
