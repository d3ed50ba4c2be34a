// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.dashboard.DashboardServer;
import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.dashboard.Ranking;
import dev.kedge.jobs.dashboard.ScoreBoard;
import dev.kedge.operators.creative.CreativeDuplicates;
import dev.kedge.operators.creative.CreativeScore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class DashboardBrowserITCase {
    private static final String ROWS = "#rows tr";
    private static final String NAMES = "#rows .who b";

    private static Browser browser;

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private DashboardServer server;

    @BeforeAll
    static void openBrowser(@TempDir Path profile) {
        browser = Browser.open(profile);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        server = new DashboardServer(board, health, Optional.empty()).start(0);
        health.become(JobHealth.State.RUNNING);
        browser.resize(1440, 900);
    }

    @AfterEach
    void stop() {
        browser.go("about:blank");
        server.close();
    }

    @Test
    void showsCreativesInTheOrderOfTheirRisk() {
        market(40);
        show();

        List<String> expected =
                board.rank(Ranking.BY_RISK).scores().stream().map(CreativeScore::creative).toList();
        assertThat(browser.texts("#rows .who span"))
                .extracting(line -> line.split(" · ", -1)[1])
                .isEqualTo(expected);
        browser.picture("desktop-light");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void filtersByActionAndByText() {
        market(40);
        show();

        browser.find("#action option[value='stop']").click();
        browser.await("only what to stop", () -> Set.copyOf(actions()).equals(Set.of("Stop")));
        browser.find("#q").sendKeys("no such words");
        browser.await("nothing", () -> browser.find("#empty").isDisplayed());

        assertThat(browser.find("#empty-title").getText()).isEqualTo("No creative matches");
    }

    @Test
    void openingACreativeShowsWhyItIsAtRisk() {
        market(40);
        show();

        browser.find(ROWS + ":nth-child(3)").click();
        String chosen = browser.texts(NAMES).get(2);
        browser.await("the chosen one", () -> browser.find("#d-text").getText().equals(chosen));

        assertThat(browser.find("#d-reason").getText()).contains("7 days");
        assertThat(browser.texts("#d-why li .words")).hasSize(7).allMatch(t -> t.endsWith(" pt"));
        assertThat(
                        browser.script(
                                "return document.querySelectorAll('#c-survival canvas,"
                                        + " #c-ctr canvas').length"))
                .isEqualTo(2L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aCopyIsMarkedAndItsPageLeadsToWhatItIsACopyOf() {
        market(40);
        board.accept(
                new CreativeDuplicates(
                        "search-ads",
                        "cr-1003",
                        1L,
                        CreativeDuplicates.Cause.LAUNCH,
                        "cr-1000",
                        List.of(
                                new CreativeDuplicates.Twin(
                                        "cr-1000", 0.974, CreativeDuplicates.Tie.SAME)),
                        42));
        show();

        WebElement row = browser.find(ROWS + "[data-key*='cr-1003']");
        assertThat(browser.texts("#rows .copy:not([hidden])")).containsExactly("copy");
        assertThat(row.getText()).contains("copy");
        row.click();
        browser.await("its twins", () -> browser.find("#d-twins").isDisplayed());
        assertThat(browser.find("#d-twins").getText()).contains("cr-1000", "0.97", "the same");
        browser.picture("duplicates");

        browser.find("#d-twins button").click();
        browser.await("the original", () -> browser.find("#d-meta").getText().contains("cr-1000"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void arrowKeysMoveAndEnterOpens() {
        market(40);
        show();

        WebElement first = browser.find(ROWS);
        first.sendKeys(Keys.ARROW_DOWN);
        String second = browser.texts(NAMES).get(1);
        assertThat(browser.focused()).contains(second);
        browser.find(ROWS + ":nth-child(2)").sendKeys(Keys.ENTER);

        browser.await("the second", () -> browser.find("#d-text").getText().equals(second));
    }

    @Test
    void newScoresLeaveTheFocusWhereItIs() {
        ScoredMarket market = market(40);
        show();
        browser.find(ROWS + ":nth-child(2)").sendKeys(Keys.ARROW_DOWN);
        String focused = browser.focused().split("\n", -1)[1];
        String time = browser.find("#f-time").getText();

        market.period(40);
        browser.await("new scores", () -> !browser.find("#f-time").getText().equals(time));

        assertThat(browser.focused()).contains(focused);
    }

    @Test
    void textFromTheStreamIsShownAsText() {
        market(10);
        show();

        assertThat(browser.texts(NAMES)).contains(ScoredMarket.HOSTILE, ScoredMarket.MIXED);
        assertThat(browser.script("return document.title")).isEqualTo("Kedge · creatives");
        assertThat(browser.script("return document.querySelectorAll('#rows script').length"))
                .isEqualTo(0L);
    }

    @Test
    void saysThatNothingWasScoredYet() {
        browser.go(server.uri().toString());
        browser.await("the empty board", () -> browser.find("#empty").isDisplayed());

        assertThat(browser.find("#empty-title").getText())
                .isEqualTo("No scores yet — waiting for the first event");
        browser.picture("empty");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysThatTheJobIsDown() {
        market(40);
        show();
        assertThat(browser.find("#banner").isDisplayed()).isFalse();

        health.become(JobHealth.State.FAILED, "the checkpoint folder is not writable");
        browser.await("the banner", () -> browser.find("#banner").isDisplayed());

        assertThat(browser.find("#banner").getText())
                .isEqualTo("The job is not running: the checkpoint folder is not writable");
        assertThat(browser.find("#state").getText()).isEqualTo("Failed");
        browser.picture("job-down");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fitsAPhone() {
        browser.resize(375, 812);
        market(40);
        show();
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone");

        browser.find(ROWS).click();
        browser.await("the detail", () -> browser.find("#d-text").isDisplayed());
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-detail");

        browser.find("#back").click();
        browser.find("#tab-models").click();
        browser.await("the models", () -> browser.find("#c-concordance canvas").isDisplayed());
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-models");
    }

    @Test
    void showsHowTheModelsDo() {
        market(40);
        board.deadLetter("statistics: impressions is -3");
        show();

        browser.find("#tab-models").click();
        browser.await("the models", () -> browser.find("#c-loss canvas").isDisplayed());

        assertThat(browser.texts("#m-rows td:first-child"))
                .containsExactly("search-ads", "video-ads");
        assertThat(browser.find("#m-dead").getText()).contains("impressions is -3");
        browser.picture("models-light");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void turnsDarkAndBack() {
        market(40);
        show();

        browser.find("#theme").click();
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        browser.picture("desktop-dark");
        browser.find("#tab-models").click();
        browser.await("the models", () -> browser.find("#c-loss canvas").isDisplayed());
        browser.picture("models-dark");
        browser.find("#theme").click();
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("light");
    }

    private ScoredMarket market(int creatives) {
        ScoredMarket market = new ScoredMarket(board, creatives, 1);
        market.run();
        return market;
    }

    private void show() {
        browser.go(server.uri().toString());
        browser.await("the list", () -> !browser.texts(NAMES).isEmpty());
        browser.await(
                "the charts",
                () ->
                        (Boolean)
                                browser.script(
                                        "return innerWidth < 1000 ||"
                                                + " !!document.querySelector('#c-ctr canvas')"));
    }

    private List<String> actions() {
        return browser.texts("#rows .chip");
    }

    private static long sidewaysPixels() {
        return (Long)
                browser.script(
                        "const d = document.documentElement; return d.scrollWidth - d.clientWidth");
    }
}
