// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.image.ImageFile.Format;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.image.Preview;
import dev.kedge.jobs.ads.board.CreativeCard;
import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** What a media buyer does with the list: columns, pages, what runs, what it looks like. */
@ExtendWith(SharedBrowser.class)
class ListBrowserITCase {
    private static final String NAMES = "#rows .who b";
    private static final String HEADS = "#head th";

    private static Browser browser;

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private DashboardServer server;

    @BeforeAll
    static void open(Browser shared) {
        browser = shared;
    }

    @BeforeEach
    void start() {
        JobHealth health = new JobHealth(Clock.systemUTC());
        health.become(JobHealth.State.RUNNING);
        CreativesPage page = new CreativesPage(board, Optional.empty(), Policy.DEFAULT);
        server = new DashboardServer(page, health, Optional.empty()).start(0);
        browser.resize(1440, 900);
    }

    @AfterEach
    void stop() {
        browser.script("localStorage.clear()");
        browser.go("about:blank");
        server.close();
        browser.complaints();
    }

    private void market(int creatives) {
        new ScoredMarket(board, creatives, 1, List.of("EUR")).run();
    }

    private void show(String query) {
        browser.go(server.uri() + query);
        browser.await("the list", () -> !browser.texts(NAMES).isEmpty());
    }

    private static void choose(String... columns) {
        browser.click("#columns");
        for (String column : columns) {
            browser.click("#column-" + column);
        }
    }

