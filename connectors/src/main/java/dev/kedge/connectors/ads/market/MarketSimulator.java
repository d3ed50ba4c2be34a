// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import dev.kedge.connectors.simulator.SimulatedRecord;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Ad markets that do not exist: creatives are launched, seen, clicked, and stopped by a hazard that
 * is known. Poor creatives are cut out within two weeks; good ones run until people tire of them.
 * What a creative shows tells most, not all, of its fate. The same configuration always gives the
 * same records, in order of arrival. One thread at a time.
 */
public final class MarketSimulator implements Iterator<SimulatedRecord> {
    // Shared by all seeds, so that a seed changes who comes and not what people like.
    private static final long TASTE_SEED = 0x6B65646765L;
    private static final long COPY_SEED = 0x636F7079L;

    private final Agenda agenda = new Agenda();
    private final Queue<SimulatedRecord> ready = new ArrayDeque<>();
    private final Map<String, Creative> creatives = new HashMap<>();

    /** Opens all markets. */
    public MarketSimulator(MarketConfig config) {
        UniformRandomProvider seeds = random(config.seed());
        for (String model : models(config)) {
            UniformRandomProvider own = random(seeds.nextLong());
            Taste taste = new Taste(random(TASTE_SEED), own);
            long seed = own.nextLong();
            CreativeStudio studio =
                    new CreativeStudio(
                            model,
                            config.embeddingWidth(),
                            taste,
                            new Copyist(config.copyShare(), random(seed ^ COPY_SEED)),
                            random(seed));
            new Market(config, studio, own, agenda, this::remember, ready::add).open();
        }
    }

    /** The markets' names, which are the models'. */
    public static List<String> models(MarketConfig config) {
        return IntStream.rangeClosed(1, config.size().markets())
                .mapToObj(i -> "market-" + i)
                .toList();
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !agenda.isEmpty()) {
            agenda.next();
        }
        return !ready.isEmpty();
    }

    @Override
    public SimulatedRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the simulation is over");
        }
        return ready.remove();
    }

    /**
     * The true probability that a creative is stopped on a day of its life, given that it runs at
     * the day's start; empty for a creative that was not launched yet.
     *
     * @param creative its id, unique over all markets
     * @param day days since the start of the spell, 0-based
     */
    public Optional<Double> hazard(String creative, int day) {
        return Optional.ofNullable(creatives.get(creative)).map(found -> found.hazard(day));
    }

    /** True hazards of the first days of a creative's life; empty if it was not launched yet. */
    public double[] hazards(String creative, int days) {
        Creative found = creatives.get(creative);
        return found == null
                ? new double[0]
                : IntStream.range(0, days).mapToDouble(found::hazard).toArray();
    }

    /**
     * The first creative that a creative shows the same as: itself if it is no copy; empty if it
     * was not launched yet.
     */
    public Optional<String> original(String creative) {
        return Optional.ofNullable(creatives.get(creative)).map(Creative::original);
    }

    private void remember(Creative creative) {
        creatives.put(creative.id(), creative);
    }

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }
}
