// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final List<Figure<Row>> FIGURES =
            List.of(new Figure<>("chosen", Row::value, false), Figure.of("found", Row::value));

    @TempDir private Path folder;

    private record Row(String name, long seed, double value) implements Outcome {
        @Override
        public List<String> labels() {
            return List.of(name);
        }
    }

    private record Sheet() implements Sweep.Sheet<Row> {
        @Override
        public void draw(List<Row> rows, Path to) {
            ResultFiles.write(to.resolve("drawn"), rows.size() + " rows");
        }

        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public String line(Row row) {
            return row.name() + row.seed();
        }

        @Override
        public Columns<Row> columns() {
            return new Columns<>(List.of("who"), FIGURES, String::valueOf);
        }

        @Override
        public String markdown(List<Row> rows) {
            MarkdownTable table = new MarkdownTable(List.of("who", "runs"));
            for (SeedGroup<Row> group : SeedGroup.of(rows)) {
                table.row(List.of(group.first().name(), String.valueOf(group.runs().size())));
            }
            table.row(List.of("", " "));
            return table.text();
        }
    }

    private Sweep<Row> sweep(int cores, Consumer<String> say, List<Sweep.Part<Row>> parts) {
        return new Sweep<>(new ExperimentKind.Start(folder, cores, false, say), new Sheet(), parts);
    }

    private static Sweep.Part<Row> part(String name, long seed, double value) {
        return new Sweep.Part<>(name + seed, 1, out -> out.accept(new Row(name, seed, value)));
    }

    @Test
    void rowsAndMeansAreWrittenInTheOrderOfThePartsWhicheverEndsFirst() throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        Sweep.Part<Row> waits =
                new Sweep.Part<>(
                        "waits",
                        1,
                        out -> {
                            await(second);
                            out.accept(new Row("a, b", 1, 2));
                        });
        Sweep.Part<Row> hurries =
                new Sweep.Part<>(
                        "hurries",
                        1,
                        out -> {
                            out.accept(new Row("a, b", 2, 4));
                            second.countDown();
                        });
        List<String> said = new ArrayList<>();
        try (Sweep<Row> sweep = sweep(2, said::add, List.of(waits, hurries, part("c", 1, 5)))) {
            assertThat(sweep.run()).isTrue();
            assertThat(sweep.report())
                    .isEqualTo("| who | runs |\n|---|---|\n| a, b | 2 |\n| c | 1 |\n| |  |\n");
            assertThat(sweep.progress().share()).isEqualTo(1);
            assertThat(sweep.progress().runsOver()).isEqualTo(3);
        }

        assertThat(said).containsExactlyInAnyOrder("a, b2", "a, b1", "c1");
        assertThat(Files.readString(folder.resolve("results.csv")).lines())
                .containsExactly(
                        "row,who,seed,runs,chosen,found,found_interval",
                        "run,\"a, b\",1,1,2.0,2.0,",
                        "run,\"a, b\",2,1,4.0,4.0,",
                        "run,c,1,1,5.0,5.0,",
                        "mean,\"a, b\",,2,,3.0,12.706204736174744",
                        "mean,c,,1,,5.0,NaN");
        assertThat(Files.readString(folder.resolve("summary.csv")).lines())
                .containsExactly(
                        "who,metric,seeds,mean,standard_deviation,interval_low,interval_high",
                        "\"a, b\",found,2,3.0,1.4142135623730951,-9.706204736174744,15.706204736174744",
                        "c,found,1,5.0,,,");
        assertThat(folder.resolve("drawn")).hasContent("3 rows");
        assertThat(Files.readString(folder.resolve("report.md"))).startsWith("# tiny\n\n| who |");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStoppedSweepReportsWhatThereIsAndKeepsNothingElse() {
        List<Sweep<Row>> stops = new ArrayList<>();
        Sweep<Row> sweep =
                sweep(1, line -> stops.get(0).stop(), List.of(part("a", 1, 2), part("b", 1, 3)));
        stops.add(sweep);

        assertThat(sweep.run()).isFalse();
        assertThat(sweep.report()).contains("| a | 1 |").doesNotContain("| b |");
        assertThat(folder.resolve("drawn")).doesNotExist();
        assertThat(sweep.ending(false)).isEqualTo("Interrupted; the same command begins anew.");
        assertThat(sweep.progress().runsOver()).isEqualTo(1);
        assertThat(sweep.resumes()).isFalse();
    }

    @Test
    void withoutAResultNothingIsWritten() {
        Sweep<Row> sweep = sweep(1, line -> {}, List.of());

        assertThat(sweep.run()).isTrue();
        assertThat(sweep.report()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPartThatFailsEndsTheOthersAndMistakesOfSettingsKeepTheirLine() {
        Sweep.Part<Row> wrong =
                new Sweep.Part<>(
                        "wrong",
                        1,
                        out -> {
                            throw new ConfigurationException("sets: no");
                        });

        Sweep<Row> sweep = sweep(1, line -> {}, List.of(wrong, part("b", 1, 3)));

        assertThatThrownBy(sweep::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("sets: no");
        assertThat(sweep.report()).isEmpty();
    }

    @Test
    void differencesAreTakenSeedBySeed() {
        SeedGroup<Row> first = new SeedGroup<>(List.of(new Row("a", 1, 2), new Row("a", 2, 5)));
        SeedGroup<Row> second = new SeedGroup<>(List.of(new Row("b", 2, 6), new Row("b", 1, 3)));

        assertThat(second.difference(first, Row::value).mean()).isEqualTo(1);
        assertThat(second.difference(first, Row::value).halfWidth()).isZero();
    }
}
