// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What people do on the page, and what it tells them, over a real broker. */
@ExtendWith(SharedBrowser.class)
class PeopleBrowserITCase {
    private static final String ROW = "#rows tr[data-key*='cr-1027']";

    private static Browser browser;
    private static EmbeddedBroker broker;

    private final List<String> hooked = new CopyOnWriteArrayList<>();
    private HttpServer hook;
    private DiscontinuationFile settings;
    private DecidedMarket dashboard;

    @TempDir private Path folder;

    @BeforeAll
    static void open(Browser shared) {
        browser = shared;
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @BeforeEach
    void start() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext(
                "/",
                call -> {
                    hooked.add(
                            new String(
                                    call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    call.sendResponseHeaders(204, -1);
                    call.close();
                });
        hook.start();
        settings = settings();
        LocalTopics.create(settings);
        dashboard = new DecidedMarket(settings, folder.resolve("view"));
        browser.resize(1440, 900);
    }

    /** A topic of its own for each test. */
    private DiscontinuationFile settings() {
        String yaml =
                String.format(
                        Locale.ROOT,
                        """
                        topics: {decisions: 'decided-%d'}
                        alerts:
                          every: 1 s
                          rules:
                            - {name: losing-money, when: {advice: stop, expected-loss-above: 10}}
                          webhook: {url: 'http://localhost:%d/'}
                        """,
                        hook.getAddress().getPort(),
                        hook.getAddress().getPort());
        return StrictYaml.parse(
                        yaml, DiscontinuationFile.DEFAULT, DiscontinuationFile.class, "people.yaml")
                .local(broker.bootstrapServers(), folder.resolve("checkpoints"));
    }

    @AfterEach
    void stop() {
        browser.go("about:blank");
        dashboard.close();
        hook.stop(0);
        browser.complaints();
    }

    private void show(String query) {
        browser.go(dashboard.url() + query);
        browser.await("the list", () -> !browser.texts("#rows .who b").isEmpty());
        browser.await(
                "that people decide",
                () ->
                        browser.script("return document.body.className")
                                .toString()
                                .contains("decides"));
    }

    private void write(String selector, String text) {
        browser.script(
                "const box = document.querySelector('"
                        + selector
                        + "'); box.value = '"
                        + text
                        + "'; box.dispatchEvent(new Event('input', {bubbles: true}))");
    }

    private void decideOnThePage(String kind, String reason) {
        browser.click("#d-" + kind);
        browser.await("the dialog", () -> browser.find("#act-title").isDisplayed());
        browser.await("its clock", () -> !browser.find("#act-until").getAttribute("min").isEmpty());
        write("#act-who", "Ann Mayer");
        write("#act-reason", reason);
    }

    private void save() {
        browser.click("#act-save");
        browser.await("it is written", () -> !browser.find("#act").isDisplayed());
    }

    private void open() {
        browser.click(ROW);
        browser.await("its page", () -> browser.text("#d-meta").contains("cr-1027"));
    }

    @Test
    void aStopIsWrittenShownUndoneAndThereAfterARestart() {
        show("");
        open();
        decideOnThePage("stop", "Costs more than it brings.");
        browser.picture("people-dialog");
        save();

        browser.await("its mark", () -> browser.text(ROW).contains("Stopped by Ann Mayer"));
        browser.await("its trail", () -> browser.text("#d-trail").contains("Costs more"));
        assertThat(browser.text("#d-trail")).contains("advice then: Stop");
        browser.picture("people-light");

        dashboard.close();
        dashboard = new DecidedMarket(settings, folder.resolve("view"));
        show("");
        browser.await("its mark", () -> browser.text(ROW).contains("Stopped by Ann Mayer"));

        open();
        browser.click("#d-trail .undo");
        browser.await("who", () -> browser.find("#act-who").isDisplayed());
        assertThat(browser.text("#act-title")).isEqualTo("Take back: stopped");
        // Another port is another page to the browser, which keeps the name for each.
        write("#act-who", "Ben");
        save();
        browser.await("no mark", () -> !browser.text(ROW).contains("Stopped by Ann Mayer"));
        browser.await("both", () -> browser.texts("#d-trail li").size() == 2);
        assertThat(browser.text("#d-trail")).contains("Taken back by Ben");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSnoozedCreativeLeavesWhatIsToBeStopped() {
        show("?action=stop");
        int before = browser.texts("#rows tr").size();
        open();
        decideOnThePage("snooze", "The sale ends on Sunday.");
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(7).toString();
        assertThat(browser.find("#act-until").getAttribute("value")).isEqualTo(day);
        save();

        browser.await("one less", () -> browser.texts("#rows tr").size() == before - 1);
        browser.await("its mark", () -> browser.text("#d-standing").contains(day));
        browser.click("#d-note");
        browser.await("the dialog", () -> browser.find("#act-title").isDisplayed());
        assertThat(browser.find("#act-who").getAttribute("value")).isEqualTo("Ann Mayer");
        browser.click("#act-cancel");
        browser.click("#more");
        browser.script(
                "const box = document.getElementById('decision'); box.value = 'snooze';"
                        + " box.dispatchEvent(new Event('change'))");
        browser.await("it alone", () -> browser.texts("#rows tr").size() == 1);
        assertThat(browser.url()).contains("decision=snooze");
        assertThat(browser.text(ROW)).contains("Snoozed until " + day + " by Ann Mayer");
        browser.script("document.documentElement.dataset.theme = 'dark'");
        browser.picture("people-dark");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aNoteIsTakenFromTheRowAndWhatIsMissingIsAskedFor() {
        show("");
        browser.script("document.querySelector(\"" + ROW + " .row-act\").click()");
        browser.await("the dialog", () -> browser.find("#act-title").isDisplayed());
        browser.find("#act-note").sendKeys(Keys.SPACE);
        assertThat(browser.text("#act-title")).isEqualTo("Write a note");
        browser.click("#act-save");
        assertThat(browser.find("#act").isDisplayed()).as("a note needs words").isTrue();
        write("#act-reason", "Asked the client.");
        browser.click("#act-save");
        browser.await("the refusal", () -> browser.find("#act-wrong").isDisplayed());
        assertThat(browser.text("#act-wrong")).contains("who: ", "1 to 100 characters");
        write("#act-who", "Ben");
        save();

        browser.await("its mark", () -> browser.text(ROW).contains("1 note"));
    }

    @Test
    void theListAndAHistoryCanBeTakenAway() {
        show("?action=stop&q=a");
        open();
        decideOnThePage("keep", "");
        save();
        browser.await("its mark", () -> browser.text("#d-standing").contains("Kept"));

        String list = fetched("#csv");
        String past = fetched("#d-csv");
        assertThat(browser.find("#csv").getAttribute("href")).contains("action=stop", "q=a");
        assertThat(list.lines().count()).isEqualTo(browser.texts("#rows tr").size() + 1L);
        assertThat(list).contains("\"model\",\"creative\"");
        assertThat(past).contains("\"decision\"", "\"keep\",\"Ann Mayer\"");
        assertThat(browser.complaints()).isEmpty();
    }

    private static String fetched(String link) {
        return browser.script(
                        "const x = new XMLHttpRequest(); x.open('GET', document.querySelector('"
                                + link
                                + "').href, false); x.send(); return x.responseText")
                .toString();
    }

    @Test
    void theBellTellsAndTheWebHookIsSentTheSame() {
        show("");
        browser.await("alerts", () -> browser.find("#bell-count").isDisplayed());
        browser.await("they are sent", () -> !hooked.isEmpty());
        browser.click("#bell");
        browser.await("the list", () -> !browser.texts("#alerts-list li").isEmpty());

        assertThat(browser.texts("#alerts-list li").get(0))
                .contains("losing-money: cr-", "advice stop", "expected to be wasted", "holds");
        assertThat(hooked.get(0)).contains("\"rule\":\"losing-money\"", "\"action\":\"stop\"");
        browser.await(
                "how it goes",
                () -> browser.text("#alerts-hook").matches("Web hook: \\d+ sent.*0 dropped\\."));
        browser.picture("people-alerts");
        browser.click("#alerts-list button");
        browser.await("its page", () -> browser.url().contains("creative=cr-"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void allThisFitsAPhoneInTheDark() {
        browser.resize(390, 844);
        show("");
        browser.script("document.documentElement.dataset.theme = 'dark'");
        browser.picture("people-phone-list");
        open();
        decideOnThePage("snooze", "The sale ends on Sunday.");
        browser.picture("people-phone-dialog");
        assertThat(wide()).as("nothing beyond the screen").isLessThanOrEqualTo(390);
        save();
        browser.await("its mark", () -> browser.text("#d-standing").contains("Snoozed"));
        browser.picture("people-phone-page");
        browser.script("document.getElementById('d-trail').scrollIntoView({block: 'center'})");
        browser.picture("people-phone-trail");
        browser.click("#back");
        browser.await("its mark", () -> browser.text(ROW).contains("Snoozed until"));
        browser.script("document.querySelector(\"" + ROW + "\").scrollIntoView({block: 'center'})");
        browser.picture("people-phone-marked");
        assertThat(wide()).isLessThanOrEqualTo(390);
        browser.script("window.scrollTo(0, 0)");
        browser.click("#bell");
        browser.await("the list", () -> !browser.texts("#alerts-list li").isEmpty());
        browser.picture("people-phone-alerts");
        assertThat(browser.complaints()).isEmpty();
    }

    private static long wide() {
        return (Long) browser.script("return document.documentElement.scrollWidth");
    }
}
