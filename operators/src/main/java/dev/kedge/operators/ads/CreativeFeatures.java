// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.DiscontinuationSettings.Features;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.state.ads.AdvertiserLedger;
import dev.kedge.state.ads.AdvertiserLedger.Past;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.Delivery;
import dev.kedge.state.ads.LedgerEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The inputs of a creative. What never changes is hashed once, at launch; the numbers are computed
 * from what had been delivered at the moment that is asked for, and from nothing later.
 */
final class CreativeFeatures implements AutoCloseable {
    private static final double DAY = 86_400_000.0;
    private static final double RATE_PRIOR = 100;
    private static final int DELIVERY = 6;
    private static final int CLICK_THROUGH = 5;
    private static final int TIMING = 3;
    private static final int PAST = 4;
    private static final double PAST_PRIOR = 2;
    private static final double PRIOR_DAYS = 20;
    private static final int SHOWN_TEXT = 160;

    private final Features settings;
    private final long period;
    private final TextHasher text;
    private final int width;
    private final String identity;

    /** Groups of numbers, for explanations. */
    enum Group {
        DELIVERY("delivery", 0, CreativeFeatures.DELIVERY),
        CLICK_THROUGH("click-through", CreativeFeatures.DELIVERY, CreativeFeatures.CLICK_THROUGH),
        TIMING(
                "timing",
                CreativeFeatures.DELIVERY + CreativeFeatures.CLICK_THROUGH,
                CreativeFeatures.TIMING);

        private final String label;
        private final int from;
        private final int count;

        Group(String label, int from, int count) {
            this.label = label;
            this.from = from;
            this.count = count;
        }

        String label() {
            return label;
        }

        int from() {
            return from;
        }

        int count() {
            return count;
        }
    }

    /**
     * Reads what settings name.
     *
     * @param identity the category field that says which creatives are the same, and is no input;
     *     empty for none
     */
    CreativeFeatures(Features settings, long periodMillis, String identity) {
        this.settings = settings;
        this.identity = identity;
        this.period = periodMillis;
        this.text = new TextHasher(settings.textBuckets(), settings.maxTokens());
        this.width = pastFrom() + (settings.advertisers() > 0 ? PAST : 0);
    }

    /** How many numbers there are. */
    int width() {
        return width;
    }

    /** Index of the first numeric fact; two numbers a fact, the value and whether it is known. */
    int factsFrom() {
        return DELIVERY + CLICK_THROUGH + TIMING;
    }

    /** Index of the first number of the advertiser's past. */
    int pastFrom() {
        return factsFrom() + 2 * settings.facts().size();
    }

    /**
     * Hashes what a creative shows, and notes what its advertiser's other creatives did.
     *
     * @param advertisers what is known of them at the launch
     * @param at the launch, epoch milliseconds
     */
    LedgerEntry.Content hash(CreativeContent content, AdvertiserLedger advertisers, long at) {
        int[] tokens = settings.text() ? text.hash(content.text()) : new int[0];
        float[] facts = new float[width - factsFrom()];
        for (int i = 0; i < settings.facts().size(); i++) {
            Double value = content.numbers().get(settings.facts().get(i));
            facts[2 * i] = value == null ? 0 : (float) signedLog(value);
            facts[2 * i + 1] = value == null ? 0 : 1;
        }
        if (settings.advertisers() > 0) {
            past(advertisers.of(content.advertiser()), advertisers.all(), at, facts);
        }
        return new LedgerEntry.Content(
                new CreativeDescription(
                        content.advertiser(), shorten(content.text()), content.currency()),
                tokens,
                settings.categories() ? categories(content) : new int[0],
                facts,
                settings.embedding() == 0 ? new float[0] : content.embedding().clone());
    }

    /** Means and rates drawn towards those of all advertisers where little is known of this one. */
    private void past(Past own, Past all, long at, float[] facts) {
        int from = pastFrom() - factsFrom();
        double mean = all.stopped() == 0 ? 0 : all.logDays() / all.stopped();
        double rate = (all.stopped() + 1) / (all.exposureDays(at) + PRIOR_DAYS);
        facts[from] = (float) ((own.logDays() + PAST_PRIOR * mean) / (own.stopped() + PAST_PRIOR));
        facts[from + 1] = (float) Math.log1p((double) own.stopped());
        facts[from + 2] = (float) Math.log((own.stopped() + 1) / (own.exposureDays(at) + 1 / rate));
        facts[from + 3] = (float) Math.log1p((double) own.running());
    }

