// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kedge.connectors.image.Preview;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Tie;
import dev.kedge.operators.ads.creative.CreativeDuplicates.Twin;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.formats.SealedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A golden file for each value of a view, and what damage to it leads to. */
class ViewFormatsTest {
    private static final long MUCH = 1 << 20;

    private record Format(
            String name, Supplier<byte[]> write, Function<byte[], byte[]> readAndWrite) {
        byte[] golden() throws IOException {
            String file = "/golden/formats/" + name + "-v1.hex";
            try (InputStream in = ViewFormatsTest.class.getResourceAsStream(file)) {
                assertThat(in).as(file).isNotNull();
                String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Format> formats() {
        ViewCodec codec = new ViewCodec();
        return Stream.of(
                new Format(
                        "view-creative",
                        () -> codec.write(history()),
                        bytes -> codec.write(ViewCodec.readHistory(bytes))),
                new Format(
                        "view-score",
                        () -> codec.write(Samples.score("a", 1, -5)),
                        bytes -> codec.write(ViewCodec.readScore(bytes))),
                new Format(
                        "view-metrics",
                        () -> codec.write(Samples.metrics("search", 1, 0.5)),
                        bytes -> codec.write(ViewCodec.readMetrics(bytes))),
                new Format(
                        "view-duplicates",
                        () -> codec.write(Samples.same("a", 1, "b", new Twin("b", 0.9, Tie.SAME))),
                        bytes -> codec.write(ViewCodec.readDuplicates(bytes))),
                new Format(
                        "view-campaign",
                        () -> ViewCodec.write("Été"),
                        bytes -> ViewCodec.write(ViewCodec.readText(bytes))),
                new Format(
                        "view-card",
                        () -> ViewCodec.write(card()),
                        bytes -> ViewCodec.write(ViewCodec.readCard(bytes))),
                new Format(
                        "view-head",
                        () ->
                                new ViewHead(
                                                Map.of("scores", "id-1"),
                                                Map.of(new TopicPartition("scores", 1), 1L << 40),
                                                Map.of("not JSON", 3L))
                                        .toBytes(),
                        bytes -> ViewHead.fromBytes(bytes).toBytes()));
    }

    @Test
    void metricsThatAnEarlierVersionKeptHaveNoRefusedSteps() throws IOException {
        String file = "/golden/formats/view-metrics-v1-of-2.hex";
        try (InputStream in = ViewFormatsTest.class.getResourceAsStream(file)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            ModelMetrics kept =
                    ViewCodec.readMetrics(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));

            assertThat(kept.decisions())
                    .isEqualTo(new ModelMetrics.Decisions(5, 3, 2, 7.5, 0, 0, 0, 0, 0, 0, 0, 0));
            assertThat(kept.stepsRefused()).isZero();
        }
    }

    @Test
    void metricsThatTheVersionBeforeKeptTellNothingOfExperts() throws IOException {
        String file = "/golden/formats/view-metrics-v1-of-4.hex";
        try (InputStream in = ViewFormatsTest.class.getResourceAsStream(file)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            ModelMetrics kept =
                    ViewCodec.readMetrics(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));

            assertThat(kept.experts()).isEmpty();
            assertThat(kept.decisions()).isEqualTo(Samples.metrics("search", 1, 0.5).decisions());
        }
    }

    @Test
    void metricsOfTheThirdVersionHaveNothingReckoned() throws IOException {
        String file = "/golden/formats/view-metrics-v1-of-3.hex";
        try (InputStream in = ViewFormatsTest.class.getResourceAsStream(file)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            ModelMetrics kept =
                    ViewCodec.readMetrics(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));

            assertThat(kept.stepsRefused()).isEqualTo(4);
            assertThat(kept.decisions())
                    .isEqualTo(new ModelMetrics.Decisions(5, 3, 2, 7.5, 0, 0, 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void aScoreThatAnEarlierVersionKeptHasNoCurrencyAndNoOutcomes() throws IOException {
        String file = "/golden/formats/view-score-v1-of-2.hex";
        try (InputStream in = ViewFormatsTest.class.getResourceAsStream(file)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            CreativeScore kept =
                    ViewCodec.readScore(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));

            assertThat(kept)
                    .usingRecursiveComparison()
                    .ignoringFields("version.outcomes", "remainingDays")
                    .isEqualTo(Samples.score("a", 1, -5).forPolicies());
            assertThat(kept.description().currency()).isEmpty();
            assertThat(kept.version().outcomes()).isZero();
            assertThat(kept.remainingDays()).isEmpty();
        }
    }

    @Test
    void whatTheVersionBeforeKeptSaysNoIntervals() throws IOException {
        try (InputStream score = golden("view-score-v1-of-3");
                InputStream metrics = golden("view-metrics-v1-of-5")) {
            CreativeScore keptScore = ViewCodec.readScore(bytes(score));
            ModelMetrics keptMetrics = ViewCodec.readMetrics(bytes(metrics));

            assertThat(keptScore.remainingDays()).isEmpty();
            assertThat(keptScore.version()).isEqualTo(Samples.score("a", 1, -5).version());
            assertThat(keptMetrics.coverage()).isEmpty();
            assertThat(keptMetrics.experts())
                    .isEqualTo(Samples.metrics("search", 1, 0.5).experts());
        }
    }

    private static InputStream golden(String name) {
        return ViewFormatsTest.class.getResourceAsStream("/golden/formats/" + name + ".hex");
    }

    private static byte[] bytes(InputStream hex) throws IOException {
        String text = new String(hex.readAllBytes(), StandardCharsets.US_ASCII);
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    private static CreativeCard card() {
        Preview picture = new Preview(240, 120, new byte[] {1, 2, 3});
        return new CreativeCard(5, "Été", Optional.of(picture));
    }

    private static CreativeHistory history() {
        CreativeHistory history = new CreativeHistory(Samples.score("a", 1, -5), 7);
        history.accept(Samples.score("a", 2, -4, Action.STOP), 7);
        return history;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theValuesAreWrittenAsTheBytesOfTheGoldenFile(Format format) throws IOException {
        assertThat(HexFormat.of().formatHex(format.write().get()))
                .isEqualTo(HexFormat.of().formatHex(format.golden()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theGoldenFileIsReadAsWhatWasWritten(Format format) throws IOException {
        assertThat(format.readAndWrite().apply(format.golden())).isEqualTo(format.golden());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void damageIsNoticed(Format format) throws IOException {
        byte[] golden = format.golden();
        byte[] flipped = golden.clone();
        flipped[flipped.length - 1] ^= 1;
        byte[] other = golden.clone();
        other[4] ^= 1;

        for (byte[] bytes :
                new byte[][] {flipped, other, Arrays.copyOf(golden, golden.length - 1), {}}) {
            assertThatThrownBy(() -> format.readAndWrite().apply(bytes))
                    .isInstanceOf(DamagedSnapshotException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void noNumberInItTakesMoreMemoryThanItsBytesDeserveEvenUnderARightChecksum(Format format)
            throws IOException {
        SealedBytes whole = new SealedBytes(format.golden());
        long needed = allocated(format, whole.bytes()) + MUCH;
        for (int at = 0; at + Integer.BYTES <= whole.payload(); at++) {
            for (int claimed : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 28}) {
                assertThat(allocated(format, whole.withWord(at, claimed)))
                        .as("%d at %d", claimed, at)
                        .isLessThan(needed);
            }
        }
    }

    private static long allocated(Format format, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            assertThat(format.readAndWrite().apply(bytes)).isNotNull();
        } catch (DamagedSnapshotException e) {
            assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
