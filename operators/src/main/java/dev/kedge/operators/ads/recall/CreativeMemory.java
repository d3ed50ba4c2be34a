// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Cause;
import dev.kedge.operators.learner.Finite;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.LedgerEntry.Content;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one model remembers of its creatives to recognise them by: a memory bank (specs/ctvis.md)
 * whose instances are creatives and whose frames are moments of event time, the groups of
 * near-duplicates, and who waits to be learned. The embedding itself is learned by the model's
 * learner, from the clips that this gives it.
 *
 * <p>An instance keeps the embedding of its launch; as the encoder learns, a few are embedded anew
 * after each step, in turns, and their averages follow. A search is exact and takes the length of
 * the bank. Not thread-safe.
 *
 * <p>Memory: {@code history + 2} vectors of doubles a creative.
 */
public final class CreativeMemory {
    private static final int VERSION = 1;
    private static final String PREFIX = "memory/";
    private static final String PROGRESS = "memory/progress";
    private static final String MEMBER = "memory/member/";

    private final RecallSettings settings;
    private final MemoryBank bank;
    private final Members members;
    private final NearDuplicates duplicates;
    private final Curriculum curriculum;
    private long renewed = -1;
    private final Part progress = Part.of(PROGRESS);

    /** Makes embeddings under a model's parameters as they are. */
    @FunctionalInterface
    public interface Embedding {
        /**
         * Makes embeddings.
         *
         * @return a row for each content, valid until the next call
         */
        double[] of(List<Content> contents);
    }

    /**
     * What an answer is given under.
     *
     * @param model name of the model
     * @param at event time, epoch milliseconds
     * @param version steps that the model has made
     * @param embedding makes embeddings
     */
    public record Moment(String model, long at, long version, Embedding embedding) {}

    /**
     * A clip to learn from.
     *
     * @param frames frame by frame a view of each creative
     * @param average frame by frame, whether a creative's positive is its average
     */
    public record Lesson(List<List<Content>> frames, List<boolean[]> average) {
        /** Number of creatives. */
        public int creatives() {
            return frames.get(0).size();
        }
    }

    private CreativeMemory(RecallSettings settings, MemoryBank bank, Members members) {
        this.settings = settings;
        this.bank = bank;
        this.members = members;
        this.duplicates = new NearDuplicates(settings.answers(), bank, members);
        this.curriculum = new Curriculum(settings, bank, members, progress);
    }