    private int[] categories(CreativeContent content) {
        List<Integer> rows = new ArrayList<>();
        int buckets = settings.categoryBuckets();
        if (!content.advertiser().isEmpty()) {
            rows.add(TextHasher.row("advertiser", content.advertiser(), buckets));
        }
        for (Map.Entry<String, String> field : content.categories().entrySet()) {
            if (!field.getValue().isEmpty() && !field.getKey().equals(identity)) {
                rows.add(TextHasher.row("field:" + field.getKey(), field.getValue(), buckets));
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What the stream says that a creative is; empty if it does not. */
    String identity(CreativeContent content) {
        return content.categories().getOrDefault(identity, "");
    }

    private static String shorten(String text) {
        if (text.length() <= SHOWN_TEXT) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, SHOWN_TEXT));
        return text.substring(0, end) + "…";
    }

    /**
     * Computes the raw numbers at one moment.
     *
     * @param entry the creative
     * @param known what had been delivered by then
     * @param at the moment, epoch milliseconds
     * @param out receives {@link #width()} numbers
     */
    void numbers(LedgerEntry entry, Delivery known, long at, float[] out) {
        if (settings.delivery()) {
            delivery(known, out);
            clickThrough(known, out);
        } else {
            Arrays.fill(out, 0, DELIVERY + CLICK_THROUGH, 0);
        }
        timing(entry, at, out);
        float[] facts = entry.content().facts();
        System.arraycopy(facts, 0, out, factsFrom(), facts.length);
    }

    private static void delivery(Delivery known, float[] out) {
        out[0] = (float) Math.log1p((double) known.impressions());
        out[1] = (float) Math.log1p((double) known.clicks());
        out[2] = (float) Math.log1p((double) known.conversions());
        out[3] = (float) Math.log1p(known.spend());
        out[4] = (float) Math.log1p((double) known.impressions(known.lastPeriod()));
        out[5] = (float) Math.log1p(known.spend(known.lastPeriod()));
    }

    private void clickThrough(Delivery known, float[] out) {
        int last = known.lastPeriod();
        double all = rate(known.clicks(), known.impressions());
        double latest = rate(known.clicks(last), known.impressions(last));
        out[6] = (float) Math.log(all);
        out[7] = (float) Math.log(latest);
        out[8] = (float) slope(known);
        out[9] = known.peakRate() == 0 ? 0 : (float) Math.log(latest / (known.peakRate() + 1e-4));
        out[10] = (float) Math.log1p(Math.max(0, last - known.peakPeriod()) * (period / DAY));
    }

    /** Least-squares slope of the log rate over the recent periods, a period. */
    private static double slope(Delivery known) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int back = 0; back < Delivery.RECENT; back++) {
            int p = known.lastPeriod() - back;
            if (known.knows(p)) {
                double y = Math.log(rate(known.clicks(p), known.impressions(p)));
                n++;
                sumX -= back;
                sumY += y;
                sumXx += (double) back * back;
                sumXy -= back * y;
            }
        }
        double spread = n * sumXx - sumX * sumX;
        return n < 2 || spread == 0 ? 0 : (n * sumXy - sumX * sumY) / spread;
    }

    private static void timing(LedgerEntry entry, long at, float[] out) {
        int from = DELIVERY + CLICK_THROUGH;
        double week = 2 * Math.PI * Math.floorMod(at, 7 * 86_400_000L) / (7 * DAY);
        out[from] = (float) Math.log1p(Math.max(0, at - entry.launchedAt()) / DAY);
        out[from + 1] = (float) Math.sin(week);
        out[from + 2] = (float) Math.cos(week);
    }

    private static double rate(long clicks, long impressions) {
        return (clicks + 1.0) / (impressions + RATE_PRIOR);
    }

    private static double signedLog(double value) {
        return Math.signum(value) * Math.log1p(Math.abs(value));
    }

    @Override
    public void close() {
        text.close();
    }
}
