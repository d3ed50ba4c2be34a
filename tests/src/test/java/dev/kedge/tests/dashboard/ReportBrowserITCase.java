// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.tests.cli.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The one-file report of an experiment: in light and in dark, on paper, on a phone. */
@ExtendWith(SharedBrowser.class)
class ReportBrowserITCase {
    private static final String TINY =
            """
            name: tiny
            data: {synthetic: {classes: 4, inputs: 8, train: 100, test: 25}}
            protocol: {tasks: 2}
            learner: {mlp: {layers: [8]}}
            grid: {methods: [er, hpcr], sizes: [50], seeds: [1, 2]}
            """;

    /** Colours that words have, and what is behind them, as "background, word of a chart, ...". */
    private static final String COLOURS =
            """
            const chart = id => echarts.getInstanceByDom(document.getElementById(id)).getOption();
            const of = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
            return [of('--paper'), chart('curve').xAxis[0].axisLabel.color, chart('curve').legend[0].textStyle.color,
                    chart('rank').yAxis[0].nameTextStyle.color, chart('matrix').visualMap[0].textStyle.color];
            """;

    private static Browser browser;
    private static Path report;

    @BeforeAll
    static void open(Browser shared, @TempDir Path folder) throws IOException {
        browser = shared;
        Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY);
        Path out = folder.resolve("out");
        Answer.to("experiment", file.toString(), "--out", out.toString()).isGoodWith("4 of 4 runs");
        report = out.resolve("report.html");
    }

    private static void show(String scheme, int width) {
        browser.resize(width, 2100);
        browser.colours(scheme, "screen");
        browser.go(report.toUri().toString());
        browser.await("charts", () -> browser.script("return drawn.size").equals(6L));
    }

    private static List<String> colours() {
        return ((List<?>) browser.script(COLOURS)).stream().map(Object::toString).toList();
    }

    /** Contrast by WCAG 2.1 of two colours in hexadecimal digits. */
    private static double contrast(String first, String second) {
        double one = luminance(first);
        double other = luminance(second);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(String colour) {
        String hex = colour.substring(1);
        String full = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double value = Integer.parseInt(full.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (value <= 0.03928 ? value / 12.92 : luminous(value));
        }
        return sum;
    }

    private static double luminous(double value) {
        return Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static void areReadable(List<String> colours) {
        assertThat(colours.subList(1, colours.size()))
                .allSatisfy(word -> assertThat(contrast(word, colours.get(0))).isGreaterThan(4.5));
    }

    @Test
    void wordsOfPageAndChartsAreReadableInBothSchemesAndFollowWhenOneChanges() {
        show("light", 1300);
        List<String> light = colours();
        browser.picture("report-light");

        browser.colours("dark", "screen");
        // The page follows at once, its charts when they are drawn.
        browser.await("all of it drawn again", () -> Collections.disjoint(colours(), light));
        List<String> dark = colours();
        browser.picture("report-dark");

        assertThat(luminance(light.get(0))).isGreaterThan(0.9);
        assertThat(luminance(dark.get(0))).isLessThan(0.02);
        areReadable(light);
        areReadable(dark);
        assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(13, 17, 21)");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void paperIsWhiteWhateverTheScreenIsAndChartsFitOnIt() {
        show("light", 1300);
        List<String> light = colours();
        show("dark", 1300);
        List<String> dark = colours();

        browser.script("window.printed = 0; addEventListener('afterprint', () => printed++)");
        browser.print();
        browser.await("printed", () -> browser.script("return printed").equals(1L));
        browser.await("dark after it", () -> colours().equals(dark));
        browser.script("dispatchEvent(new Event('beforeprint'))");
        browser.colours("dark", "print");

        assertThat(colours()).isEqualTo(light);
        assertThat(browser.script("return document.querySelector('#curve canvas').clientWidth"))
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isBetween(500L, 680L);
        assertThat(browser.script("return document.querySelector('table').scrollWidth"))
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isLessThan(680L);
        browser.picture("report-paper");

        browser.colours("dark", "screen");
        browser.script("dispatchEvent(new Event('afterprint'))");
        browser.await("dark again", () -> colours().equals(dark));
    }

    @Test
    void onAPhoneNothingButTheTableIsWiderThanTheScreen() {
        show("dark", 390);

        assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(390L);
        browser.picture("report-phone");
    }
}
