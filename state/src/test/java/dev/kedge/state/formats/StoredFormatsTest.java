// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.ads.AdvertiserLedger;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.ads.Delivery;
import dev.kedge.state.ads.ExpertForecasts;
import dev.kedge.state.ads.ForetoldInterval;
import dev.kedge.state.ads.IntervalForecasts;
import dev.kedge.state.ads.IntervalForecasts.Occasion;
import dev.kedge.state.ads.LedgerEntry;
import dev.kedge.state.ads.SurvivalLedger;
import dev.kedge.state.bank.BankEntry;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.bank.ReadOut;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.ModelFile;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A golden file for each stored format of this module, and what damage to it leads to. */
class StoredFormatsTest extends StoredFormatContract {
    private static final long DAY = 86_400_000L;
    private static final String BUCKET = "advertisers/00";
    private static final BankSettings BANK_SETTINGS =
            new BankSettings(2, new BankSettings.Bounds(1, 3, 5, ReadOut.FIXED_MOMENTUM, 0.5));
    private static final String ORDER = "order";
    private static final String DUE = "order/running/0000000000000018";
    private static final String BANK = "bank";
    private static final String BANK_ENTRY = "bank/entry/0000000000000001";
    private static final String BANK_IMAGE = "bank/image/0000000000000001";

    @Override
    protected Stream<StoredFormat> formats() {
        return Stream.of(
                new StoredFormat(
                        Family.PARAMETERS,
                        1,
                        List.of("[1.0, -2.5, 3.0E-8, NaN, -0.0, 6.0]", 6),
                        () -> ParameterSnapshot.write(layout(), vector()),
                        StoredFormatsTest::parameters),
                new StoredFormat(
                        Family.LEDGER_ENTRY,
                        8,
                        List.of(
                                "c-2",
                                "0.5 -1.25 2.0 31.0",
                                "next of 1: -1.25 31.0, of 2: 0.5 2.0",
                                "",
                                "at 5: 1000 to 2000, true false, 0.5 -31.0, -0.05 0.25",
                                "judged"),
                        () -> withIntervals().toBytes(),
                        StoredFormatsTest::intervals),
                new StoredFormat(
                        Family.ADVERTISERS,
                        1,
                        List.of(
                                "Past[stopped=1, logDays=0.6931471805599453, millis=86400000, running=1, starts=172800000]",
                                "Past[stopped=0, logDays=0.0, millis=43200000, running=0, starts=0]",
                                2.5),
                        StoredFormatsTest::advertisers,
                        StoredFormatsTest::advertisers),
                new StoredFormat(
                        Family.LEDGER_ORDER,
                        1,
                        List.of(2, 3),
                        () -> ledgerPart(ORDER),
                        bytes -> {
                            SurvivalLedger back = ledger(ORDER, bytes);
                            return List.of(back.running(), back.size());
                        }),
                new StoredFormat(
                        Family.DUE,
                        1,
                        List.of("b", "é"),
                        () -> ledgerPart(DUE),
                        bytes -> {
                            List<Object> running = new ArrayList<>();
                            ledger(DUE, bytes)
                                    .runningEntries()
                                    .forEach(entry -> running.add(entry.creative()));
                            return running;
                        }),
                new StoredFormat(
                        Family.BANK_ENTRY,
                        1,
                        List.of(
                                "instance 1 of class bús, seen 2 times until frame 7",
                                "[0.5, 1.0]",
                                "0.25 [1.0, 0.0]",
                                "0.75 [0.0, 2.0]"),
                        () -> bankPart(BANK_ENTRY),
                        bytes -> bankEntry(BANK_ENTRY, bytes)),
                new StoredFormat(
                        Family.MEMORY_BANK,
                        1,
                        List.of(2L, 1L, true, 2),
                        () -> bankPart(BANK),
                        bytes -> bankHead(BANK, bytes)),
                new StoredFormat(
                        Family.BANK_IMAGE,
                        1,
                        List.of("1=[1.0, 0.0]"),
                        () -> bankPart(BANK_IMAGE),
                        bytes -> bankIndex(BANK_IMAGE, bytes)),
                new StoredFormat(
                        Family.MODEL_FILE,
                        1,
                        List.of("mödel", "learner/progress=010203", "ledger/é=", "pending=ff"),
                        () -> modelFile().toBytes(),
                        StoredFormatsTest::modelFile));
    }

