// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.state.ads.AdvertiserLedger;
import dev.kedge.state.ads.Delivery;
import dev.kedge.state.ads.LedgerEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the live model knows of each creative at its launch, for learners that are no part of a
 * stream and are to be compared with it: the same hashes, the same numbers, the same past of the
 * advertiser. Reads launches and discontinuations of one model in order of event time. Remembers
 * every creative that it saw. Not thread-safe.
 */
public final class LaunchInputs implements AutoCloseable {
    private final DiscontinuationSettings settings;
    private final CreativeFeatures features;
    private final AdvertiserLedger advertisers;
    private final Map<String, LedgerEntry> entries = new HashMap<>();

    /**
     * Inputs of a creative at its launch.
     *
     * @param tokens rows of the text table
     * @param categories rows of the category table
     * @param embedding ready embedding, or an empty array
     * @param numbers raw numbers, not standardised
     */
    public record Input(int[] tokens, int[] categories, float[] embedding, float[] numbers) {}

    /** Reads what settings name. */
    public LaunchInputs(DiscontinuationSettings settings) {
        this.settings = settings;
        this.features =
                new CreativeFeatures(
                        settings.features(), settings.statistics().every().toMillis(), "");
        this.advertisers = new AdvertiserLedger(settings.features().advertisers());
    }

    /** The encoder that the live model has. */
    public MultimodalEncoder.Settings encoder() {
        return DiscontinuationShared.encoder(settings, features.width());
    }

    /** Takes the next event; gives the inputs if it is a launch. */
    public Optional<Input> see(CreativeEvent event) {
        if (event instanceof CreativeLaunched launched) {
            return Optional.of(launch(launched));
        }
        if (event instanceof CreativeDiscontinued discontinued) {
            Optional.ofNullable(entries.get(discontinued.creative()))
                    .ifPresent(entry -> stop(entry, discontinued));
        }
        return Optional.empty();
    }

    private Input launch(CreativeLaunched event) {
        LedgerEntry.Content content = features.hash(event.content(), advertisers, event.at());
        LedgerEntry entry = new LedgerEntry(event.creative(), content, event.at(), event.at());
        entries.put(event.creative(), entry);
        advertisers.launched(content.advertiser(), event.at());
        float[] numbers = new float[features.width()];
        features.numbers(entry, new Delivery(), event.at(), numbers);
        return new Input(content.tokens(), content.categories(), content.embedding(), numbers);
    }

    private void stop(LedgerEntry entry, CreativeDiscontinued event) {
        String advertiser = entry.content().advertiser();
        if (settings.censoring().contains(event.reason())) {
            advertisers.lost(advertiser, entry.launchedAt(), event.at());
        } else {
            advertisers.stopped(advertiser, entry.launchedAt(), event.at());
        }
    }

    @Override
    public void close() {
        features.close();
    }
}
