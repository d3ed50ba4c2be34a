// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.Ranking;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.classifier.ClassifierBoard;
import dev.kedge.jobs.classifier.ClassifierPages;
import dev.kedge.jobs.page.DashboardServer;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.tracker.TrackerBoard;
import dev.kedge.jobs.tracker.TrackerPages;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.state.ads.CreativeDescription;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names and texts that hide characters, turn the direction of others, or break addresses. */
@ExtendWith(SharedBrowser.class)
class HostileTextBrowserITCase {
    /** With its override obeyed this reads as "Sale, exe.png". */
    private static final String TURNED = "Sale, \u202egnp.exe";

    private static final String TURNED_SHOWN = "Sale, U+202Egnp.exe";
    private static final List<String> NAMES =
            List.of("a%2Fb", "100%", "x\u0000y", "a/b?c#d&e", "..", "n".repeat(3000), "\u202bרע");

    private static Browser browser;

    private DashboardServer server;

    @BeforeAll
    static void open(Browser shared) {
        browser = shared;
        browser.resize(1440, 900);
    }

    @AfterEach
    void stop() {
        browser.go("about:blank");
        server.close();
        browser.complaints();
    }

    private static JobHealth health() {
        JobHealth health = new JobHealth(Clock.systemUTC());
        health.become(JobHealth.State.RUNNING);
        return health;
    }

    private void showCreatives(ScoreBoard board) {
        server =
                new DashboardServer(
                                new CreativesPage(board, Optional.empty(), Policy.DEFAULT),
                                health(),
                                Optional.empty())
                        .start(0);
        browser.go(server.uri().toString());
        browser.await("the list", () -> !browser.texts("#rows .who b").isEmpty());
    }