    @Test
    void aVersionBeforeTheOldestThatIsReadIsRefused() {
        byte[] first = new SealedBytes(StoredFormat.golden("ledger-entry-v2")).withVersion(1);

        assertThatThrownBy(() -> entry(first))
                .isInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("LEDGER_ENTRY version 1, this build reads 2 to 8");
    }

    @Test
    void anEntryOfTheFourthVersionIsWrittenAndReadAsItWas() {
        byte[] golden = StoredFormat.golden("ledger-entry-v4");

        assertThat(entry("EUR").toBytes()).isEqualTo(golden);
        assertThat(entry(golden))
                .isEqualTo(
                        List.of(
                                "c-1",
                                "acme",
                                "héllo",
                                "EUR",
                                "[1, 2]",
                                "[3]",
                                "[4.5]",
                                "[-1.0, 0.5]",
                                "spell 1 since 864000000, interval 1 from 950400000 to 1036800000",
                                "stopped at 1000000000, true",
                                "advised true at 10.5, scored at 1382400000, lost true",
                                "last STOP since 1296000000, levels 1209600000 at 2.5, 1296000000 at 10.5",
                                "OptionalDouble[-3.5], OptionalDouble[0.25], OptionalDouble[1.25]",
                                "[true, false, true, true]",
                                "2200 40 3 10.5, newest 3 at 1382400000, peak 2",
                                "1000 10 1 2.5, newest 0 at 950400000, peak 0",
                                "1000 10 1 2.5, newest 0 at 950400000, peak 0",
                                "1600 25 2 6.5, newest 2 at 1123200000, peak 2",
                                "2200 40 3 10.5, newest 3 at 1382400000, peak 2"));
    }

    @Test
    void anEntryOfTheSecondVersionHasItsStopAndNoLastAdvice() {
        LedgerEntry entry = LedgerEntry.fromBytes(StoredFormat.golden("ledger-entry-v2"));

        assertThat(entry.advice().stopAt()).isEqualTo(15 * DAY);
        assertThat(entry.advice().stopSpend()).isEqualTo(10.5);
        assertThat(entry.advice().last()).isEmpty();
        assertThat(entry.advice().levels()).isZero();
    }

    @Test
    void anEntryOfTheFifthVersionKnowsWhatWasForetoldAtTheLaunchAndNothingElse() {
        LedgerEntry entry = LedgerEntry.fromBytes(StoredFormat.golden("ledger-entry-v5"));

        assertThat(entry.forecasts().knowsLaunch(4)).isTrue();
        assertThat(entry.forecasts().atLaunch(1)).isEqualTo(-1.25);
        assertThat(entry.forecasts().knowsNext(1, 2)).isFalse();
    }

    @Test
    void aStoredGeneratorGoesOnWithTheNumberThatWouldHaveComeNext() {
        RestorableRandom random = RestorableRandom.restored(StoredFormat.golden("random-v1"));

        assertThat(List.of(random.nextInt(1_000_000), random.nextDouble()))
                .isEqualTo(List.of(47_719, 0.7589278935935213));
    }

    @Test
    void aGeneratorIsWrittenAsTheBytesOfTheGoldenFile() {
        RestorableRandom random = RestorableRandom.seeded(7, "golden");
        random.nextInt(10);
        random.nextDouble();

        assertThat(random.state()).asHexString().isEqualTo(hex(StoredFormat.golden("random-v1")));
    }

