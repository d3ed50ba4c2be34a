// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.part.MemoryPartStore;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked once for a creative must be what each of its rows would have been told. */
class PanelTest {
    private static final Intervals INTERVALS = new Intervals(List.of(0.0, 1.0, 3.0, 7.0), 3);
    private static final int COLUMNS = INTERVALS.columns();
    private static final Experts.Sizes SIZES = new Experts.Sizes(COLUMNS, 2, 0.1, 64, 3);
    private static final ExpertSettings SETTINGS = new ExpertSettings(true, 0.01, 0.5, 64);
    private static final int[] CATEGORIES = {2, 3};
    private static final int[] TOKENS = {5, 8};

    private final Experts experts = Experts.restored(SETTINGS, SIZES, new MemoryPartStore());
    private final LedgerEntry.Content content =
            new LedgerEntry.Content(
                    new CreativeDescription("acme", "", ""),
                    TOKENS,
                    CATEGORIES,
                    new float[0],
                    new float[0]);

    private record Shown(int[] tokens, int[] categories, float number, boolean past) {}

    private static final Shown ALL = new Shown(TOKENS, CATEGORIES, 0.5f, true);
    private static final Shown WITHOUT_TEXT = new Shown(new int[0], CATEGORIES, 0.5f, true);
    private static final Shown WITHOUT_CATEGORIES = new Shown(TOKENS, new int[0], 0.5f, true);
    private static final Shown WITHOUT_NUMBER = new Shown(TOKENS, CATEGORIES, 0, true);
    private static final Shown WITHOUT_PAST = new Shown(TOKENS, CATEGORIES, 0.5f, false);

    @BeforeEach
    void someAdvertisersAreQuickerThanOthers() {
        EffectTable.Key acme = Keys.campaign(content);
        EffectTable.Key other = new EffectTable.Key(acme.advertiser() + 1, acme.campaign());
        LinearInputs inputs = new LinearInputs();
        for (int day = 0; day < 20; day++) {
            experts.learn(acme, day % COLUMNS, day % 2 == 0, 1);
            experts.learn(other, day % COLUMNS, day % 5 == 0, 1);
            inputs.begin(CATEGORIES, acme);
            inputs.number(0, 0.5);
            inputs.text(TOKENS);
            experts.linear().learn(inputs, day % COLUMNS, day % 2 == 0, 1);
        }
        double[] logits = {-1, -2, 0, 1, -1, -3};
        double[] hazards = Arrays.stream(Arrays.copyOf(logits, 7)).map(Odds::sigmoid).toArray();
        for (int column = 0; column < COLUMNS; column++) {
            experts.judge(logits, hazards, column, true, true, 1);
        }
    }

    private double[] hazards(Panel panel, Shown... rows) {
        PersonPeriodBatch batch = new PersonPeriodBatch(rows.length, 1);
        double[] hazards = new double[rows.length * COLUMNS];
        Arrays.fill(hazards, 0.2);
        for (Shown shown : rows) {
            int row = batch.add(shown.tokens(), shown.categories(), new float[0]);
            batch.number(row, 0, shown.number());
        }
        for (int row = 0; row < rows.length; row++) {
            boolean past = rows[row].past();
            panel.mix(
                    experts,
                    new Panel.Row(content, batch, row, 1, past, true, 0, COLUMNS),
                    hazards,
                    hazards.clone());
        }
        return hazards;
    }

    @Test
    void whatIsPartlyHiddenIsMixedAsIfItWereAskedAlone() {
        Shown[] rows = {ALL, WITHOUT_TEXT, WITHOUT_CATEGORIES, WITHOUT_NUMBER, WITHOUT_PAST};
        double[] together = hazards(new Panel(INTERVALS), rows);

        for (int row = 0; row < rows.length; row++) {
            double[] alone = hazards(new Panel(INTERVALS), rows[row]);
            assertThat(Arrays.copyOfRange(together, row * COLUMNS, (row + 1) * COLUMNS))
                    .as("row %d", row)
                    .containsExactly(alone);
        }
    }

    @Test
    void whatIsHiddenMatters() {
        double[] all = hazards(new Panel(INTERVALS), ALL);

        for (Shown less : List.of(WITHOUT_TEXT, WITHOUT_CATEGORIES, WITHOUT_NUMBER, WITHOUT_PAST)) {
            assertThat(hazards(new Panel(INTERVALS), less)).isNotEqualTo(all);
        }
    }

    @Test
    void aPanelKeepsNothingOfTheCreativeBefore() {
        Panel panel = new Panel(INTERVALS);
        double[] first = hazards(panel, WITHOUT_PAST, WITHOUT_TEXT);

        hazards(panel, ALL, WITHOUT_CATEGORIES);

        assertThat(hazards(panel, WITHOUT_PAST, WITHOUT_TEXT)).containsExactly(first);
    }
}
