// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/** What a creative memory writes, for the test of stored formats. */
public final class MemoryBytes {
    private static final Member MEMBER = new Member(7, "c|ü", "a-17", "c0", -5);
    private static final RecallSettings SETTINGS =
            new RecallSettings(
                    true,
                    0.1,
                    1,
                    "",
                    RecallSettings.Views.DEFAULT,
                    new RecallSettings.Clip(2, 0, 0.5),
                    RecallSettings.Bank.DEFAULT,
                    RecallSettings.Answers.DEFAULT);

    private MemoryBytes() {}

    /** Who an instance is. */
    public static byte[] member() {
        return MEMBER.toBytes();
    }

    /** Reads it back. */
    public static List<Object> member(byte[] bytes) {
        Member member = Member.fromBytes(bytes);
        return List.of(
                member.id(), member.creative(), member.identity(), member.group(), member.since());
    }

    /** Two creatives were learned, two wait. */
    public static byte[] progress() {
        MemoryPartStore store = new MemoryPartStore();
        CreativeMemory memory = CreativeMemory.restored(SETTINGS, store);
        SurvivalLedger ledger = new SurvivalLedger(9);
        for (int i = 0; i < 4; i++) {
            if (i == 2) {
                memory.lesson(ledger, RestorableRandom.seeded(1));
            }
            LedgerEntry.Content content =
                    new LedgerEntry.Content(
                            CreativeDescription.NONE,
                            new int[0],
                            new int[0],
                            new float[0],
                            new float[] {i});
            LedgerEntry entry = new LedgerEntry("c" + i, content, i, i + 1);
            ledger.add(entry);
            CreativeMemory.Moment moment =
                    new CreativeMemory.Moment(
                            "m", i, 0, shown -> new double[] {shown.get(0).embedding()[0]});
            memory.launch(entry, "", moment, true);
        }
        memory.flush(store);
        return store.get("memory/progress").orElseThrow();
    }

    /** Reads it back. */
    public static List<Object> progress(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put("memory/progress", bytes);
        CreativeMemory memory = CreativeMemory.restored(SETTINGS, store);
        return List.of(memory.learned(), memory.isFull());
    }
}
