// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.operators.ads.creative.ModelMetrics.ExpertShare;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.part.MemoryPartStore;
import java.util.List;

/** Bytes of experts of two columns and four weights, with the values in them. */
public final class ExpertBytes {
    private static final long DAY = 86_400_000L;
    private static final Experts.Sizes SIZES = new Experts.Sizes(2, 1, 0.25, 64, 3);
    private static final ExpertSettings SETTINGS = new ExpertSettings(true, 0, 0.5, 4);
    private static final String MIX = "mixture/experts";

    private ExpertBytes() {}

    private static LedgerEntry entry() {
        CreativeDescription shown = new CreativeDescription("acme", "", "");
        LedgerEntry.Content content =
                new LedgerEntry.Content(
                        shown, new int[] {1}, new int[] {2, 3}, new float[0], new float[0]);
        return new LedgerEntry("c", content, 0, DAY);
    }

    /** One creative that outlived the first column and was stopped in the second, after e days. */
    private static Experts taught() {
        Experts experts = Experts.restored(SETTINGS, SIZES, new MemoryPartStore());
        LedgerEntry entry = entry();
        EffectTable.Key key = Keys.campaign(entry.content());
        double[] logits = {-1, -2, 0, 1, -1, -0.5};
        double[] hazards = {0.25, 0.125, 0.5, 0.75, 0.25, 0.375, 0};
        experts.judge(logits, hazards, 0, true, false, 1);
        experts.judge(logits, hazards, 1, false, true, 0.5);
        experts.learn(key, 0, false, experts.weigh(key, 0, 1));
        experts.learn(key, 1, true, experts.weigh(key, 1, 2));
        experts.stopped(entry, 2 * DAY);
        LinearInputs inputs = new LinearInputs();
        inputs.begin(entry.content().categories(), key);
        experts.linear().learn(inputs, 1, true, 1);
        return experts;
    }

    /** The mixture and what it is made of. */
    public static byte[] mix() {
        MemoryPartStore store = new MemoryPartStore();
        taught().flush(store);
        return store.get(MIX).orElseThrow();
    }

    /** Its values. */
    public static List<Object> mix(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(MIX, bytes);
        Experts experts = Experts.restored(SETTINGS, SIZES, store);
        ExpertShare net = experts.shares().get(Expert.NET.place());
        LinearInputs inputs = new LinearInputs();
        inputs.begin(entry().content().categories(), Keys.campaign(entry().content()));
        return List.of(net.launch(), net.loss(), experts.linear().logit(inputs, 1));
    }

    /** The bucket of the only advertiser. */
    public static byte[] effects() {
        MemoryPartStore store = new MemoryPartStore();
        taught().flush(store);
        return store.get(store.names("mixture/effects/").first()).orElseThrow();
    }

    /** Its values. */
    public static List<Object> effects(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        MemoryPartStore written = new MemoryPartStore();
        taught().flush(written);
        store.put(written.names("mixture/effects/").first(), bytes);
        EffectTable table = new EffectTable(128, 2, store);
        EffectTable.Key key = Keys.campaign(entry().content());
        Effect campaign = table.of(key);
        Effect advertiser = table.of(Keys.alone(key));
        return List.of(campaign.hazard(1, 0.25, 1), advertiser.pace(1), campaign.meanLogDays(0, 1));
    }
}
