// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.ads.DueQueue.Due;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All creatives of one model: the running ones, ordered by when their open interval ends, and the
 * stopped ones until their retention is over. Entries are written one by one, and only those that
 * changed. From a store that {@link PartStore#staysReadable() stays readable} they are read one by
 * one, too, when they are asked for, and the longest unused ones are let go again.
 *
 * <p>Bounded by the configuration: at most {@code capacity} entries; whoever adds asks {@link
 * #full()} first.
 *
 * <p>Binary format of the order's head, version 1, family {@link Family#LEDGER_ORDER}: buckets of
 * running creatives, by when their interval ends, and of stopped ones, by when they stopped; for
 * each its number, which is its hour, and how many it has.
 */
public final class SurvivalLedger {
    private static final int VERSION = 1;
    private static final String PART = "ledger/";
    private static final String ORDER = "order";
    private static final String RUNNING = "order/running/";
    private static final String STOPPED = "order/stopped/";

    /** Of an entry with a few words of text. */
    private static final long WRITTEN = 1_200;

    /** Entries that stay live where they can be read again. */
    private static final int LIVE = 8_192;

    private final int capacity;
    private final int most;
    private final PartStore source;
    private final LinkedHashMap<String, LedgerEntry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final PartFamily<String> parts = PartFamily.named(PART);
    private final Part order = Part.onceTouched(ORDER);
    private final DueQueue ends;
    private final DueQueue stopped;
    private long bytes;

    /** Starts empty. */
    public SurvivalLedger(int capacity) {
        this(capacity, LIVE, new MemoryPartStore());
    }

    private SurvivalLedger(int capacity, int most, PartStore source) {
        this.capacity = capacity;
        this.most = most;
        this.source = source;
        this.ends = new DueQueue(RUNNING, source);
        this.stopped = new DueQueue(STOPPED, source);
    }

    /** Goes on with what was flushed, its order included. */
    public static SurvivalLedger restored(int capacity, PartStore store) {
        return restored(capacity, store, true);
    }

    /**
     * Goes on with what was flushed.
     *
     * @param ordered whether the order was flushed, too; otherwise it is made anew of all entries
     */
    public static SurvivalLedger restored(int capacity, PartStore store, boolean ordered) {
        return restored(capacity, LIVE, store, ordered);
    }

    /** The same with so many entries that stay live. */
    static SurvivalLedger restored(int capacity, int most, PartStore store, boolean ordered) {
        SurvivalLedger ledger = new SurvivalLedger(capacity, most, store);
        boolean known = ordered && ledger.order.restore(store, ledger::readOrder);
        if (!known) {
            ledger.makeOrder();
        } else if (!store.staysReadable()) {
            ledger.readAll();
        }
        return ledger;
    }

    private void makeOrder() {
        ends.removeStored(RUNNING);
        stopped.removeStored(STOPPED);
        for (byte[] part : source.parts(PART).values()) {
            enqueue(keep(LedgerEntry.fromBytes(part)));
        }
        trim(entries.size());
    }

    private void readAll() {
        ends.readAll();
        stopped.readAll();
        for (byte[] part : source.parts(PART).values()) {
            keep(LedgerEntry.fromBytes(part));
        }
    }

    private LedgerEntry keep(LedgerEntry entry) {
        entries.put(entry.creative(), entry);
        bytes += entry.bytes();
        return entry;
    }

    /** Finds a creative. */
    public Optional<LedgerEntry> find(String creative) {
        Optional<LedgerEntry> live = Optional.ofNullable(entries.get(creative));
        return live.isPresent() ? live : stored(creative).map(this::keep);
    }

    /** A creative that is not live, as it was written; one that was forgotten is not there. */
    private Optional<LedgerEntry> stored(String creative) {
        return source.staysReadable() && !parts.isUnwritten(creative)
                ? source.get(parts.name(creative)).map(LedgerEntry::fromBytes)
                : Optional.empty();
    }

    /** Whether no further creative may be added. */
    public boolean full() {
        return size() >= capacity;
    }

    /** Adds a creative that was not there. */
    public void add(LedgerEntry entry) {
        enqueue(keep(entry));
        parts.touch(entry.creative());
    }

    private void enqueue(LedgerEntry entry) {
        if (entry.running()) {
            ends.add(entry.endsAt(), entry.creative());
        } else {
            stopped.add(entry.stoppedAt(), entry.creative());
        }
        order.touch();
    }

    private void dequeue(LedgerEntry entry) {
        if (entry.running()) {
            ends.remove(entry.endsAt(), entry.creative());
        } else {
            stopped.remove(entry.stoppedAt(), entry.creative());
        }
        order.touch();
    }

    /** Running creatives. */
    public int running() {
        return ends.size();
    }

    /** Running and remembered creatives. */
    public int size() {
        return ends.size() + stopped.size();
    }

    /**
     * The running creative whose open interval ends first, if that is at or before {@code until}.
     */
    public Optional<LedgerEntry> firstEnding(long until) {
        return ends.first(until)
                .map(due -> find(due.creative()).orElseThrow(() -> gone(due.creative())));
    }

    private DamagedSnapshotException gone(String creative) {
        return new DamagedSnapshotException("part '" + parts.name(creative) + "' is gone");
    }

    /** Closes a creative's open interval as survived. */
    public void survive(LedgerEntry entry, long nextEnd) {
        dequeue(entry);
        entry.survive(nextEnd);
        enqueue(entry);
        touch(entry);
    }

    /** Closes a creative's spell; lost from sight means that its end tells nothing of it. */
    public void stop(LedgerEntry entry, long at, boolean lost) {
        dequeue(entry);
        entry.stop(at, lost);
        enqueue(entry);
        touch(entry);
    }

    /** Opens a new spell of a stopped creative. */
    public void reactivate(LedgerEntry entry, long at, long firstEnd) {
        dequeue(entry);
        entry.reactivate(at, firstEnd);
        enqueue(entry);
        touch(entry);
    }

    /** Marks an entry as changed in place. */
    public void touch(LedgerEntry entry) {
        parts.touch(entry.creative());
    }

    /** Forgets creatives that stopped before {@code horizon}. */
    public void forgetStoppedBefore(long horizon) {
        Optional<Due> first = stopped.first(horizon).filter(due -> due.at() < horizon);
        while (first.isPresent()) {
            stopped.remove(first.get().at(), first.get().creative());
            order.touch();
            drop(first.get().creative());
            first = stopped.first(horizon).filter(due -> due.at() < horizon);
        }
    }

    /** Forgets a creative, running or stopped. */
    public void forget(LedgerEntry entry) {
        dequeue(entry);
        drop(entry.creative());
    }

    private void drop(String creative) {
        LedgerEntry live = entries.remove(creative);
        bytes -= live == null ? 0 : live.bytes();
        parts.touch(creative);
    }

    /** The creatives of an advertiser, sorted by name. */
    public List<LedgerEntry> of(String advertiser) {
        List<LedgerEntry> all = new ArrayList<>(entries.values());
        if (source.staysReadable()) {
            for (Map.Entry<String, byte[]> part : source.parts(PART).entrySet()) {
                String creative = part.getKey().substring(PART.length());
                if (!entries.containsKey(creative) && !parts.isUnwritten(creative)) {
                    all.add(LedgerEntry.fromBytes(part.getValue()));
                }
            }
        }
        return all.stream()
                .filter(entry -> entry.content().advertiser().equals(advertiser))
                .sorted(Comparator.comparing(LedgerEntry::creative))
                .toList();
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return bytes + 120L * entries.size() + ends.bytes() + stopped.bytes();
    }

    /**
     * Visits all running creatives in the order in which their intervals end. Those that are not
     * live do not become so: they are to be looked at only.
     */
    public Iterable<LedgerEntry> runningEntries() {
        return () -> ends.all().map(due -> look(due.creative())).iterator();
    }

    private LedgerEntry look(String creative) {
        LedgerEntry live = entries.get(creative);
        return live == null ? stored(creative).orElseThrow(() -> gone(creative)) : live;
    }

    /** Writes what changed since the last call. */
    public void flush(PartStore store) {
        parts.flush(store, this::entry);
        ends.flush(store);
        stopped.flush(store);
        order.flush(store, this::orderToBytes);
        trim(entries.size());
    }

    /**
     * Writes those entries that changed longest ago.
     *
     * @param max how many at most
     * @return how many were written
     */
    public int flushOldest(PartStore store, int max) {
        int written = parts.flushOldest(store, max, this::entry);
        trim(2 * max);
        return written;
    }

    /** Bytes that {@link #flush} would write, roughly. */
    public long unwritten() {
        return WRITTEN * parts.unwritten();
    }

    private Optional<byte[]> entry(String creative) {
        return Optional.ofNullable(entries.get(creative)).map(LedgerEntry::toBytes);
    }

    /**
     * Lets go the longest unused entries that can be read again.
     *
     * @param max how many at most
     */
    private void trim(int max) {
        if (!source.staysReadable()) {
            return;
        }
        Iterator<LedgerEntry> eldest = entries.values().iterator();
        for (int left = Math.min(max, entries.size() - most); left > 0; left--) {
            LedgerEntry entry = eldest.next();
            if (!parts.isUnwritten(entry.creative())) {
                bytes -= entry.bytes();
                eldest.remove();
            }
        }
        ends.trim(most);
        stopped.trim(most);
    }

    private byte[] orderToBytes() {
        BinaryWriter out = new BinaryWriter(512);
        ends.writeCounts(out);
        stopped.writeCounts(out);
        return Envelope.seal(Family.LEDGER_ORDER, VERSION, out);
    }

    private void readOrder(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.LEDGER_ORDER, VERSION);
        ends.readCounts(in);
        stopped.readCounts(in);
        in.requireEnd();
    }
}
