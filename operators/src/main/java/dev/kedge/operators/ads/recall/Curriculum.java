// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.LedgerEntry.Content;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.part.Part;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Who of a creative memory waits to be learned, and the clips of views that are learned. Not
 * thread-safe.
 */
final class Curriculum {
    private final RecallSettings settings;
    private final CreativeViews views;
    private final MemoryBank bank;
    private final Members members;
    private final LinkedHashSet<String> waiting = new LinkedHashSet<>();
    private final Part part;
    private long learned;

    /**
     * @param part touched when who waits, or how many were learned, changes
     */
    Curriculum(RecallSettings settings, MemoryBank bank, Members members, Part part) {
        this.settings = settings;
        this.views = new CreativeViews(settings.views());
        this.bank = bank;
        this.members = members;
        this.part = part;
    }

    /** How many creatives were learned from. */
    long learned() {
        return learned;
    }

    /** Whether as many wait as are learned at a time. */
    boolean isFull() {
        return waiting.size() >= settings.clip().creatives();
    }

    /** Lets a creative wait to be learned, if anything is learned of creatives. */
    void add(String creative) {
        if (settings.weight() > 0) {
            waiting.add(creative);
            part.touch();
        }
    }

    /** Whether enough was learned for a similarity to tell something. */
    boolean decides() {
        return learned >= settings.answers().after();
    }

    void forget(String creative) {
        part.touchIf(waiting.remove(creative));
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
    Optional<CreativeMemory.Lesson> next(SurvivalLedger ledger, RestorableRandom random) {
        List<Member> taken = take(ledger);
        learned += taken.size();
        part.touchIf(!taken.isEmpty());
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
        return Optional.of(new CreativeMemory.Lesson(frames, average));
    }

    private List<Member> take(SurvivalLedger ledger) {
        List<Member> taken = new ArrayList<>();
        Iterator<String> next = waiting.iterator();
        while (next.hasNext() && taken.size() < settings.clip().creatives()) {
            String creative = next.next();
            int place = members.place(creative, bank);
            if (place < 0 || content(creative, ledger).isEmpty()) {
                next.remove();
                part.touch();
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

    /** Writes who waits. */
    void write(BinaryWriter out) {
        out.putInt(waiting.size());
        waiting.forEach(out::putUtf8);
    }

    /** Goes on after so many learned, with those whom {@link #write} wrote. */
    void read(long learnedBefore, BinaryReader in) {
        learned = learnedBefore;
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            waiting.add(in.getUtf8());
        }
    }
}