    /** Reads a memory back, or starts empty where the store has none. */
    public static CreativeMemory restored(RecallSettings settings, PartStore store) {
        BankSettings bounds =
                new BankSettings(
                        settings.width(),
                        new BankSettings.Bounds(
                                settings.bank().instances(),
                                settings.bank().history(),
                                settings.bank().age().toMillis(),
                                ReadOut.SIMILARITY_GUIDED,
                                BankSettings.Bounds.REFERENCE.momentum()));
        MemoryBank bank = MemoryBank.restored(bounds, PREFIX, store);
        CreativeMemory memory =
                new CreativeMemory(settings, bank, Members.restored(MEMBER, bank, store));
        memory.progress.restore(store, memory::read);
        return memory;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.MEMORY_PROGRESS, VERSION);
        long learned = in.getLong();
        renewed = in.getLong();
        curriculum.read(learned, in);
        in.requireEnd();
    }

    /** How many creatives are remembered. */
    public int size() {
        return bank.size();
    }

    /** How many creatives were learned from. */
    public long learned() {
        return curriculum.learned();
    }

    /** Whether as many wait as are learned at a time. */
    public boolean isFull() {
        return curriculum.isFull();
    }

    /**
     * Takes in a creative that starts to run, or runs again.
     *
     * @param identity what the stream says that it is; empty if it does not
     * @param learns whether it is to be learned from
     * @return what is said of it, then of those whose group became another by it; nothing if its
     *     embedding is not finite: it would be compared with all others, and none could be told
     */
    public List<CreativeDuplicates> launch(
            LedgerEntry entry, String identity, Moment moment, boolean learns) {
        bank.expire(moment.at());
        members.follow(bank);
        double[] embedding = moment.embedding().of(List.of(entry.content()));
        if (!Finite.all(embedding, 0, settings.width())) {
            return List.of();
        }
        int place = members.place(entry.creative(), bank);
        List<Member> moved = List.of();
        if (place >= 0) {
            bank.see(place, moment.at(), embedding, 0, 1, "");
        } else {
            long id = bank.add(moment.at(), embedding, 0, 1, "");
            Member own = new Member(id, entry.creative(), identity, entry.creative(), moment.at());
            moved = duplicates.add(own, curriculum.decides());
        }
        if (learns) {
            curriculum.add(entry.creative());
        }
        List<CreativeDuplicates> answers = new ArrayList<>(1 + moved.size());
        answers.add(answer(members.place(entry.creative(), bank), Cause.LAUNCH, moment));
        for (Member other : moved) {
            answers.add(answer(bank.place(other.id()), Cause.MERGE, moment));
        }
        return answers;
    }

    /** What is said of a creative when it is scored; nothing if it is not remembered. */
    public Optional<CreativeDuplicates> score(String creative, Moment moment) {
        int place = settings.answers().everyScore() ? members.place(creative, bank) : -1;
        return place < 0 ? Optional.empty() : Optional.of(answer(place, Cause.SCORE, moment));
    }

    private CreativeDuplicates answer(int place, Cause cause, Moment moment) {
        return duplicates.of(place, cause, moment, curriculum.decides());
    }

    /**
     * A clip of views to learn from, of those who wait and of some of the bank; nothing if there is
     * nothing to learn.
     *
     * @param random the model's own generator
     */
    public Optional<Lesson> lesson(SurvivalLedger ledger, RestorableRandom random) {
        return curriculum.next(ledger, random);
    }

    /**
     * Embeds the next few creatives anew, those after whom it stopped the last time. A creative
     * that the ledger has forgotten is forgotten here, too.
     */
    public void renew(SurvivalLedger ledger, Embedding embedding) {
        int count = Math.min(settings.bank().refresh(), bank.size());
        if (count == 0) {
            return;
        }
        List<Member> seen = new ArrayList<>(count);
        List<LedgerEntry> entries = new ArrayList<>(count);
        List<String> lost = new ArrayList<>();
        int place = after(renewed);
        for (int i = 0; i < count; i++) {
            Member member = members.get(place);
            Optional<LedgerEntry> entry = ledger.find(member.creative());
            if (entry.isPresent()) {
                seen.add(member);
                entries.add(entry.get());
            } else {
                lost.add(member.creative());
            }
            renewed = member.id();
            place = (place + 1) % bank.size();
        }
        lost.forEach(this::forget);
        progress.touch();
        if (!seen.isEmpty()) {
            double[] rows = embedding.of(entries.stream().map(LedgerEntry::content).toList());
            for (int row = 0; row < seen.size(); row++) {
                if (!Finite.all(rows, row * settings.width(), (row + 1) * settings.width())) {
                    continue;
                }
                bank.see(bank.place(seen.get(row).id()), heard(entries.get(row)), rows, row, 1, "");
            }
        }
    }

    /** The first place after an instance's; the first of all after the last. */
    private int after(long id) {
        int low = 0;
        int high = bank.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bank.get(middle).id() <= id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low % bank.size();
    }

    /** When a creative was last heard of. */
    private static long heard(LedgerEntry entry) {
        long reported = Math.max(entry.launchedAt(), entry.current().lastAt());
        return entry.running() ? reported : Math.max(reported, entry.stoppedAt());
    }

    /** Forgets a creative; what was learned from it stays. */
    public void forget(String creative) {
        curriculum.forget(creative);
        int place = members.place(creative, bank);
        if (place >= 0) {
            bank.forget(place);
            members.follow(bank);
        }
    }

    /** Forgets the creatives that the ledger does not know. */
    public void forgetLost(SurvivalLedger ledger) {
        Set<String> lost = new LinkedHashSet<>();
        for (int place = 0; place < bank.size(); place++) {
            String creative = members.get(place).creative();
            if (ledger.find(creative).isEmpty()) {
                lost.add(creative);
            }
        }
        lost.forEach(this::forget);
    }

    /** Heap bytes, roughly. */
    public long bytes() {
        return bank.bytes() + members.bytes();
    }

    /** Writes what changed since the last call. */
    public void flush(PartStore store) {
        bank.flush(store);
        members.flush(bank, store);
        progress.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(64);
        out.putLong(curriculum.learned());
        out.putLong(renewed);
        curriculum.write(out);
        return Envelope.seal(Family.MEMORY_PROGRESS, VERSION, out);
    }
}
