// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.Ranking;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

@ExtendWith(SharedBrowser.class)
class DashboardBrowserITCase {
    private static final String ROWS = "#rows tr";
    private static final String NAMES = "#rows .who b";

    private static Browser browser;

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private ScoreView view;
    private DashboardServer server;

    @BeforeAll
    static void open(Browser shared) {
        browser = shared;
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        view = ScoreView.open(folder, board);
        server = server(Optional.empty()).start(0);
        health.become(JobHealth.State.RUNNING);
        browser.resize(1440, 900);
    }

    private DashboardServer server(Optional<String> token) {
        CreativesPage page = new CreativesPage(board, Optional.of(view), Policy.DEFAULT);
        return new DashboardServer(page, health, token);
    }

    @AfterEach
    void stop() {
        browser.go("about:blank");
        server.close();
        // A refusal that a test provokes is no complaint of the next one.
        browser.complaints();
    }

    @Test
    void showsCreativesInTheOrderOfTheirUrgency() {
        market(40);
        show();

        List<String> expected =
                board.rank(Ranking.BY_URGENCY).scores().stream()
                        .map(CreativeScore::creative)
                        .toList();
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

        browser.click("#more");
        browser.click("#action option[value='stop']");
        browser.await("only what to stop", () -> Set.copyOf(actions()).equals(Set.of("Stop")));
        browser.find("#q").sendKeys("no such words");
        browser.await("nothing", () -> browser.find("#empty").isDisplayed());

        assertThat(browser.text("#empty-title")).isEqualTo("No creative matches");
    }

    @Test
    void theFiltersLiveInTheAddress() {
        market(40);
        show();

        browser.click("#more");
        browser.click("#advertiser option[value='Northline']");
        browser.find("#probability").sendKeys("20");
        browser.await("both in the address", () -> browser.url().contains("probability=20"));
        List<String> found = browser.texts(NAMES);
        browser.go(browser.url());
        browser.await("the same again", () -> browser.texts(NAMES).equals(found));

        assertThat(found).isNotEmpty().hasSizeLessThan(8);
        assertThat(browser.url()).contains("advertiser=Northline");
        assertThat(browser.find("#probability").getAttribute("value")).isEqualTo("20");
        browser.find("#q").sendKeys("no such words");
        browser.await("nothing", () -> browser.find("#clear").isDisplayed());
        browser.click("#clear");
        browser.await("all again", () -> browser.texts(NAMES).size() == 40);
        assertThat(browser.url()).doesNotContain("advertiser", "probability");
    }

    @Test
    void aCampaignIsToldAndFilteredWhereTheStreamHasOne() {
        market(40);
        board.accept("search-ads", "cr-1003", "Summer");
        show();

        browser.click("#more");
        browser.click("#campaign option[value='Summer']");
        browser.await("its creative alone", () -> browser.texts(NAMES).size() == 1);

        assertThat(browser.text("#rows .who")).contains("Summer", "cr-1003");
    }

    @Test
    void ordersByAColumnEitherWayAndTurnsPages() {
        market(120);
        show();

        browser.click("th[data-sort='spend'] button");
        browser.await("by spend", () -> browser.url().contains("sort=spend"));
        browser.await("most first", () -> "descending".equals(spendOrder()));
        browser.click("th[data-sort='spend'] button");
        browser.await("least first", () -> "ascending".equals(spendOrder()));
        browser.await("first page", () -> browser.text("#count").startsWith("1–50 of"));
        List<String> first = browser.texts("#rows .who span");
        browser.click("#next");
        browser.await("next page", () -> browser.text("#count").startsWith("51–100"));

        assertThat(browser.texts("#rows .who span")).doesNotContainAnyElementsOf(first);
        assertThat(browser.url()).contains("page=2", "order=asc");
        assertThat(browser.complaints()).isEmpty();
    }

    private static String spendOrder() {
        return browser.find("th[data-sort='spend']").getAttribute("aria-sort");
    }

    @Test
    void theAddressOfACreativeOpensItAndBackLeavesIt() {
        market(40);
        show();

        browser.click(ROWS + ":nth-child(3)");
        browser.await("its address", () -> browser.url().contains("creative=cr-"));
        String title = browser.text("#d-text");
        String address = browser.url();
        browser.go(server.uri().toString());
        browser.go(address);

        browser.await("the same", () -> browser.text("#d-text").equals(title));
        assertThat(browser.texts("#d-horizons tr")).hasSize(3);
        assertThat(browser.text("#d-kpis")).contains("Expected waste");
    }

    @Test
    void chartsHaveTheirFiguresAsATable() {
        market(40);
        show();

        browser.script(
                "document.querySelector('#c-survival + details').open = true;"
                        + " document.querySelector('#c-history + details').open = true");
        browser.await(
                "the tables",
                () ->
                        !browser.texts("#c-survival + details tbody tr").isEmpty()
                                && !browser.texts("#c-history + details tbody tr").isEmpty());

        assertThat(browser.texts("#c-survival + details th[scope='col']"))
                .containsExactly("Days", "Still runs after it", "95 % band", "Stopped in it");
    }

