// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.state.ads.ExpertForecasts;
import dev.kedge.state.ads.LedgerEntry;
import java.util.function.IntToDoubleFunction;

/**
 * Where the experts of a model are asked, and taught. Holds no knowledge but scratch space, which
 * all models of one task share. Not thread-safe.
 */
public final class Panel {
    private final Intervals intervals;
    private final int columns;
    private final double[] logStarts;
    private final LinearInputs inputs = new LinearInputs();
    private final double[] logits;
    private final double[] own;
    private final double[] heard = new double[Expert.ALONE];
    private final double[] foretold = new double[Expert.ALONE + 1];

    /** Whom the row 0 was about; the rows after it are the same creative, partly hidden. */
    private EffectTable.Key key = Keys.NOBODY;

    private Effect advertiser;
    private Effect campaign;

    /** By whom the row 0 was foretold, which is nobody where it hides them. */
    private Effect ownAdvertiser;

    private Effect ownCampaign;

    /**
     * A row of a batch that experts are asked about. The row 0, all columns of which are wanted,
     * comes first, and those that hide some of it after it.
     *
     * @param content what the creative shows
     * @param batch holds its inputs as the net reads them, some of them hidden perhaps
     * @param row of the batch; 0 is the creative itself
     * @param numbers how many numbers a row has
     * @param past whether the advertiser's past may be known
     * @param atLaunch whether the creative is in its first interval
     * @param from first column that is wanted
     * @param to column after the last that is wanted
     */
    public record Row(
            LedgerEntry.Content content,
            PersonPeriodBatch batch,
            int row,
            int numbers,
            boolean past,
            boolean atLaunch,
            int from,
            int to) {}

    public Panel(Intervals intervals) {
        this.intervals = intervals;
        columns = intervals.columns();
        advertiser = new Effect(columns);
        campaign = advertiser;
        ownAdvertiser = advertiser;
        ownCampaign = advertiser;
        logits = new double[Expert.ALONE * columns];
        own = new double[logits.length];
        logStarts = new double[columns + 1];
        for (int k = 0; k <= columns; k++) {
            logStarts[k] = Math.log1p(intervals.startDays(k));
        }
    }

    /**
     * Mixes the net's hazards of one row with those of the other experts.
     *
     * @param hazards rows x columns; those of the row are the net's, and become the mixed ones
     *     where they are wanted
     * @param byCause rows x columns x causes, which keep their parts of the hazards
     */
    public void mix(Experts experts, Row row, double[] hazards, double[] byCause) {
        ask(experts, row, hazards);
        int causes = byCause.length / hazards.length;
        for (int k = row.from(); k < row.to(); k++) {
            int at = row.row() * columns + k;
            double mixed = experts.mixed(logits, k, columns, row.atLaunch());
            double factor = hazards[at] > 0 ? mixed / hazards[at] : 1;
            hazards[at] = mixed;
            for (int c = 0; c < causes; c++) {
                byCause[at * causes + c] *= factor;
            }
        }
        if (row.row() == 0) {
            System.arraycopy(logits, 0, own, 0, own.length);
        }
    }

    private void ask(Experts experts, Row row, double[] hazards) {
        if (row.row() == 0) {
            key = Keys.campaign(row.content());
            advertiser = experts.ofAdvertiser(key, true);
            campaign = experts.ofCampaign(key, true);
        }
        askSimple(experts, row);
        inputs.begin(row.batch().categories(row.row()), key);
        for (int i = 0; i < row.numbers(); i++) {
            inputs.number(i, row.batch().number(row.row(), i));
        }
        inputs.text(row.batch().tokens(row.row()));
        int linear = Expert.LINEAR.place() * columns;
        experts.linear().logits(inputs, logits, linear, row.from(), row.to());
        for (int k = row.from(); k < row.to(); k++) {
            logits[Expert.NET.place() * columns + k] = Odds.logit(hazards[row.row() * columns + k]);
            logits[linear + k] = Odds.limited(logits[linear + k]);
        }
    }

