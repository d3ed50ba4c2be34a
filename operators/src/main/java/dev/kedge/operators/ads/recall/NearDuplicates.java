// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Cause;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.state.bank.BankEntry;
import dev.kedge.state.bank.MemoryBank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Which creatives in the bank are the same, and which are alike. Those that are the same form a
 * group, named by its earliest creative; a chain of links makes one group. A search is exact and
 * takes the length of the bank. Not thread-safe.
 */
final class NearDuplicates {
    private final RecallSettings.Answers settings;
    private final MemoryBank bank;
    private final Members members;

    NearDuplicates(RecallSettings.Answers settings, MemoryBank bank, Members members) {
        this.settings = settings;
        this.bank = bank;
        this.members = members;
    }

    /**
     * Takes in the newest instance of the bank, and joins the groups that it links.
     *
     * @param decides whether a similarity tells something yet
     * @return those whose group became another by it
     */
    List<Member> add(Member own, boolean decides) {
        members.follow(bank);
        members.add(own);
        int last = bank.size() - 1;
        double[] vector = bank.get(last).readOut();
        TreeSet<String> linked = new TreeSet<>();
        Member oldest = own;
        for (int place = 0; place < last; place++) {
            Member other = members.get(place);
            if (tie(own, other, cosine(vector, bank.get(place)), decides) != Tie.ALIKE) {
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

    private Tie tie(Member own, Member other, double similarity, boolean decides) {
        if (own.isKnownAs(other)) {
            return Tie.IDENTITY;
        }
        return decides && similarity >= settings.same() ? Tie.SAME : Tie.ALIKE;
    }

    /**
     * Names the creatives that the one at a place is the same as, or like.
     *
     * @param decides whether a similarity tells something yet
     */
    CreativeDuplicates of(int own, Cause cause, CreativeMemory.Moment moment, boolean decides) {
        Member member = members.get(own);
        double[] vector = bank.get(own).readOut();
        List<Twin> twins = new ArrayList<>();
        for (int place = 0; place < bank.size(); place++) {
            if (place != own) {
                Member other = members.get(place);
                double similarity = cosine(vector, bank.get(place));
                Tie tie = tie(member, other, similarity, decides);
                boolean named = decides && similarity >= settings.alike();
                if (named || tie == Tie.IDENTITY) {
                    twins.add(new Twin(other.creative(), similarity, tie));
                }
            }
        }
        twins.sort(
                Comparator.comparing((Twin twin) -> twin.tie() != Tie.IDENTITY)
                        .thenComparing(Twin::similarity, Comparator.reverseOrder()));
        int max = Math.min(settings.most(), twins.size());
        List<Twin> nearest = List.copyOf(twins.subList(0, max));
        String model = moment.model();
        String name = member.creative();
        return new CreativeDuplicates(
                model, name, moment.at(), cause, member.group(), nearest, moment.version());
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
}
