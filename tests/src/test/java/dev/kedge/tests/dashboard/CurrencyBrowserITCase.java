// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Money on the page, in the currencies of its creatives. */
@ExtendWith(SharedBrowser.class)
class CurrencyBrowserITCase {
    private static final String EUROS = "EUR ";
    private static final String YEN = "JPY ";

    private static Browser browser;

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private ScoreView view;
    private DashboardServer server;

    @BeforeAll
    static void open(Browser shared) {
        browser = shared;
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        view = ScoreView.open(folder, board);
        JobHealth health = new JobHealth(Clock.systemUTC());
        health.become(JobHealth.State.RUNNING);
        CreativesPage page = new CreativesPage(board, Optional.of(view), Policy.DEFAULT);
        server = new DashboardServer(page, health, Optional.empty()).start(0);
        browser.resize(1440, 900);
    }

    @AfterEach
    void stop() {
        browser.go("about:blank");
        server.close();
        browser.complaints();
    }

    private void market(String... currencies) {
        new ScoredMarket(board, 40, 7, List.of(currencies)).run();
        view.keep(Map.of());
    }

    private static String figure(String name) {
        return browser.texts("#p-figures > div, #w-figures > div").stream()
                .filter(text -> text.startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the chart says to whoever cannot see it, with the space that breaks no line plain. */
    private static String spendChart() {
        return browser.find("#c-spend").getAttribute("aria-label").replace('\u00a0', ' ');
    }

    private void portfolio() {
        browser.go(server.uri() + "?view=portfolio");
        browser.await("the spend", () -> browser.find("#c-spend canvas").isDisplayed());
    }

    @Test
    void thePortfolioHasASumOfEachCurrencyAndOneOfWhatHasNone() {
        market("EUR", "JPY", "");
        portfolio();

        assertThat(figure("Spend a day"))
                .matches("Spend a day\\n[0-9.,]+\\n" + EUROS + "[0-9.,]+\\n" + YEN + "[0-9,]+");
        assertThat(browser.texts("#p-actions tr:last-child .sums span"))
                .hasSize(12)
                .filteredOn(sum -> sum.startsWith(EUROS))
                .hasSize(4);
        assertThat(browser.text("#p-figures"))
                .as("a sum of the models, who know no currencies")
                .doesNotContain("Advice worth", "saved by it", "lost by it", "Best threshold")
                .contains("not known yet");
        assertThat(browser.texts("#p-currency option"))
                .containsExactly("without a currency", "in EUR", "in JPY");
        browser.click("#p-currency option[value='JPY']");
        browser.await("the yen", () -> spendChart().contains(YEN));
        browser.picture("currencies-portfolio");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePortfolioOfOneCurrencyIsInIt() {
        market("EUR");
        portfolio();

        assertThat(figure("Spend a day")).matches("Spend a day\\n" + EUROS + "[0-9,.]+");
        assertThat(figure("Advice worth so far")).contains(EUROS);
        assertThat(figure("saved by it")).contains(EUROS);
        assertThat(figure("lost by it")).contains(EUROS);
        assertThat(browser.find("#p-currency").isDisplayed()).isFalse();
        assertThat(spendChart()).contains(EUROS);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theListAndACreativeAreInItsCurrency() {
        market("EUR", "JPY", "no currency");
        browser.go(server.uri().toString());
        browser.await("the list", () -> browser.texts("#rows .who b").size() == 40);

        List<String> spends = browser.texts("#rows td[data-column='spend']");
        assertThat(spends).filteredOn(spend -> spend.startsWith(EUROS)).hasSize(14);
        assertThat(spends).filteredOn(spend -> spend.startsWith(YEN)).hasSize(13);
        assertThat(spends).filteredOn(spend -> spend.endsWith(" no currency")).hasSize(13);
        browser.picture("currencies-list");
        browser.go(server.uri() + "?of=search-ads&creative=cr-1000");
        browser.await("it", () -> !browser.texts("#d-totals td").isEmpty());
        assertThat(browser.texts("#d-totals tr:last-child td"))
                .hasSize(2)
                .allMatch(spend -> spend.startsWith(EUROS));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void otherRulesSaveASumOfEachCurrency() {
        market("EUR", "JPY");
        browser.go(server.uri() + "?view=what-if");
        browser.await("the past", () -> browser.text("#w-basis").contains("lives of"));

        assertThat(browser.text("#w-basis")).contains("that spent " + EUROS).contains(" · " + YEN);
        assertThat(figure("Money saved")).contains("\n" + EUROS, "\n" + YEN);
        assertThat(browser.texts("#w-rows tr:nth-last-child(3) td:last-child .sums span"))
                .as("worth")
                .hasSize(2);
        assertThat(browser.text("#w-fine"))
                .contains("No threshold has proved to be worth anything yet");
        browser.picture("currencies-what-if");
        assertThat(browser.complaints()).isEmpty();
    }
}
