// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.classifier.shapes.DrawnShapes;
import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.jobs.command.demo.ClassifierDemo;
import dev.kedge.jobs.command.demo.Demo;
import dev.kedge.jobs.command.demo.FollowedDemo;
import dev.kedge.jobs.command.demo.TrackerDemo;
import dev.kedge.operators.image.ImageShape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of the demos as their commands show them. The documents' pictures are taken here, with
 * {@code -Dkedge.pictures=true}: it waits until there is as much to see as after a minute or two.
 */
@ExtendWith(SharedBrowser.class)
class DemoPagesBrowserITCase {
    private static final boolean PICTURES = Boolean.getBoolean("kedge.pictures");
    private static final int CREATIVES = PICTURES ? 2000 : 40;
    private static final int ADVISED = PICTURES ? 20 : 0;
    private static final int CLASSES = PICTURES ? 6 : 2;

    private static Browser browser;

    @TempDir private Path folder;

    @BeforeAll
    static void open(Browser shared) {
        browser = shared;
    }

    @AfterEach
    void leave() {
        browser.go("about:blank");
        browser.complaints();
    }

    private static void open(URI page, int width, int height) {
        browser.resize(width, height);
        browser.go(page.toString());
    }

    private static void await(String what, BooleanSupplier until) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(PICTURES ? 20 : 3))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(until::getAsBoolean);
    }

    private static long number(String selector) {
        return Long.parseLong(browser.text(selector).replace(",", ""));
    }

    /** The command looks each second, and so the page knows how the job is. */
    private static boolean runs(FollowedDemo demo) {
        assertThat(demo.failure()).isEmpty();
        return browser.text("#state").equals("Running");
    }

    private static long advised() {
        return browser.texts("#rows .chip").stream().filter(c -> !c.equals("Unknown")).count();
    }

    @Test
    void theMarketsPageRanksCreativesAndTellsWhenTheyWillBeStopped() {
        try (Demo demo = new Demo(new Demo.Options(0, 17, 1, folder, false))) {
            open(demo.uri(), 1440, 900);
            await("creatives", () -> number("#f-running") > CREATIVES / 4);
            await("figures", () -> browser.text("#f-all").endsWith("%"));
            await("scores", () -> demo.scores() > 5L * CREATIVES);
            await("a job that runs", () -> runs(demo));
            await("advice", () -> advised() >= ADVISED);
            browser.click("#rows tr");
            await("its charts", () -> browser.find("#c-survival canvas").isDisplayed());

            assertThat(browser.texts("#rows td[data-column='stop'] b"))
                    .isNotEmpty()
                    .allMatch(date -> date.matches("20\\d\\d-\\d\\d-\\d\\d|not before"));
            browser.picture("demo");
            browser.click("#tab-models");
            await("the job", () -> browser.text("#h-figures").contains("Events that"));
            assertThat(browser.text("#h-figures")).contains("replayed data");
            browser.picture("demo-models");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** It takes minutes until there is something to compare; other tests open the page. */
    @Test
    @EnabledIfSystemProperty(named = "kedge.pictures", matches = "true")
    void theTrackersPageShowsWhetherLearningHelps() {
        ImageShape shape = new ImageShape(3, 32, 32);
        TrackerDemo.Options options = new TrackerDemo.Options(0, 17, 2, 5, folder);
        try (TrackerDemo demo = new TrackerDemo(options, ShapeImages.make(100, shape, 17), shape)) {
            open(demo.uri(), 1280, 1100);
            await("three minutes", () -> demo.newest().orElseThrow().counts().frames() >= 1800);
            await("rivals", () -> browser.texts("#rivals tbody tr").size() == 3);
            await("a job that runs", () -> runs(demo));

            assertThat(overflow("#p-rivals")).isZero();
            browser.picture("demo-tracker");
            browser.resize(390, 844);
            assertThat(overflow("html")).isZero();
            assertThat(overflow("#p-rivals")).isZero();
            browser.click("#theme");
            browser.script("document.getElementById('p-rivals').scrollIntoView()");
            browser.picture("demo-tracker-phone-dark");
            browser.resize(1280, 1100);
            browser.picture("demo-tracker-dark");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Pixels by which a part of the page is wider than there is room for it. */
    private static long overflow(String selector) {
        String part = "const d = document.querySelector('" + selector + "');";
        return (long) browser.script(part + " return d.scrollWidth - d.clientWidth");
    }

    @Test
    void theClassifiersPageShowsTheShapesThatItsDemoDraws() {
        DrawnShapes shapes = new DrawnShapes();
        Duration newClass = Duration.ofSeconds(PICTURES ? 10 : 2);
        ClassifierDemo.Options options = new ClassifierDemo.Options(0, 17, 40, newClass, folder);
        try (ClassifierDemo demo = new ClassifierDemo(options, shapes)) {
            open(demo.uri(), 1280, 1100);
            await("classes", () -> browser.texts("#classes tr").size() >= CLASSES);
            await("figures", () -> browser.text("#f-window").endsWith("%"));
            await("a job that runs", () -> runs(demo));
            await("pictures", () -> browser.find("#samples img").isDisplayed());

            assertThat(browser.texts("#classes td:first-child")).isSubsetOf(shapes.labels());
            browser.picture("demo-classifier");
            assertThat(browser.complaints())
                    .as("but that a picture made room before it was asked for")
                    .allMatch(complaint -> complaint.contains("/api/picture"));
            browser.resize(390, 844);
            assertThat(overflow("html")).isZero();
            browser.click("#theme");
            browser.picture("demo-classifier-phone-dark");
        }
    }
}