    @Test
    void aCreativeOpensWhateverItsNameIs() {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        List<CreativeScore> scores = scores(NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            board.accept(named(scores.get(i), NAMES.get(i), NAMES.get(i), "Acme", "Text " + i));
        }
        showCreatives(board);

        for (int i = 0; i < NAMES.size(); i++) {
            String text = "Text " + i;
            browser.await(
                    text + " in the list", () -> browser.texts("#rows .who b").contains(text));
            browser.script(
                    "[...document.querySelectorAll('#rows tr')].find((row) =>"
                            + " row.querySelector('b').textContent === '"
                            + text
                            + "').click()");
            browser.await(text, () -> browser.text("#d-text").equals(text));
            String address = browser.url();
            browser.go(address);
            browser.await(text + " by its address", () -> browser.text("#d-text").equals(text));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatTurnsOrHidesCharactersIsNamedAndStaysAmongItsOwn() {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        CreativeScore one = scores(1).get(0);
        board.accept(named(one, "m\u200bn", "x\u0000y\u202e", "\u2067Acme", TURNED));
        showCreatives(board);
        browser.await("its page", () -> browser.text("#d-text").equals(TURNED_SHOWN));

        assertThat(browser.texts("#rows .who b")).containsExactly(TURNED_SHOWN);
        assertThat(browser.texts("#rows .who > span"))
                .containsExactly("U+2067Acme · xU+0000yU+202E · mU+200Bn");
        assertThat(browser.texts("#d-meta bdi"))
                .startsWith("U+2067Acme", "xU+0000yU+202E", "mU+200Bn");
        assertThat(browser.find("#model option:nth-child(2)").getAttribute("textContent"))
                .isEqualTo("m[U+200B]n");
        assertThat(browser.find("#rows .who b").getAttribute("title"))
                .isEqualTo("Sale, [U+202E]gnp.exe");
        assertThat(
                        browser.script(
                                "return getComputedStyle(document.querySelector('bdi')).unicodeBidi"))
                .isEqualTo("isolate");
        browser.picture("bidi-light");
        browser.click("#theme");
        browser.picture("bidi-dark");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theClassifiersPageNamesThemToo() {
        ClassifierBoard board = new ClassifierBoard(Clock.systemUTC());
        long at = 1_700_000_000_000L;
        board.score(
                new ClassifierScore(
                        "m\u202e",
                        "x",
                        at,
                        List.of(new Prediction.Ranked("cat\u202etac", 0.75)),
                        0.5,
                        3,
                        at,
                        Optional.of("d\u0007g")));
        board.metrics(
                new ClassifierMetrics(
                        "m\u202e",
                        at,
                        3,
                        new ClassifierMetrics.Counts(10, 9, 1, 0, 0, 0, 0),
                        new ClassifierMetrics.Quality(0.5, 0.75, 0.1, 2.5, 1),
                        5,
                        0,
                        List.of(
                                new ClassifierMetrics.ClassFigures(
                                        "cat\u202etac", 3, 1, 2, 0.5, 0.5))));
        server =
                ClassifierPages.server(board, Optional.empty(), health(), Optional.of("s3cret"))
                        .start(0);
        browser.go(server.uri() + "?token=s3cret");
        browser.await("the samples", () -> !browser.texts("#samples li").isEmpty());

        assertThat(browser.url()).as("the token is gone").doesNotContain("token");
        assertThat(browser.texts("#samples .answer span:first-child"))
                .containsExactly("catU+202Etac");
        assertThat(browser.texts("#samples .truth")).containsExactly("✗ is dU+0007g");
        assertThat(browser.texts("#classes td:first-child")).containsExactly("catU+202Etac");
        assertThat(browser.texts("#model option")).containsExactly("m[U+202E]");
        browser.picture("bidi-classifier");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theTrackersPageNamesThemToo() {
        TrackerBoard board = new TrackerBoard(Clock.systemUTC());
        TrackerScore.Seen seen =
                new TrackerScore.Seen(
                        1,
                        0.5,
                        false,
                        3,
                        Optional.empty(),
                        "car",
                        Optional.of(new Box(1, 2, 4, 6)));
        board.score(new TrackerScore("m", "cam\u202e1", 1, 1000, List.of(seen), 4, 7, 0));
        board.metrics(
                new TrackerMetrics(
                        "m",
                        1000,
                        1,
                        1,
                        2,
                        0,
                        new TrackerMetrics.Counts(3, 4, 0, 5, 0, 0, 1, 0, 0, 6, 2),
                        new TrackerMetrics.Identity(0.5, 1, 1, 1),
                        2,
                        0));
        server =
                TrackerPages.server(
                                board,
                                new TrackerSettings.Input(0, new ImageShape(3, 1, 1)),
                                health(),
                                Optional.empty())
                        .start(0);
        browser.go(server.uri().toString());
        browser.await("the scenes", () -> !browser.texts("#scenes b").isEmpty());

        assertThat(browser.texts("#scenes b")).containsExactly("camU+202E1");
        assertThat(browser.texts("#instances .muted")).first().isEqualTo("camU+202E1");
        assertThat(browser.complaints()).isEmpty();
    }

    private static List<CreativeScore> scores(int count) {
        ScoreBoard market = new ScoreBoard(Clock.systemUTC());
        new ScoredMarket(market, count, 1).period(0);
        return new ArrayList<>(market.rank(Ranking.BY_RISK).scores());
    }

    private static CreativeScore named(
            CreativeScore like, String model, String creative, String advertiser, String text) {
        return new CreativeScore(
                new CreativeScore.Subject(model, creative, like.spell()),
                new CreativeDescription(advertiser, text, ""),
                like.at(),
                like.launchedAt(),
                like.cause(),
                new CreativeScore.Outlook(
                        like.outlook().interval(),
                        like.outlook().cuts(),
                        like.outlook().hazard(),
                        like.outlook().survival(),
                        like.outlook().lower(),
                        like.outlook().upper()),
                new CreativeScore.Forecast(
                        like.forecast().horizons(),
                        like.forecast().causes(),
                        like.forecast().cutOut(),
                        like.forecast().wearOut(),
                        like.forecast().expectedDays(),
                        like.forecast().risk()),
                new CreativeScore.Advice(
                        like.action(),
                        like.advice().reason(),
                        like.advice().spendADay(),
                        like.advice().expectedWaste(),
                        like.advice().contributions()),
                like.totals(),
                like.latest(),
                new CreativeScore.Version(
                        like.version().modelVersion(),
                        like.version().featureTime(),
                        like.version().outcomes()),
                Optional.empty());
    }
}