    /** Those that know nothing but the advertiser say the same as long as that is not hidden. */
    private void askSimple(Experts experts, Row row) {
        boolean shown = row.batch().categories(row.row()).length > 0;
        Effect ofAdvertiser = row.past() ? advertiser : experts.ofAdvertiser(key, false);
        Effect ofCampaign = row.past() && shown ? campaign : experts.ofCampaign(key, false);
        boolean asBefore = ofAdvertiser == ownAdvertiser && ofCampaign == ownCampaign;
        if (row.row() > 0 && asBefore) {
            for (int i = 0; i < Expert.SIMPLE; i++) {
                int at = i * columns + row.from();
                System.arraycopy(own, at, logits, at, row.to() - row.from());
            }
        } else {
            experts.ask(ofAdvertiser, ofCampaign, logStarts, logits, row.from(), row.to());
        }
        if (row.row() == 0) {
            ownAdvertiser = ofAdvertiser;
            ownCampaign = ofCampaign;
        }
    }

    /** Remembers with a creative what was foretold of it last, the row 0, as that of its launch. */
    public void noteLaunch(LedgerEntry entry) {
        entry.forecasts().launched(own);
    }

    /**
     * Remembers with a creative what was foretold, by the row 0, of the interval that begins next:
     * the newest that was said before an interval is what its outcome judges.
     *
     * @param at epoch milliseconds
     */
    public void note(LedgerEntry entry, long at) {
        long age = Math.max(0, at - entry.launchedAt());
        int interval = intervals.at(age);
        boolean begins = interval > 0 && intervals.start(interval) == age;
        for (int k = begins ? interval : interval + 1; k <= interval + 1; k++) {
            if (k >= entry.openInterval()) {
                entry.forecasts().next(k, own, columns, intervals.column(k));
            }
        }
    }

    /**
     * Judges all experts by the outcome of a creative's open interval, and teaches those that know
     * advertisers.
     *
     * @param stop whether it was discontinued in it
     * @param day number of the day, by which outcomes of one decision are known
     * @return how much the outcome counts beside others of the same decision
     */
    public double observe(Experts experts, LedgerEntry entry, boolean stop, long day) {
        int column = intervals.column(entry.openInterval());
        EffectTable.Key key = Keys.campaign(entry.content());
        double weight = experts.weigh(key, column, day);
        ExpertForecasts forecasts = entry.forecasts();
        if (forecasts.knowsLaunch(logits.length)) {
            hear(i -> forecasts.atLaunch(i * columns + column));
            experts.judge(heard, foretold, column, true, stop, weight);
        }
        int interval = entry.openInterval();
        if (interval > 0 && forecasts.knowsNext(interval, Expert.ALONE)) {
            hear(i -> forecasts.next(interval, i));
            experts.judge(heard, foretold, column, false, stop, weight);
        }
        experts.learn(key, column, stop, weight);
        return weight;
    }

    private void hear(IntToDoubleFunction logit) {
        for (int i = 0; i < heard.length; i++) {
            heard[i] = Odds.limited(logit.applyAsDouble(i));
            foretold[i] = Odds.sigmoid(heard[i]);
        }
    }

    /**
     * Teaches the linear expert.
     *
     * @param content what the creative shows
     * @param numbers standardised, by their places
     * @param count of the numbers
     */
    public void learn(
            Experts experts,
            LedgerEntry.Content content,
            IntToDoubleFunction numbers,
            int count,
            Outcome outcome) {
        inputs.begin(content.categories(), Keys.campaign(content));
        for (int i = 0; i < count; i++) {
            inputs.number(i, numbers.applyAsDouble(i));
        }
        inputs.text(content.tokens());
        experts.linear().learn(inputs, outcome.column(), outcome.stop(), outcome.weight());
    }

    /**
     * What became of a column.
     *
     * @param column of the hazards
     * @param stop whether the creative was discontinued in it
     * @param weight how much it counts
     */
    public record Outcome(int column, boolean stop, double weight) {}
}
