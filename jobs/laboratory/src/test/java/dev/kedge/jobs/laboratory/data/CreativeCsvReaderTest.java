// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static dev.kedge.state.settings.Schema.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.laboratory.data.CreativeHistory.RejectedRow;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreativeCsvReaderTest {
    private static final CreativeColumns PLAIN =
            with(with(CreativeColumns.DEFAULT, "started-at", "from"), "stopped-at", "to");
    private static final CreativeColumns COLUMNS =
            new CreativeColumns(
                    "id",
                    "elsewhere",
                    "land",
                    "payer",
                    List.of("title", "body"),
                    List.of("format"),
                    List.of("size"),
                    "from",
                    "to",
                    "",
                    ",");
    private static final String HEADER = "id,land,payer,title,body,format,size,from,to\n";

    @Test
    void aRowIsALaunchWithItsContentAndAStop() throws IOException {
        CreativeHistory history =
                read("1,fr,acme,\"Hello, you\",now,video,2.5,2020-01-02T00:00:00Z,2020-01-05\n");

        CreativeLaunched launched = (CreativeLaunched) history.events().get(0);
        assertThat(history.rejected()).isEmpty();
        assertThat(launched.model()).isEqualTo("fr");
        assertThat(launched.content().advertiser()).isEqualTo("acme");
        assertThat(launched.content().text()).isEqualTo("Hello, you now");
        assertThat(launched.content().categories()).containsEntry("format", "video");
        assertThat(launched.content().numbers()).containsEntry("size", 2.5);
        assertThat(history.events().get(1)).isInstanceOf(CreativeDiscontinued.class);
        assertThat(history.events().get(1).at() - launched.at()).isEqualTo(3 * 86_400_000L);
    }

    @Test
    void whatStillRunsIsLostFromSightAndWhatIsEmptyIsLeftOut() throws IOException {
        CreativeHistory history = read("1,,,,,,,2020-01-02,\n");

        assertThat(told(history)).isEqualTo("+1 ?1");
        assertThat(history.events().get(0).model()).isEqualTo("elsewhere");
        assertThat(((CreativeLaunched) history.events().get(0)).content().categories()).isEmpty();
    }

    @Test
    void eventsComeInOrderOfTimeAndLaunchesBeforeStops() throws IOException {
        CreativeHistory history =
                read(
                        "c,m,,,,,,2020-01-03,2020-01-03",
                        "b,m,,,,,,2020-01-02,2020-01-03",
                        "a,m,,,,,,2020-01-03,\n");

        assertThat(told(history)).isEqualTo("+b +a +c ?a -b -c");
    }

    @Test
    void whatStillRunsWasSeenUntilItsColumnSaysOrUntilTheFileEnds() throws IOException {
        String rows =
                "id,from,to,seen\na,2020-01-01,,2020-01-09\nb,2020-01-02,,\nc,2020-01-03,2020-01-20,\n";
        CreativeColumns columns = with(PLAIN, "observed-until", "seen");

        CreativeHistory history = new CreativeCsvReader(columns).read(new StringReader(rows));

        assertThat(history.lives()).extracting(CreativeLife::days).containsExactly(8.0, 18.0, 17.0);
        assertThat(history.lives())
                .extracting(CreativeLife::stopped)
                .containsExactly(false, false, true);
        assertThat(history.lives().get(2).seenUntil(history.lives().get(2).until() - 1).stopped())
                .isFalse();
    }

    @Test
    void badRowsAreToldWithTheirLineAndTheOthersRead() throws IOException {
        CreativeHistory history =
                read(
                        "ok,m,,\"two\nlines\",,,,2020-01-02,",
                        ",m,,,,,,2020-01-02,",
                        "x,m,,,,,,yesterday,",
                        "x,m,,,,,,2020-01-02,2020-01-01",
                        "x,m,,,,,many,2020-01-02,",
                        "x,m,,,,,NaN,2020-01-02,",
                        "x,m",
                        "x,m,,,,,,1970-01-01,",
                        "ok,m,,,,,,2020-01-02,",
                        "last,m,,,,,,2020-01-04,\n");

        assertThat(told(history)).isEqualTo("+ok +last ?last ?ok");
        assertThat(history.rejected())
                .extracting(RejectedRow::line)
                .containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(history.rejected())
                .extracting(RejectedRow::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("column 'id' is ''"),
                        reason -> assertThat(reason).contains("'from' is 'yesterday'"),
                        reason -> assertThat(reason).contains("at or after from"),
                        reason -> assertThat(reason).contains("'size' is 'many'"),
                        reason -> assertThat(reason).contains("finite"),
                        reason -> assertThat(reason).contains("2 columns"),
                        reason -> assertThat(reason).contains("2000 to 2099"),
                        reason -> assertThat(reason).contains("line 2"));
    }

    @Test
    void whatAnEventMayNotHoldARowMayNotHoldEither() throws IOException {
        String marks = "e" + "\u0301".repeat(129);
        CreativeHistory history =
                read(
                        "a\u0000b,m,,,,,,2020-01-02,\n\"c\nd\",m,,,,,,2020-01-02,\n"
                                + "e,m,,"
                                + "t".repeat(65_537)
                                + ",,,,2020-01-02,\nf,m,,"
                                + marks
                                + ",,,,2020-01-02,\ng,m,,,,"
                                + marks
                                + ",,2020-01-02,\nh,m,,"
                                + "t".repeat(65_536)
                                + ",,,,2020-01-02,\n");

        assertThat(told(history)).isEqualTo("+h ?h");
        assertThat(history.rejected())
                .extracting(RejectedRow::reason)
                .containsExactly(
                        "column 'id' is 'a\\u0000b', allowed: a text without control characters",
                        "column 'id' is 'c\\u000ad', allowed: a text without control characters",
                        "column 'title, body' is '65537 characters', allowed: at most 65536 bytes",
                        "column 'title, body' is '130 characters', allowed: at most 128 combining"
                                + " marks in a row",
                        "column 'format' is '130 characters', allowed: at most 128 combining marks"
                                + " in a row");
    }

    @Test
    void aQuoteThatNeverEndsLosesOnlyTheRest() throws IOException {
        CreativeHistory history =
                read("ok,m,,,,,,2020-01-02,\nbad,\"m,,,,,,2020-01-02,\nx,m,,,,,,2020-01-02,\n");

        assertThat(told(history)).isEqualTo("+ok ?ok");
        assertThat(history.rejected()).hasSize(1);
        assertThat(history.rejected().get(0).line()).isEqualTo(3);
    }

    @Test
    void theSameIdInTwoModelsIsTwoCreatives() throws IOException {
        CreativeHistory history = read("1,a,,,,,,2020-01-02,\n1,b,,,,,,2020-01-02,\n");

        assertThat(history.rejected()).isEmpty();
    }

    @Test
    void aMissingColumnIsNamed() {
        assertThatThrownBy(
                        () -> new CreativeCsvReader(COLUMNS).read(new StringReader("id,from\n1,2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column to, land");
    }

    @Test
    void otherDelimitersAndFilesAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ads.csv");
        Files.writeString(file, "id;from;to\r\n1;2020-01-02T01:00:00+01:00;\r\n");
        CreativeColumns columns = with(PLAIN, "delimiter", ";");

        CreativeHistory history = new CreativeCsvReader(columns).read(file);

        assertThat(history.lives()).hasSize(1);
        assertThat(history.events().get(0).model()).isEqualTo("default");
    }

    @Test
    void columnsNeedAModel() {
        assertThatThrownBy(() -> with(COLUMNS, "model", " "))
                .hasMessage("model: ' ' is not allowed; it must be a text");
    }

    private static CreativeHistory read(String... rows) throws IOException {
        return new CreativeCsvReader(COLUMNS)
                .read(new StringReader(HEADER + String.join("\n", rows)));
    }

    private static String told(CreativeHistory history) {
        return history.events().stream()
                .map(CreativeCsvReaderTest::told)
                .collect(Collectors.joining(" "));
    }

    private static String told(CreativeEvent event) {
        if (event instanceof CreativeDiscontinued end) {
            return (end.reason().equals(CreativeLife.UNOBSERVED) ? "?" : "-") + end.creative();
        }
        return "+" + event.creative();
    }

    private static CreativeHistory plain(String text) throws IOException {
        return new CreativeCsvReader(with(PLAIN, "model", "m")).read(new StringReader(text));
    }

    @Test
    void columnsThatNobodyAskedForMayBeUnnamedOrThereTwice() throws IOException {
        CreativeHistory history =
                plain(
                        ",id,note,note,from,to,\n0,c1,a,b,2020-01-02,2020-01-05,\n1,c2,a,b,2020-01-03,,\n");

        assertThat(history.rejected()).isEmpty();
        assertThat(history.lives())
                .extracting(life -> life.launched().creative())
                .containsExactly("c1", "c2");
    }

    @Test
    void aColumnThatIsAskedForAndThereTwiceIsRefusedWithTheLine() {
        assertThatThrownBy(() -> plain("id,from,id,to\n1,2020-01-02,2,2020-01-05\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 1: two columns are called 'id'");
    }

    @Test
    void aRowOfMoreValuesThanColumnsIsRejectedWithItsLine() throws IOException {
        assertThat(plain("id,from,to\n1,2020-01-02,,\n").rejected())
                .containsExactly(
                        new RejectedRow(2, "4 columns, allowed: as many as the header has"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("bom.csv"), "\uFEFFid,from,to\nc1,2020-01-02,2020-01-05\n");

        assertThat(new CreativeCsvReader(with(PLAIN, "model", "m")).read(file).events())
                .extracting(CreativeEvent::creative)
                .containsExactly("c1", "c1");
    }
}
