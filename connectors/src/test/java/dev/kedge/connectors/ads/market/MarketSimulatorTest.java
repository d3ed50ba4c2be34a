// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.simulator.Concordance;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.simulator.SimulatedRecord.Kind;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketSimulatorTest {
    private static final MarketConfig CONFIG =
            MarketConfig.DEFAULT.withSize(2, 6, 150).withFaults(0.05, 0.05, 0.02);

    /** Taken before there were copies: they must not change what comes without them. */
    private static final long FIRST_RECORDS = -4267558789381938186L;

    private final MarketSimulator simulator = new MarketSimulator(CONFIG);
    private final List<SimulatedRecord> records = new ArrayList<>();
    private final List<CreativeEvent> events = new ArrayList<>();

    @BeforeAll
    void simulate() throws UndecodableException {
        simulator.forEachRemaining(records::add);
        for (SimulatedRecord entry : records) {
            if (entry.kind() == Kind.REGULAR || entry.kind() == Kind.LATE) {
                events.add(new CreativeEventJson().decode(entry.value()));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        MarketSimulator again = new MarketSimulator(CONFIG);

        for (SimulatedRecord entry : records) {
            SimulatedRecord twin = again.next();
            assertThat(twin.value()).isEqualTo(entry.value());
            assertThat(twin.arrivesAt()).isEqualTo(entry.arrivesAt());
        }
        assertThat(again.hasNext()).isFalse();
        assertThatThrownBy(again::next).hasMessageContaining("over");
    }

    @Test
    void aShareOfTheLaunchesIsAnEarlierCreativeUploadedAgain() throws UndecodableException {
        MarketSimulator copying = new MarketSimulator(CONFIG.withCopies(0.2));
        Map<String, CreativeLaunched> launches = new HashMap<>();
        List<CreativeLaunched> copies = new ArrayList<>();
        while (copying.hasNext()) {
            SimulatedRecord entry = copying.next();
            if (entry.kind() == Kind.REGULAR
                    && new CreativeEventJson().decode(entry.value())
                            instanceof CreativeLaunched launch) {
                launches.put(launch.creative(), launch);
                if (!copying.original(launch.creative()).orElseThrow().equals(launch.creative())) {
                    copies.add(launch);
                }
            }
        }

        assertThat((double) copies.size() / launches.size()).isBetween(0.15, 0.25);
        for (CreativeLaunched copy : copies) {
            CreativeLaunched original =
                    launches.get(copying.original(copy.creative()).orElseThrow());
            assertThat(original.at()).isLessThan(copy.at());
            assertThat(copy.content().advertiser()).isEqualTo(original.content().advertiser());
            assertThat(copying.hazard(copy.creative(), 3))
                    .isEqualTo(copying.hazard(original.creative(), 3));
        }
        assertThat(
                        copies.stream()
                                .filter(
                                        copy ->
                                                copy.content()
                                                        .equals(
                                                                launches.get(
                                                                                copying.original(
                                                                                                copy
                                                                                                        .creative())
                                                                                        .orElseThrow())
                                                                        .content())))
                .as("some, not all, as they were")
                .hasSizeBetween(1, copies.size() - 1);
    }

    @Test
    void withoutCopiesTheRecordsAreThoseOfBefore() {
        assertThat(simulator.original("market-1-1")).contains("market-1-1");
        assertThat(simulator.original("market-1-0")).isEmpty();
        long hash = 0;
        for (SimulatedRecord entry : records.subList(0, 500)) {
            hash = 31 * hash + Arrays.hashCode(entry.value());
        }
        assertThat(hash).isEqualTo(FIRST_RECORDS);
    }

    @Test
    void anotherSeedGivesOtherRecords() {
        SimulatedRecord first = new MarketSimulator(CONFIG.withSeed(18)).next();

        assertThat(first.value()).isNotEqualTo(records.get(0).value());
    }

    @Test
    void recordsComeInOrderOfArrivalAndOnlyLateOrDoubledOnesOutOfEventTime() {
        long arrived = 0;
        long happened = 0;
        for (SimulatedRecord entry : records) {
            assertThat(entry.arrivesAt()).isGreaterThanOrEqualTo(arrived);
            arrived = entry.arrivesAt();
            if (entry.kind() == Kind.REGULAR || entry.kind() == Kind.BROKEN) {
                assertThat(entry.at()).isGreaterThanOrEqualTo(happened);
                happened = entry.at();
            }
            assertThat(arrived - entry.at()).isBetween(0L, CONFIG.faults().latest().toMillis());
        }
    }

    @Test
    void faultsAreAsFrequentAsConfigured() {
        double reports = count(IntervalStatistics.class);

        assertThat(count(Kind.LATE) / reports).isCloseTo(0.05, within(0.01));
        assertThat(count(Kind.DUPLICATE) / reports).isCloseTo(0.05, within(0.01));
        assertThat(count(Kind.BROKEN) / reports).isCloseTo(0.02, within(0.01));
    }

    @Test
    void everyBrokenRecordIsRefused() {
        CreativeEventJson json = new CreativeEventJson();

        for (SimulatedRecord entry : records) {
            if (entry.kind() == Kind.BROKEN) {
                assertThatThrownBy(() -> json.decode(entry.value()))
                        .isInstanceOf(UndecodableException.class);
            }
        }
    }

    @Test
    void launchesComeAtTheConfiguredRate() {
        assertThat((double) count(CreativeLaunched.class)).isCloseTo(2 * 6 * 150, within(150.0));
    }

    @Test
    void poorCreativesAreCutOutAndBothEndsAreFrequent() {
        double stops = count(CreativeDiscontinued.class);
        double cutOuts = count(CreativeDiscontinued.class, stop -> stop.reason().equals("cut-out"));
        Map<String, CreativeDiscontinued> firstStops = firstStops();
        double poor = shareCutOut(firstStops, true);
        double good = shareCutOut(firstStops, false);

        assertThat(cutOuts / stops).isBetween(0.2, 0.7);
        assertThat(poor).isGreaterThan(good + 0.3);
    }

    @Test
    void someCreativesRunAgain() {
        assertThat(count(CreativeReactivated.class)).isPositive();
    }

    @Test
    void theTrueHazardsRankLifetimes() {
        double concordance = Concordance.of(lives(id -> -expectedDays(id)));

        assertThat(concordance).isBetween(0.75, 0.9);
    }

    @Test
    void hazardsAreProbabilitiesAndUnknownCreativesHaveNone() {
        assertThat(simulator.hazards("market-1-1", 100)).hasSize(100);
        for (double hazard : simulator.hazards("market-1-1", 100)) {
            assertThat(hazard).isBetween(0.0, 1.0);
        }
        assertThat(simulator.hazard("nobody", 0)).isEmpty();
        assertThat(simulator.hazard("market-1-1", 0)).isPresent();
    }

    @Test
    void absurdConfigurationsAreRefused() {
        assertThatThrownBy(() -> CONFIG.withSize(0, 1, 1)).hasMessageContaining("markets is 0");
        assertThatThrownBy(() -> CONFIG.withSize(1, Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> CONFIG.withFaults(2, 0, 0)).hasMessageContaining("lateShare");
    }

    private double expectedDays(String creative) {
        double alive = 1;
        double days = 0;
        for (double hazard : simulator.hazards(creative, 150)) {
            alive *= 1 - hazard;
            days += alive;
        }
        return days;
    }

    private List<Concordance.Life> lives(ToDoubleFunction<String> risk) {
        long end = CONFIG.size().start().toEpochMilli() + CONFIG.size().days() * 86_400_000L;
        Map<String, CreativeDiscontinued> stops = firstStops();
        List<Concordance.Life> lives = new ArrayList<>();
        for (CreativeEvent event : events) {
            if (event instanceof CreativeLaunched) {
                CreativeDiscontinued stop = stops.get(event.creative());
                long until = stop == null ? end : stop.at();
                lives.add(
                        new Concordance.Life(
                                until - event.at(),
                                stop != null,
                                risk.applyAsDouble(event.creative())));
            }
        }
        return lives;
    }

    private Map<String, CreativeDiscontinued> firstStops() {
        Map<String, CreativeDiscontinued> stops = new HashMap<>();
        for (CreativeEvent event : events) {
            if (event instanceof CreativeDiscontinued stop) {
                stops.putIfAbsent(stop.creative(), stop);
            }
        }
        return stops;
    }

    private double shareCutOut(Map<String, CreativeDiscontinued> stops, boolean poor) {
        return stops.values().stream()
                .filter(stop -> simulator.hazard(stop.creative(), 0).orElse(0.0) > 0.033 == poor)
                .mapToDouble(stop -> stop.reason().equals("cut-out") ? 1 : 0)
                .average()
                .orElse(0);
    }

    private long count(Kind kind) {
        return records.stream().filter(entry -> entry.kind() == kind).count();
    }

    private <E extends CreativeEvent> long count(Class<E> type) {
        return count(type, event -> true);
    }

    private <E extends CreativeEvent> long count(Class<E> type, Predicate<E> which) {
        return events.stream().filter(type::isInstance).map(type::cast).filter(which).count();
    }
}