    @Test
    void tellsWhatAnotherPolicyWouldHaveDone() {
        market(40);
        view.keep(Map.of());
        browser.go(server.uri() + "?view=what-if");
        browser.await("the past", () -> browser.text("#w-basis").contains("lives of"));
        String before = browser.texts("#w-rows tr:first-child td").get(0);

        browser.script(
                "const rule = document.getElementById('w-rule'); rule.value = 'thresholds';"
                        + " rule.dispatchEvent(new Event('change'));"
                        + " const box = document.getElementById('w-stop-above'); box.value = 40;"
                        + " box.dispatchEvent(new Event('input'))");
        browser.await(
                "other rules",
                () -> !browser.texts("#w-rows tr:first-child td").get(0).equals(before));

        assertThat(browser.url()).contains("w.stop-above=0.4");
        assertThat(browser.texts("#w-rows tr:first-child td").get(1)).isEqualTo(before);
        assertThat(browser.text("#w-figures")).contains("Money saved");
        browser.picture("what-if");
        assertThat(browser.complaints()).isEmpty();

        browser.script(
                "const box = document.getElementById('w-stop-above'); box.value = 10;"
                        + " box.dispatchEvent(new Event('input'))");
        browser.await("the refusal", () -> browser.find("#w-wrong").isDisplayed());
        assertThat(browser.text("#w-wrong")).contains("watch-above");
    }

    @Test
    void showsThePortfolio() {
        market(40);
        browser.go(server.uri() + "?view=portfolio");
        browser.await("calibration", () -> browser.find("#c-calibration canvas").isDisplayed());

        assertThat(browser.text("#p-figures"))
                .contains(
                        "Expected waste now",
                        "Advice worth so far",
                        "not known yet",
                        "Best threshold so far");
        assertThat(browser.texts("#p-actions th"))
                .containsExactly("Stop", "Refresh", "Watch", "Keep", "Unknown", "All");
        browser.picture("portfolio");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTokenIsAskedForAndLetsThePageIn() {
        try (DashboardServer guarded = server(Optional.of("s3cret")).start(0)) {
            market(10);
            browser.go(guarded.uri().toString());
            assertThat(browser.text("body")).contains("A valid token is needed");

            browser.go(guarded.uri() + "?token=s3cret");
            browser.await("the list", () -> !browser.texts(NAMES).isEmpty());

            assertThat(browser.url()).doesNotContain("token");
        }
    }

    @Test
    void openingACreativeShowsWhyItIsAtRisk() {
        market(40);
        show();

        browser.click(ROWS + ":nth-child(3)");
        String chosen = browser.texts(NAMES).get(2);
        browser.await("the chosen one", () -> browser.text("#d-text").equals(chosen));

        assertThat(browser.text("#d-reason")).contains("7 days");
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

        String row = ROWS + "[data-key*='cr-1003']";
        assertThat(browser.texts("#rows .copy:not([hidden])")).containsExactly("copy");
        assertThat(browser.text(row)).contains("copy");
        browser.click(row);
        browser.await("its twins", () -> browser.find("#d-twins").isDisplayed());
        assertThat(browser.text("#d-twins")).contains("cr-1000", "0.97", "the same");
        browser.picture("duplicates");

        browser.click("#d-twins button");
        browser.await("the original", () -> browser.text("#d-meta").contains("cr-1000"));
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

        browser.await("the second", () -> browser.text("#d-text").equals(second));
    }

    @Test
    void newScoresLeaveTheFocusWhereItIs() {
        ScoredMarket market = market(40);
        show();
        browser.find(ROWS + ":nth-child(2)").sendKeys(Keys.ARROW_DOWN);
        String focused = browser.focused().split("\n", -1)[1];
        String time = browser.text("#f-time");

        market.period(40);
        browser.await("new scores", () -> !browser.text("#f-time").equals(time));

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

        assertThat(browser.text("#empty-title"))
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

        assertThat(browser.text("#banner"))
                .isEqualTo("The job is not running: the checkpoint folder is not writable");
        assertThat(browser.text("#state")).isEqualTo("Failed");
        browser.picture("job-down");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fitsAPhone() {
        browser.resize(390, 844);
        market(40);
        show();
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone");

        browser.click(ROWS);
        browser.await("the detail", () -> browser.find("#d-text").isDisplayed());
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-detail");

        browser.click("#back");
        browser.click("#tab-portfolio");
        browser.await("the portfolio", () -> browser.find("#c-concordance canvas").isDisplayed());
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-portfolio");

        browser.click("#tab-what-if");
        browser.await("the rules", () -> browser.find("#w-stop-above").isDisplayed());
        assertThat(sidewaysPixels()).isZero();

        browser.click("#tab-models");
        browser.await("the models", () -> browser.find("#c-loss canvas").isDisplayed());
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-models");
    }

    @Test
    void showsHowTheModelsDo() {
        market(40);
        board.deadLetter("statistics: impressions is -3");
        show();

        browser.click("#tab-models");
        browser.await("the models", () -> browser.find("#c-loss canvas").isDisplayed());

        assertThat(browser.texts("#m-rows th")).containsExactly("search-ads", "video-ads");
        assertThat(browser.text("#m-dead")).contains("impressions is -3");
        browser.picture("models-light");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void turnsDarkAndBack() {
        market(40);
        show();

        browser.click("#theme");
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        browser.picture("desktop-dark");
        browser.click("#tab-models");
        browser.await("the models", () -> browser.find("#c-loss canvas").isDisplayed());
        browser.picture("models-dark");
        browser.click("#theme");
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