    @Test
    void theColumnsOfOnesChoiceStayInTheLinkAndInTheBrowser() {
        market(40);
        show("");
        assertThat(browser.texts(HEADS)).first().isEqualTo("Creative");
        assertThat(browser.url()).doesNotContain("columns");

        choose("within", "ctr");
        browser.await("the click rate", () -> browser.texts(HEADS).contains("Click rate"));
        String link = browser.url();
        assertThat(browser.texts(HEADS)).doesNotContain("Stops within");
        assertThat(browser.texts("#rows td[data-column='ctr']"))
                .hasSize(40)
                .allMatch(rate -> rate.matches("\\d(\\.\\d{1,2})? %"));
        assertThat(browser.texts("#rows .chip")).as("the advice is always there").hasSize(40);
        browser.picture("columns");

        show("");
        assertThat(browser.texts(HEADS)).as("kept").contains("Click rate");
        browser.script("localStorage.clear()");
        show("");
        assertThat(browser.texts(HEADS)).doesNotContain("Click rate");
        browser.go(link);
        browser.await("those of the link", () -> browser.texts(HEADS).contains("Click rate"));
        assertThat(browser.texts(HEADS)).doesNotContain("Stops within");
        browser.click("#columns");
        browser.click("#columns-standard");
        browser.await("as at first", () -> browser.texts(HEADS).contains("Stops within"));
        assertThat(browser.url()).doesNotContain("columns");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLinkWithColumnsThatThereAreNotShowsThoseThatThereAre() {
        market(10);
        show("?columns=days,%3Cb%3E,ctr");

        assertThat(browser.texts(HEADS))
                .containsExactly("Creative", "Days run", "Click rate", "Advice");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void manyColumnsAreScrolledToWithinTheList() {
        market(10);
        show("");
        choose("daily", "left", "early", "late", "impressions", "clicks", "conversions");

        assertThat(
                        browser.script(
                                "const s = document.getElementById('scroll');"
                                        + " return s.scrollWidth > s.clientWidth"))
                .isEqualTo(true);
        assertThat(sidewaysPixels()).isZero();
        browser.picture("columns-many");
    }

    @Test
    void showsWhatRunsOrWhatDoesNotBesideTheOtherFilters() {
        market(40);
        show("");

        browser.click("#more");
        browser.click("#runs option[value='stopped']");
        browser.await("what stopped", () -> Set.copyOf(chips()).equals(Set.of("Stopped")));
        int stopped = chips().size();
        assertThat(browser.url()).contains("runs=stopped");
        browser.click("#runs option[value='running']");
        browser.await("what runs", () -> !chips().contains("Stopped"));

        assertThat(chips()).hasSize(40 - stopped);
        browser.click("#action option[value='keep']");
        browser.await("what to keep", () -> Set.copyOf(chips()).equals(Set.of("Keep")));
        browser.go(browser.url());
        browser.await("the same again", () -> Set.copyOf(chips()).equals(Set.of("Keep")));
        assertThat(browser.find("#runs").getAttribute("value")).isEqualTo("running");
        assertThat(browser.complaints()).isEmpty();
    }

    private static List<String> chips() {
        return browser.texts("#rows .chip");
    }

    @Test
    void jumpsToAPageAndTellsWhichThereAre() {
        market(230);
        show("");
        assertThat(browser.text("#page-last")).isEqualTo("of 5");

        browser.click("#last");
        awaitCount("201–230 of 230 creatives");
        assertThat(browser.url()).contains("page=5");
        assertThat(browser.find("#page").getAttribute("value")).isEqualTo("5");
        jump("3");
        awaitCount("101–150 of 230 creatives");
        jump("9");
        browser.await("the bounds", () -> browser.find("#page-wrong").isDisplayed());
        assertThat(browser.text("#page-wrong")).isEqualTo("Pages go from 1 to 5.");
        assertThat(browser.text("#count")).startsWith("101–150");
        browser.picture("page-wrong");
        browser.click("#first");
        awaitCount("1–50 of 230 creatives");

        assertThat(browser.find("#page-wrong").isDisplayed()).isFalse();
        assertThat(browser.find("#first").getAttribute("aria-disabled")).isEqualTo("true");
        assertThat(browser.url()).doesNotContain("page=");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void jump(String page) {
        browser.find("#page").sendKeys(Keys.chord(Keys.CONTROL, "a"), page, Keys.ENTER);
    }

    private static void awaitCount(String words) {
        browser.await(words, () -> browser.text("#count").equals(words));
    }

    /** A gradient of two colours, as a photograph has more of them than a drawing. */
    private static Preview picture(int number) throws IOException {
        ImageShape shape = new ImageShape(3, 360, 480);
        byte[] pixels = new byte[shape.bytes()];
        for (int i = 0; i < shape.pixels(); i++) {
            int x = i % shape.width();
            int y = i / shape.width();
            boolean ball = Math.hypot(x - 240, y - 180) < 110;
            pixels[i] = (byte) (ball ? 250 : x / 3 + 23 * number);
            pixels[shape.pixels() + i] = (byte) (ball ? 40 * number : y / 2 + 40);
            pixels[2 * shape.pixels() + i] = (byte) (ball ? 60 : 90 + 35 * number);
        }
        return Preview.of(Pixels.png(pixels, shape), Format.PNG, 1 << 20);
    }

    private void cards() throws IOException {
        for (int i = 0; i < 40; i += 2) {
            String model = i % 3 == 2 ? "video-ads" : "search-ads";
            Optional<Preview> picture = Optional.of(picture(i % 6));
            board.cards().put(model, "cr-" + (1000 + i), CreativeCard.of(i, "", picture));
        }
        String text = "A mattress you may send back.\n<b>A hundred nights</b> ".repeat(9);
        board.cards().put("search-ads", "cr-1007", CreativeCard.of(7, text, Optional.empty()));
        byte[] broken = {(byte) 0xff, (byte) 0xd8, 0, 1};
        Optional<Preview> none = Optional.of(new Preview(10, 10, broken));
        board.cards().put("search-ads", "cr-1009", CreativeCard.of(9, "Words", none));
    }

    @Test
    void showsWhatCreativesLookLike() throws IOException {
        market(40);
        cards();
        show("?of=search-ads&creative=cr-1000");
        browser.await("its picture", () -> browser.find("#d-picture").isDisplayed());
        browser.await("pictures", () -> pictures("cr-1000").equals("240"));

        assertThat(browser.script("return document.getElementById('d-picture').naturalWidth"))
                .isEqualTo(240L);
        assertThat(browser.text("#rows tr[data-key*='cr-1011'] .face"))
                .as("of a text alone its first character")
                .isEqualTo("T");
        browser.picture("cards");
        browser.click("#theme");
        browser.picture("cards-dark");
        browser.click("#theme");

        browser.go(server.uri() + "?of=search-ads&creative=cr-1007");
        browser.await("its words", () -> browser.find("#d-words").isDisplayed());
        assertThat(browser.text("#d-words"))
                .startsWith("A mattress you may send back.\n<b>A hundred nights</b>")
                .hasSizeLessThan(601);
        assertThat(browser.find("#d-picture").isDisplayed()).isFalse();
        browser.picture("card-of-words");
        assertThat(browser.complaints()).isEmpty();

        browser.go(server.uri() + "?of=search-ads&creative=cr-1009");
        browser.await("its words", () -> browser.text("#d-words").equals("Words"));
        browser.await("no broken picture", () -> !browser.find("#d-picture").isDisplayed());
        browser.go(server.uri() + "?of=search-ads&creative=cr-1003");
        browser.await("it", () -> browser.text("#d-meta").contains("cr-1003"));
        assertThat(browser.find("#d-card").isDisplayed()).as("no card").isFalse();
    }

    private static String pictures(String creative) {
        return String.valueOf(
                browser.script(
                        "return document.querySelector(\"#rows tr[data-key*='"
                                + creative
                                + "'] .face img\").naturalWidth"));
    }

    @Test
    void tellsWhenACreativeWillBeStoppedAndWithinWhichSpan() {
        market(40);
        show("?sort=stop-date");

        List<String> dates = browser.texts("#rows td[data-column='stop'] b");
        List<String> median = dates.stream().filter(date -> date.startsWith("2026")).toList();
        List<String> spans = browser.texts("#rows td[data-column='stop'] span");
        assertThat(median).hasSizeGreaterThan(15).isSubsetOf(dates);
        assertThat(dates.subList(0, 15)).as("the soonest first").isSorted();
        assertThat(spans).filteredOn(span -> span.matches("from \\d\\d-\\d\\d on")).isNotEmpty();
        assertThat(dates).contains("not before");
        assertThat(browser.find("th[data-sort='stop-date']").getAttribute("aria-sort"))
                .isEqualTo("ascending");
        assertThat(browser.text("#order option")).isEqualTo("Soonest first");
        browser.await("the first", () -> browser.find("#d-kpis").isDisplayed());
        assertThat(browser.text("#d-kpis"))
                .contains("Projected stop\n" + dates.get(0))
                .contains("Stops between\nunknown");
        assertThat(browser.find("#d-kpis > div").getAttribute("title"))
                .startsWith("Half of such creatives are stopped by " + dates.get(0))
                .contains("not calibrated");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void writesNumbersInOneStyle() {
        assertThat(formatted("percent(0.0042)", "percent(0.0999)", "percent(0.12345)"))
                .containsExactly("0.42 %", "10 %", "12 %");
        assertThat(formatted("percent(0.05)", "percent(1)", "percent(null)", "percent(-0.3)"))
                .containsExactly("5 %", "100 %", "–", "-30 %");
        assertThat(formatted("money(1234.5, 'EUR')", "money(12.345, 'EUR')", "money(5, 'JPY')"))
                .containsExactly("EUR 1,235", "EUR 12.35", "JPY 5");
        assertThat(formatted("money(1234567, '')", "money(0.5, '')", "money(3, 'points')"))
                .containsExactly("1,234,567", "0.50", "3.00 points");
        assertThat(formatted("points(0.0412)", "points(-0.3)", "days(3.04)", "inDays(1)"))
                .containsExactly("+4.1 pt", "−30 pt", "3", "1 day");
        assertThat(formatted("date('2026-03-05T12:00:00Z')", "stamp('2026-03-05T12:00:00Z')"))
                .containsExactly("2026-03-05", "2026-03-05 12:00");
        assertThat(formatted("span(5)", "span(7200)", "span(864000)", "fixed(1234.5678, 2)"))
                .containsExactly("5 s", "2 h", "10 days", "1,234.57");
    }

    private List<String> formatted(String... calls) {
        browser.go(server.uri().toString());
        return List.of(calls).stream()
                .map(call -> (String) browser.script("return Format." + call))
                .map(words -> words.replace('\u00a0', ' '))
                .toList();
    }

    @Test
    void fitsAPhone() throws IOException {
        browser.resize(390, 844);
        market(120);
        cards();
        show("");
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-list");
        choose("ctr", "launched");
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-columns");
        browser.click("#columns");
        browser.script("window.scrollTo(0, document.body.scrollHeight)");
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-pages");
        browser.script("window.scrollTo(0, 0)");
        browser.click("#rows tr:has(.face img)");
        browser.await("its picture", () -> browser.find("#d-picture").isDisplayed());
        assertThat(sidewaysPixels()).isZero();
        browser.picture("phone-card");
        browser.click("#back");
        browser.click("#theme");
        browser.picture("phone-list-dark");
        assertThat(browser.complaints()).isEmpty();
    }

    private static long sidewaysPixels() {
        return (Long)
                browser.script(
                        "const d = document.documentElement; return d.scrollWidth - d.clientWidth");
    }
}
