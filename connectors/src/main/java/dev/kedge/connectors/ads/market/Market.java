// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.simulator.SimulatedRecord.Kind;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * One market: launches arrive as a Poisson process, and each running creative has its day reported
 * at the day's end until a draw from its true hazard stops it.
 */
final class Market {
    private static final double MINUTE = 60_000;
    private static final double CONVERSION_RATE = 0.05;
    private static final double COST_PER_THOUSAND = 4;

    private final MarketConfig config;
    private final CreativeStudio studio;
    private final UniformRandomProvider random;
    private final Agenda agenda;
    private final Consumer<Creative> known;
    private final Consumer<SimulatedRecord> out;
    private final long end;

    Market(
            MarketConfig config,
            CreativeStudio studio,
            UniformRandomProvider random,
            Agenda agenda,
            Consumer<Creative> known,
            Consumer<SimulatedRecord> out) {
        this.config = config;
        this.studio = studio;
        this.random = random;
        this.agenda = agenda;
        this.known = known;
        this.out = out;
        this.end = config.size().start().toEpochMilli() + config.size().days() * Spell.DAY;
    }

    void open() {
        planLaunch(config.size().start().toEpochMilli());
    }

    private void planLaunch(long after) {
        double days = -Math.log1p(-random.nextDouble()) / config.size().launchesPerDay();
        planBeforeEnd(after + (long) (days * Spell.DAY), this::launch);
    }

    private void launch(long at) {
        Creative creative = studio.next();
        known.accept(creative);
        send(
                SimulatedRecord.of(
                        new CreativeLaunched(
                                creative.model(), creative.id(), at, creative.content())));
        live(new Spell(creative, 0, at), 0);
        planLaunch(at);
    }

    private void live(Spell spell, int day) {
        Creative creative = spell.creative();
        if (random.nextDouble() < creative.hazard(day)) {
            long offset = 1 + (long) (random.nextDouble() * (Spell.DAY - 1));
            planBeforeEnd(spell.dayStart(day) + offset, at -> stop(spell, day, at));
        } else {
            planBeforeEnd(spell.dayStart(day + 1), at -> closeDay(spell, day, at));
        }
    }

    private void closeDay(Spell spell, int day, long at) {
        report(spell, day, at);
        live(spell, day + 1);
    }

    private void stop(Spell spell, int day, long at) {
        Creative creative = spell.creative();
        String reason = day < Creative.TRIAL_DAYS ? "cut-out" : "wear-out";
        send(
                SimulatedRecord.of(
                        new CreativeDiscontinued(creative.model(), creative.id(), at, reason)));
        if (random.nextDouble() < config.reactivatedShare()) {
            long pause = (long) ((2 + 8 * random.nextDouble()) * Spell.DAY);
            planBeforeEnd(at + pause, later -> reactivate(spell, later));
        }
    }

    private void reactivate(Spell spell, long at) {
        Creative creative = spell.creative();
        send(SimulatedRecord.of(new CreativeReactivated(creative.model(), creative.id(), at)));
        live(new Spell(creative, spell.number() + 1, at), 0);
    }

    private void report(Spell spell, int day, long at) {
        SimulatedRecord report = SimulatedRecord.of(statistics(spell, day, at));
        if (random.nextDouble() < config.faults().lateShare()) {
            sendLater(late(report));
        } else {
            send(report);
        }
        if (random.nextDouble() < config.faults().duplicateShare()) {
            sendLater(report.again(at + 1 + (long) (random.nextDouble() * 30 * MINUTE)));
        }
        if (random.nextDouble() < config.faults().brokenShare()) {
            byte[] bytes = BrokenBytes.draw(spell.creative(), at, random);
            send(new SimulatedRecord(report.key(), bytes, at, at, Kind.BROKEN));
        }
    }

    private SimulatedRecord late(SimulatedRecord report) {
        long delay = 1 + (long) (random.nextDouble() * config.faults().latest().toMillis());
        return new SimulatedRecord(
                report.key(), report.value(), report.at(), report.at() + delay, Kind.LATE);
    }

    private IntervalStatistics statistics(Spell spell, int day, long at) {
        Creative creative = spell.creative();
        long impressions = poisson(creative.reach());
        long clicks = Math.min(impressions, poisson(impressions * creative.clickThroughRate(day)));
        long conversions = Math.min(clicks, poisson(clicks * CONVERSION_RATE));
        double spend = Math.round(impressions * COST_PER_THOUSAND / 10) / 100.0;
        return new IntervalStatistics(
                creative.model(), creative.id(), at, day, impressions, clicks, conversions, spend);
    }

    private long poisson(double mean) {
        return mean <= 0 ? 0 : PoissonSampler.of(random, mean).sample();
    }

    private void planBeforeEnd(long at, LongConsumer action) {
        if (at < end) {
            agenda.plan(at, () -> action.accept(at));
        }
    }

    private void send(SimulatedRecord entry) {
        out.accept(entry);
    }

    private void sendLater(SimulatedRecord entry) {
        agenda.plan(entry.arrivesAt(), () -> out.accept(entry));
    }
}
