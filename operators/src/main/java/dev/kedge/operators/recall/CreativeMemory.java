// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.recall;

import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeDuplicates.Cause;
import dev.kedge.operators.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.creative.CreativeDuplicates.Twin;
import dev.kedge.operators.learner.Finite;
import dev.kedge.state.bank.BankEntry;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Family;
import dev.kedge.state.binary.Frame;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.survival.LedgerEntry;
import dev.kedge.state.survival.LedgerEntry.Content;
import dev.kedge.state.survival.SurvivalLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
    private final CreativeViews views;
    private final MemoryBank bank;
    private final Members members;
    private final LinkedHashSet<String> waiting = new LinkedHashSet<>();
    private long learned;
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
        this.views = new CreativeViews(settings.views());
        this.bank = bank;
        this.members = members;
    }

    /** Reads a memory back, or starts empty where the store has none. */
    public static CreativeMemory restored(RecallSettings settings, PartStore store) {
        BankSettings bounds =
                new BankSettings(
                        settings.width(),
                        settings.bank().instances(),
                        settings.bank().history(),
                        settings.bank().age().toMillis(),
                        ReadOut.SIMILARITY_GUIDED,
                        BankSettings.REFERENCE_MOMENTUM);
        MemoryBank bank = MemoryBank.restored(bounds, PREFIX, store);
        CreativeMemory memory =
                new CreativeMemory(settings, bank, Members.restored(MEMBER, bank, store));
        memory.progress.restore(store, memory::read);
        return memory;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Frame.open(bytes, Family.MEMORY_PROGRESS, VERSION);
        learned = in.getLong();
        renewed = in.getLong();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            waiting.add(in.getUtf8());
        }
        in.requireEnd();
    }

    /** How many creatives are remembered. */
    public int size() {
        return bank.size();
    }

    /** How many creatives were learned from. */
    public long learned() {
        return learned;
    }

    /** Whether as many wait as are learned at a time. */
    public boolean isFull() {
        return waiting.size() >= settings.clip().creatives();
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
            moved = add(entry, identity, embedding, moment.at());
        }
        if (learns && settings.weight() > 0) {
            waiting.add(entry.creative());
            progress.touch();
        }
        List<CreativeDuplicates> said = new ArrayList<>(1 + moved.size());
        said.add(say(members.place(entry.creative(), bank), Cause.LAUNCH, moment));
        for (Member other : moved) {
            said.add(say(bank.place(other.id()), Cause.MERGE, moment));
        }
        return said;
    }

    /** What is said of a creative when it is scored; nothing if it is not remembered. */
    public Optional<CreativeDuplicates> score(String creative, Moment moment) {
        int place = settings.answers().everyScore() ? members.place(creative, bank) : -1;
        return place < 0 ? Optional.empty() : Optional.of(say(place, Cause.SCORE, moment));
    }

    /** Adds an instance, and joins the groups that it links. */
    private List<Member> add(LedgerEntry entry, String identity, double[] embedding, long at) {
        long id = bank.add(at, embedding, 0, 1, "");
        Member own = new Member(id, entry.creative(), identity, entry.creative(), at);
        members.follow(bank);
        members.add(own);
        int last = bank.size() - 1;
        double[] vector = bank.get(last).readOut();
        TreeSet<String> linked = new TreeSet<>();
        Member oldest = own;
        for (int place = 0; place < last; place++) {
            Member other = members.get(place);
            if (tie(own, other, cosine(vector, bank.get(place))) != Tie.ALIKE) {
                linked.add(other.group());
                oldest = other.isOlderThan(oldest) ? other : oldest;
            }
        }
        members.replace(last, own.in(oldest.group(), oldest.since()));
        List<Member> moved = new ArrayList<>();
        for (int place = 0; place < last && linked.size() > 1; place++) {
            Member other = members.get(place);
            if (linked.contains(other.group()) && !other.group().equals(oldest.group())) {
                members.replace(place, other.in(oldest.group(), oldest.since()));
                moved.add(members.get(place));
            }
        }
        return moved;
    }

    private Tie tie(Member own, Member other, double similarity) {
        if (own.isKnownAs(other)) {
            return Tie.IDENTITY;
        }
        boolean decides = learned >= settings.answers().after();
        return decides && similarity >= settings.answers().same() ? Tie.SAME : Tie.ALIKE;
    }

    private CreativeDuplicates say(int own, Cause cause, Moment moment) {
        Member member = members.get(own);
        double[] vector = bank.get(own).readOut();
        List<Twin> twins = new ArrayList<>();
        for (int place = 0; place < bank.size(); place++) {
            if (place != own) {
                Member other = members.get(place);
                double similarity = cosine(vector, bank.get(place));
                Tie tie = tie(member, other, similarity);
                boolean named =
                        similarity >= settings.answers().alike()
                                && learned >= settings.answers().after();
                if (named || tie == Tie.IDENTITY) {
                    twins.add(new Twin(other.creative(), similarity, tie));
                }
            }
        }
        twins.sort(
                Comparator.comparing((Twin twin) -> twin.tie() != Tie.IDENTITY)
                        .thenComparing(Twin::similarity, Comparator.reverseOrder()));
        int most = Math.min(settings.answers().most(), twins.size());
        return new CreativeDuplicates(
                moment.model(),
                member.creative(),
                moment.at(),
                cause,
                member.group(),
                List.copyOf(twins.subList(0, most)),
                moment.version());
    }

    private static double cosine(double[] vector, BankEntry entry) {
        double[] other = entry.readOut();
        double dot = 0;
        double square = 0;
        double otherSquare = 0;
        for (int k = 0; k < vector.length; k++) {
            dot += vector[k] * other[k];
            square += vector[k] * vector[k];
            otherSquare += other[k] * other[k];
        }
        double lengths = Math.sqrt(square) * Math.sqrt(otherSquare);
        return lengths == 0 ? 0 : dot / lengths;
    }

    /**
     * Takes those who wait and some of the bank, no two of one identity, and makes a clip of views
     * of them. Creatives that were found to be the same are held against each other all the same:
     * were they left out, a memory that takes all for the same would have nothing to learn better
     * from. Those of the bank are embedded anew rather than stand for themselves by their averages:
     * negatives of weeks ago, without gradient, let the length of the embeddings run away.
     *
     * @param random the model's own generator
     */
    public Optional<Lesson> lesson(SurvivalLedger ledger, RestorableRandom random) {
        List<Member> taken = take(ledger);
        learned += taken.size();
        progress.touchIf(!taken.isEmpty());
        rehearse(taken, ledger, random);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        List<List<Content>> frames = new ArrayList<>();
        List<boolean[]> average = new ArrayList<>();
        for (int frame = 0; frame < settings.views().count(); frame++) {
            List<Content> shown = new ArrayList<>(taken.size());
            boolean[] coins = new boolean[taken.size()];
            for (int i = 0; i < coins.length; i++) {
                Content own = content(taken.get(i).creative(), ledger).orElseThrow();
                shown.add(frame == 0 ? own : view(taken.get(i), own, ledger, random));
                coins[i] = frame > 0 && random.nextDouble() < settings.clip().average();
            }
            frames.add(shown);
            average.add(coins);
        }
        return Optional.of(new Lesson(frames, average));
    }

    private List<Member> take(SurvivalLedger ledger) {
        List<Member> taken = new ArrayList<>();
        Iterator<String> next = waiting.iterator();
        while (next.hasNext() && taken.size() < settings.clip().creatives()) {
            String creative = next.next();
            int place = members.place(creative, bank);
            if (place < 0 || content(creative, ledger).isEmpty()) {
                next.remove();
                progress.touch();
            } else if (taken.stream().noneMatch(members.get(place)::isKnownAs)) {
                taken.add(members.get(place));
                next.remove();
            }
        }
        return taken;
    }

    /** Draws creatives that are to be learned once more. */
    private void rehearse(List<Member> taken, SurvivalLedger ledger, RestorableRandom random) {
        int wanted = settings.weight() > 0 && bank.size() > 0 ? settings.clip().rehearsed() : 0;
        for (int i = 0; i < wanted; i++) {
            Member drawn = members.get(random.nextInt(bank.size()));
            if (taken.stream().noneMatch(drawn::isKnownAs)
                    && content(drawn.creative(), ledger).isPresent()) {
                taken.add(drawn);
            }
        }
    }

    private static Optional<Content> content(String creative, SurvivalLedger ledger) {
        return ledger.find(creative).map(LedgerEntry::content);
    }

    /** A view of a creative, or of another one that the stream says is the same. */
    private Content view(
            Member member, Content own, SurvivalLedger ledger, RestorableRandom random) {
        Content stranger = content(anyone(random), ledger).orElse(own);
        Content seen = own;
        if (!member.identity().isEmpty() && random.nextDouble() < 0.5) {
            List<Content> same = new ArrayList<>();
            for (int place = 0; place < bank.size(); place++) {
                Member other = members.get(place);
                if (other.isKnownAs(member) && other.id() != member.id()) {
                    content(other.creative(), ledger).ifPresent(same::add);
                }
            }
            seen = same.isEmpty() ? own : same.get(random.nextInt(same.size()));
        }
        return views.next(seen, stranger, random);
    }

    private String anyone(RestorableRandom random) {
        return members.get(random.nextInt(bank.size())).creative();
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
        progress.touchIf(waiting.remove(creative));
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
        out.putLong(learned);
        out.putLong(renewed);
        out.putInt(waiting.size());
        waiting.forEach(out::putUtf8);
        return Frame.seal(Family.MEMORY_PROGRESS, VERSION, out);
    }
}