    @Test
    void aGeneratorsStateOfAnotherLengthIsRefusedWithBothLengths() {
        byte[] whole = StoredFormat.golden("random-v1");
        for (int length = 0; length < whole.length + 2; length++) {
            byte[] bad = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> RestorableRandom.restored(bad))
                        .isInstanceOf(DamagedSnapshotException.class)
                        .hasMessage(
                                "generator state has %d bytes, wanted %d"
                                        .formatted(bad.length, whole.length));
            }
        }
    }

    private static Layout layout() {
        Layout.Builder builder = Layout.builder();
        builder.add("encoder/weight", 2, 2);
        builder.add("kopf/größe", 1, 2);
        return builder.build();
    }

    private static float[] vector() {
        return new float[] {1, -2.5f, 3e-8f, Float.NaN, -0.0f, 6};
    }

    private static List<Object> parameters(byte[] bytes) {
        float[] target = new float[6];
        int restored = ParameterSnapshot.read(bytes, layout(), target).cardinality();
        return List.of(Arrays.toString(target), restored);
    }

    /** Two advertisers of one bucket: the one heard of longest ago stands first. */
    /** Two creatives whose interval ends in one hour, and one that stopped. */
    private static MemoryPartStore ledger() {
        SurvivalLedger ledger = new SurvivalLedger(9);
        for (String creative : List.of("é", "b", "a")) {
            LedgerEntry.Content content =
                    new LedgerEntry.Content(
                            CreativeDescription.NONE,
                            new int[0],
                            new int[0],
                            new float[0],
                            new float[0]);
            ledger.add(new LedgerEntry(creative, content, 0, DAY));
        }
        ledger.stop(ledger.find("a").orElseThrow(), DAY / 2, false);
        MemoryPartStore store = new MemoryPartStore();
        ledger.flush(store);
        return store;
    }

    private static byte[] ledgerPart(String part) {
        return ledger().get(part).orElseThrow();
    }

    private static SurvivalLedger ledger(String part, byte[] bytes) {
        MemoryPartStore store = ledger();
        store.put(part, bytes);
        return SurvivalLedger.restored(9, store);
    }

    private static byte[] advertisers() {
        AdvertiserLedger ledger = new AdvertiserLedger(128);
        ledger.launched("Aa", 0);
        ledger.launched("Aa", 2 * DAY);
        ledger.stopped("Aa", 0, DAY);
        ledger.launched("BB", DAY);
        ledger.lost("BB", DAY, DAY + DAY / 2);
        MemoryPartStore store = new MemoryPartStore();
        ledger.flush(store);
        return store.get(BUCKET).orElseThrow();
    }

    private static List<Object> advertisers(byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(BUCKET, bytes);
        AdvertiserLedger back = AdvertiserLedger.restored(128, store);
        return List.of(
                back.of("Aa").toString(),
                back.of("BB").toString(),
                back.of("Aa").exposureDays(7 * DAY / 2));
    }

    /** A bank of one instance that followed another, changed since it was indexed. */
    private static MemoryPartStore bank() {
        MemoryBank bank = new MemoryBank(BANK_SETTINGS, "");
        bank.add(3, new double[] {3, 4}, 0, 1, "");
        bank.index();
        bank.dropIndex();
        bank.add(5, new double[] {1, 0}, 0, 0.25, "bús");
        bank.index();
        bank.see(0, 7, new double[] {0, 2}, 0, 0.75, "");
        MemoryPartStore store = new MemoryPartStore();
        bank.flush(store);
        return store;
    }

    private static byte[] bankPart(String part) {
        return bank().get(part).orElseThrow();
    }

    private static MemoryBank bankWith(String part, byte[] bytes) {
        MemoryPartStore store = bank();
        store.put(part, bytes);
        return MemoryBank.restored(BANK_SETTINGS, "", store);
    }

    private static List<Object> bankEntry(String part, byte[] bytes) {
        BankEntry entry = bankWith(part, bytes).get(0);
        Stream<Object> cached =
                IntStream.range(0, entry.cached())
                        .mapToObj(j -> entry.score(j) + " " + Arrays.toString(entry.embedding(j)));
        Stream<Object> rest =
                Stream.of(
                        "instance %d of class %s, seen %d times until frame %d"
                                .formatted(
                                        entry.id(),
                                        entry.label(),
                                        entry.sightings(),
                                        entry.lastFrame()),
                        Arrays.toString(entry.average()));
        return Stream.concat(rest, cached).toList();
    }

    private static List<Object> bankHead(String part, byte[] bytes) {
        MemoryBank bank = bankWith(part, bytes);
        return List.of(bank.nextId(), bank.evicted(), bank.isIndexed(), bank.settings().width());
    }

    private static List<Object> bankIndex(String part, byte[] bytes) {
        List<Object> all = new ArrayList<>();
        bankWith(part, bytes)
                .forEachIndexed((id, vector) -> all.add(id + "=" + Arrays.toString(vector)));
        return all;
    }

    private static ModelFile modelFile() {
        MemoryPartStore parts = new MemoryPartStore();
        parts.put("pending", new byte[] {-1});
        parts.put("ledger/é", new byte[0]);
        parts.put("learner/progress", new byte[] {1, 2, 3});
        return new ModelFile("mödel", parts);
    }

    @Test
    void aCreativeWithoutACurrencyIsWrittenAndReadAsInTheVersionBefore() {
        byte[] golden = StoredFormat.golden("ledger-entry-v3");

        assertThat(hex(entry("").toBytes())).isEqualTo(hex(golden));
        assertThat(entry(golden))
                .isEqualTo(entry(entry("").toBytes()))
                .startsWith("c-1", "acme", "héllo", "");
    }

    private static List<Object> modelFile(byte[] bytes) {
        ModelFile file = ModelFile.fromBytes(bytes);
        Stream<String> parts =
                file.parts().parts().entrySet().stream()
                        .map(e -> e.getKey() + "=" + HexFormat.of().formatHex(e.getValue()));
        return Stream.concat(Stream.<Object>of(file.model()), parts).toList();
    }

    /** A running creative of which two experts foretold two columns. */
    private static LedgerEntry foretold() {
        LedgerEntry.Content content =
                new LedgerEntry.Content(
                        CreativeDescription.NONE,
                        new int[0],
                        new int[0],
                        new float[0],
                        new float[0]);
        LedgerEntry entry = new LedgerEntry("c-2", content, 0, DAY);
        entry.forecasts().launched(new double[] {0.5, -1.25, 2, 40});
        entry.forecasts().next(1, new double[] {0.5, -1.25, 2, 40}, 2, 1);
        entry.forecasts().next(2, new double[] {0.5, -1.25, 2, 40}, 2, 0);
        return entry;
    }

    /** The same with an interval that waits to be judged, and one that does no more. */
    private static LedgerEntry withIntervals() {
        LedgerEntry entry = foretold();
        ForetoldInterval told = new ForetoldInterval(5, 1000, 2000, new double[] {0.5, -50});
        told.passLow();
        told.believeLow(-0.05);
        told.believeHigh(0.25);
        entry.intervals().note(Occasion.LAUNCH, told);
        entry.intervals().note(Occasion.LATER, told);
        entry.intervals().judged(Occasion.LATER);
        return entry;
    }

    private static List<Object> intervals(byte[] bytes) {
        IntervalForecasts told = LedgerEntry.fromBytes(bytes).intervals();
        boolean isJudged = told.isNoted(Occasion.LATER) && told.waiting(Occasion.LATER).isEmpty();
        return Stream.concat(
                        forecasts(bytes).stream(),
                        Stream.of(
                                told.waiting(Occasion.LAUNCH)
                                        .map(StoredFormatsTest::interval)
                                        .orElse(""),
                                isJudged ? "judged" : ""))
                .toList();
    }

    private static String interval(ForetoldInterval told) {
        return "at %d: %d to %d, %s %s, %s %s, %s %s"
                .formatted(
                        told.age(),
                        told.low(),
                        told.high(),
                        told.lowPassed(),
                        told.highPassed(),
                        told.logit(0),
                        told.logit(1),
                        0 - told.believeLow(0),
                        0 - told.believeHigh(0));
    }

    @Test
    void anEntryOfTheSixthVersionIsWrittenAndReadAsItWas() {
        byte[] golden = StoredFormat.golden("ledger-entry-v6");

        assertThat(hex(foretold().toBytes())).isEqualTo(hex(golden));
        assertThat(forecasts(golden))
                .isEqualTo(
                        List.of(
                                "c-2",
                                "0.5 -1.25 2.0 31.0",
                                "next of 1: -1.25 31.0, of 2: 0.5 2.0",
                                ""));
        assertThat(LedgerEntry.fromBytes(golden).intervals().isEmpty()).isTrue();
    }

    @Test
    void anEntryOfTheSeventhVersionHoldsNothingOfTheEndsOfItsInterval() {
        assertThat(intervals(StoredFormat.golden("ledger-entry-v7")))
                .contains("at 5: 1000 to 2000, true false, 0.5 -31.0, 0.0 0.0", "judged");
    }

    @Test
    void whoStoppedHasNoIntervalsAnyMore() {
        LedgerEntry entry = withIntervals();
        entry.stop(DAY, false);

        assertThat(entry.intervals().isEmpty()).isTrue();
        assertThat(LedgerEntry.fromBytes(entry.toBytes()).intervals().isEmpty()).isTrue();
    }

    private static List<Object> forecasts(byte[] bytes) {
        LedgerEntry entry = LedgerEntry.fromBytes(bytes);
        ExpertForecasts told = entry.forecasts();
        boolean whole = told.knowsLaunch(4) && told.knowsNext(1, 2) && told.knowsNext(2, 2);
        return List.of(
                entry.creative(),
                whole
                        ? "%s %s %s %s"
                                .formatted(
                                        told.atLaunch(0),
                                        told.atLaunch(1),
                                        told.atLaunch(2),
                                        told.atLaunch(3))
                        : "",
                whole
                        ? "next of 1: %s %s, of 2: %s %s"
                                .formatted(
                                        told.next(1, 0),
                                        told.next(1, 1),
                                        told.next(2, 0),
                                        told.next(2, 1))
                        : "",
                entry.content().description().currency());
    }

    private static LedgerEntry entry(String currency) {
        LedgerEntry entry =
                new LedgerEntry(
                        "c-1",
                        new LedgerEntry.Content(
                                new CreativeDescription("acme", "héllo", currency),
                                new int[] {1, 2},
                                new int[] {3},
                                new float[] {4.5f},
                                new float[] {-1, 0.5f}),
                        0,
                        DAY);
        entry.stop(DAY, true);
        entry.reactivate(10 * DAY, 11 * DAY);
        entry.rankedAtLaunch(-3.5, 0.25);
        entry.rankedAtBoundary(1.25);
        entry.report(new LedgerEntry.Report(0, 11 * DAY, 11 * DAY, 1000, 10, 1, 2.5));
        entry.survive(12 * DAY);
        entry.report(new LedgerEntry.Report(2, 13 * DAY, 13 * DAY, 600, 15, 1, 4));
        entry.report(new LedgerEntry.Report(3, 14 * DAY, 16 * DAY, 600, 15, 1, 4));
        entry.advice().stop(15 * DAY, entry.current().spend());
        entry.advice().reach(14 * DAY, 2.5);
        entry.advice().reach(15 * DAY, 10.5);
        entry.advice().change("STOP", 15 * DAY);
        entry.scoredAt(16 * DAY);
        entry.stop(1_000_000_000, true);
        return entry;
    }

    private static List<Object> entry(byte[] bytes) {
        LedgerEntry entry = LedgerEntry.fromBytes(bytes);
        LedgerEntry.Content content = entry.content();
        List<Object> now =
                List.of(
                        entry.creative(),
                        content.advertiser(),
                        content.description().text(),
                        content.description().currency(),
                        Arrays.toString(content.tokens()),
                        Arrays.toString(content.categories()),
                        Arrays.toString(content.facts()),
                        Arrays.toString(content.embedding()),
                        "spell %d since %d, interval %d from %d to %d"
                                .formatted(
                                        entry.spell(),
                                        entry.launchedAt(),
                                        entry.openInterval(),
                                        entry.startedAt(),
                                        entry.endsAt()),
                        "stopped at %d, %b".formatted(entry.stoppedAt(), !entry.running()),
                        "advised %b at %s, scored at %d, lost %b"
                                .formatted(
                                        entry.advice().stops(),
                                        entry.advice().stopSpend(),
                                        entry.scoredAt(),
                                        entry.lost()),
                        "last %s since %d, levels %d at %s, %d at %s"
                                .formatted(
                                        entry.advice().last(),
                                        entry.advice().since(),
                                        entry.advice().levelAt(0),
                                        entry.advice().levelSpend(0),
                                        entry.advice().levelAt(1),
                                        entry.advice().levelSpend(1)),
                        entry.riskAtLaunch()
                                + ", "
                                + entry.cutOutAtLaunch()
                                + ", "
                                + entry.riskAtBoundary(),
                        Stream.of(0, 1, 2, 3).map(entry::hasReport).toList().toString(),
                        delivery(entry.current()),
                        delivery(entry.atIntervalStart()));
        return Stream.concat(now.stream(), later(entry)).toList();
    }

    /** What waits for the ends of later intervals shows once they have come. */
    private static Stream<Object> later(LedgerEntry entry) {
        return Stream.of(13, 14, 15)
                .map(
                        day -> {
                            entry.survive(day * DAY);
                            return delivery(entry.atIntervalStart());
                        });
    }

    private static String delivery(Delivery delivery) {
        return "%d %d %d %s, newest %d at %d, peak %d"
                .formatted(
                        delivery.impressions(),
                        delivery.clicks(),
                        delivery.conversions(),
                        delivery.spend(),
                        delivery.lastPeriod(),
                        delivery.lastAt(),
                        delivery.peakPeriod());
    }
}
