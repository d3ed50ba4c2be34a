// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.laboratory.StudyProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);
    private long now;

    /** Two runs of 50 steps, looked at five times a second, a step a second. */
    private StudyProgress aMinute(ProgressLines lines) {
        StudyProgress progress = new StudyProgress(100, 2, () -> now);
        for (int look = 1; look <= 300; look++) {
            now += Duration.ofMillis(200).toNanos();
            if (look % 5 == 0) {
                progress.step();
            }
            if (look == 250) {
                progress.runIsOver();
            }
            lines.show(progress);
        }
        return progress;
    }

    @Test
    void intoAPipeGoesAPlainLineEveryTenSecondsAndOneAtTheEnd() {
        ProgressLines lines = ProgressLines.plain(out, () -> now);

        StudyProgress progress = aMinute(lines);
        lines.say("a result");
        lines.end(progress);

        assertThat(written.toString().lines())
                .containsExactly(
                        "10.0 %, 0 of 2 runs, 0:01:30 left",
                        "20.0 %, 0 of 2 runs, 0:01:20 left",
                        "30.0 %, 0 of 2 runs, 0:01:10 left",
                        "40.0 %, 0 of 2 runs, 0:01:00 left",
                        "50.0 %, 1 of 2 runs, 0:00:50 left",
                        "60.0 %, 1 of 2 runs, 0:00:40 left",
                        "a result",
                        "60.0 %, 1 of 2 runs, 0:00:40 left");
        assertThat(written.toString().replace(System.lineSeparator(), ""))
                .as("no carriage return, no control sequence")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void onATerminalTheBarStaysOnOneLineAndMakesRoomForWhatIsSaid() {
        ProgressLines lines = ProgressLines.inPlace(out, () -> now);
        StudyProgress progress = new StudyProgress(4, 2, () -> now);
        now = Duration.ofHours(30).toNanos();
        progress.step();

        lines.show(progress);
        lines.say("a result");
        progress.skip(3);
        lines.show(progress);
        lines.end(progress);

        String quarter = "[========                      ] 25.0 %, 0 of 2 runs, 90:00:00 left";
        String whole = "[==============================] 100.0 %, 0 of 2 runs, 0:00:00 left";
        assertThat(written.toString())
                .isEqualTo(
                        String.join(
                                "",
                                "\r" + quarter,
                                "\r" + " ".repeat(quarter.length()) + "\r",
                                "a result" + System.lineSeparator(),
                                "\r" + whole,
                                "\r" + whole + System.lineSeparator()));
    }

    @Test
    void timeLeftIsUnknownUntilAStepWasDone() {
        StudyProgress progress = new StudyProgress(4, 2, () -> now);
        progress.skip(2);

        assertThat(ProgressLines.text(progress)).isEqualTo("50.0 %, 0 of 2 runs, unknown left");
    }
}
