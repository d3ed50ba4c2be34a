// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.stream.Contract;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of ad discontinuation that give what was learned its meaning. */
final class ContractTerms {
    private static final String CUTS = "intervals.cuts";

    /**
     * Says that whoever wrote the model kept the order of its ledger beside the entries. Versions
     * that do not know of it write the contract without it, so that the order that they leave
     * behind is not believed.
     */
    private static final String LEDGER = "ledger";

    private ContractTerms() {}

    /** Whether the order of a stored ledger's entries is stored, too. */
    static boolean ordersLedger(Contract restored) {
        return restored.wasLearnedUnder(LEDGER);
    }

    /** More cuts after the old ones are good. */
    static Contract contract(DiscontinuationSettings settings) {
        return new Contract(terms(settings), Set.of(CUTS));
    }

    private static SortedMap<String, String> terms(DiscontinuationSettings settings) {
        TreeMap<String, String> terms = new TreeMap<>();
        DiscontinuationSettings.Features features = settings.features();
        terms.put("statistics.every", settings.statistics().every().toString());
        terms.put("intervals.boundary", Double.toString(settings.intervals().boundary()));
        terms.put(CUTS, cuts(settings.intervals().cuts()));
        terms.put("learning.optimiser", settings.learning().optimiser().toString());
        terms.put(LEDGER, "ordered");
        if (!settings.causes().names().isEmpty()) {
            terms.put("causes.names", String.join(",", settings.causes().names()));
        }
        if (features.text()) {
            terms.put("features.text-buckets", Integer.toString(features.textBuckets()));
        }
        if (features.categories()) {
            terms.put("features.category-buckets", Integer.toString(features.categoryBuckets()));
        }
        return terms;
    }

    /** Ends with a comma, so that cuts begin with others only where whole numbers do. */
    private static String cuts(List<Double> cuts) {
        StringBuilder text = new StringBuilder();
        cuts.forEach(cut -> text.append(cut).append(','));
        return text.toString();
    }
}
