// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All creatives of one model: the running ones, ordered by when their open interval ends, and the
 * stopped ones until their retention is over. Entries are written one by one, and only those that
 * changed.
 *
 * <p>Bounded by the configuration: at most {@code capacity} entries; whoever adds asks {@link
 * #full()} first.
 */
public final class SurvivalLedger {
    private static final String PART = "ledger/";

    /** Of an entry with a few words of text. */
    private static final long WRITTEN = 1_200;

    private static final Comparator<Due> BY_TIME =
            Comparator.comparingLong(Due::at).thenComparing(Due::creative);

    private final int capacity;
    private final Map<String, LedgerEntry> entries = new HashMap<>();
    private final TreeSet<Due> ends = new TreeSet<>(BY_TIME);
    private final TreeSet<Due> stopped = new TreeSet<>(BY_TIME);
    private final PartFamily<String> parts = PartFamily.named(PART);
    private long bytes;

    private record Due(long at, String creative) {}

    /** Starts empty. */
    public SurvivalLedger(int capacity) {
        this.capacity = capacity;
    }

    /** Reads every entry back. */
    public static SurvivalLedger restored(int capacity, PartStore store) {
        SurvivalLedger ledger = new SurvivalLedger(capacity);
        for (byte[] part : store.parts(PART).values()) {
            ledger.index(LedgerEntry.fromBytes(part));
        }
        return ledger;
    }

    /** Finds a creative. */
    public Optional<LedgerEntry> find(String creative) {
        return Optional.ofNullable(entries.get(creative));
    }

    /** Whether no further creative may be added. */
    public boolean full() {
        return entries.size() >= capacity;
    }

    /** Adds a creative that was not there. */
    public void add(LedgerEntry entry) {
        index(entry);
        parts.touch(entry.creative());
    }

    /** Running creatives. */
    public int running() {
        return ends.size();
    }

    /** Running and remembered creatives. */
    public int size() {
        return entries.size();
    }

    /**
     * The running creative whose open interval ends first, if that is at or before {@code until}.
     */
    public Optional<LedgerEntry> firstEnding(long until) {
        if (ends.isEmpty() || ends.first().at() > until) {
            return Optional.empty();
        }
        return Optional.of(entries.get(ends.first().creative()));
    }

    /** Closes a creative's open interval as survived. */
    public void survive(LedgerEntry entry, long nextEnd) {
        ends.remove(new Due(entry.endsAt(), entry.creative()));
        entry.survive(nextEnd);
        ends.add(new Due(nextEnd, entry.creative()));
        parts.touch(entry.creative());
    }

    /** Closes a creative's spell; lost from sight means that its end tells nothing of it. */
    public void stop(LedgerEntry entry, long at, boolean lost) {
        ends.remove(new Due(entry.endsAt(), entry.creative()));
        entry.stop(at, lost);
        stopped.add(new Due(at, entry.creative()));
        parts.touch(entry.creative());
    }

    /** Opens a new spell of a stopped creative. */
    public void reactivate(LedgerEntry entry, long at, long firstEnd) {
        stopped.remove(new Due(entry.stoppedAt(), entry.creative()));
        entry.reactivate(at, firstEnd);
        ends.add(new Due(firstEnd, entry.creative()));
        parts.touch(entry.creative());
    }

    /** Marks an entry as changed in place. */
    public void touch(LedgerEntry entry) {
        parts.touch(entry.creative());
    }

    /** Forgets creatives that stopped before {@code horizon}. */
    public void forgetStoppedBefore(long horizon) {
        while (!stopped.isEmpty() && stopped.first().at() < horizon) {
            String creative = stopped.pollFirst().creative();
            bytes -= entries.remove(creative).bytes();
            parts.touch(creative);
        }
    }

    /** Forgets a creative, running or stopped. */
    public void forget(LedgerEntry entry) {
        entries.remove(entry.creative());
        ends.remove(new Due(entry.endsAt(), entry.creative()));
        stopped.remove(new Due(entry.stoppedAt(), entry.creative()));
        bytes -= entry.bytes();
        parts.touch(entry.creative());
    }

    /** The creatives of an advertiser, sorted by name. */
    public List<LedgerEntry> of(String advertiser) {
        return entries.values().stream()
                .filter(entry -> entry.content().advertiser().equals(advertiser))
                .sorted(Comparator.comparing(LedgerEntry::creative))
                .toList();
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return bytes + 200L * entries.size();
    }

    /** Visits all running creatives in the order in which their intervals end. */
    public Iterable<LedgerEntry> runningEntries() {
        return () -> ends.stream().map(due -> entries.get(due.creative())).iterator();
    }

    /** Writes the entries that changed since the last call. */
    public void flush(PartStore store) {
        parts.flush(store, this::entry);
    }

    /**
     * Writes those entries that changed longest ago.
     *
     * @param max how many at most
     * @return how many were written
     */
    public int flushOldest(PartStore store, int max) {
        return parts.flushOldest(store, max, this::entry);
    }

    /** Bytes that {@link #flush} would write, roughly. */
    public long unwritten() {
        return WRITTEN * parts.unwritten();
    }

    private Optional<byte[]> entry(String creative) {
        return find(creative).map(LedgerEntry::toBytes);
    }

    private void index(LedgerEntry entry) {
        entries.put(entry.creative(), entry);
        bytes += entry.bytes();
        if (entry.running()) {
            ends.add(new Due(entry.endsAt(), entry.creative()));
        } else {
            stopped.add(new Due(entry.stoppedAt(), entry.creative()));
        }
    }
}
