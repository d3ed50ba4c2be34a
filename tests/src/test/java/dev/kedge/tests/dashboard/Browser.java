// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.apache.flink.util.FileUtils;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium of this machine, without a window and without a network of its own. */
final class Browser implements AutoCloseable {
    private static final List<String> FLAGS =
            List.of(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--hide-scrollbars",
                    "--force-prefers-reduced-motion");

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Opens a browser, or skips the test where there is none. */
    static Browser open() {
        Path chromium = Path.of(System.getProperty("kedge.chromium", "/usr/bin/chromium"));
        Path chromedriver =
                Path.of(System.getProperty("kedge.chromedriver", "/usr/bin/chromedriver"));
        assumeTrue(
                Files.isExecutable(chromium) && Files.isExecutable(chromedriver),
                () ->
                        "No browser: neither is there %s with %s, nor do -Dkedge.chromium and"
                                .concat(" -Dkedge.chromedriver name others")
                                .formatted(chromium, chromedriver));
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .usingAnyFreePort()
                        .build();
        Path profile = newProfile();
        return new Browser(new ChromeDriver(service, options(chromium, profile)), profile);
    }

    private static Path newProfile() {
        try {
            return Files.createTempDirectory("browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /** Makes the page exactly so large, whatever the window may be. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /**
     * Shows the page as a person with dark or light colours would see it, on screen or on paper.
     */
    void colours(String scheme, String medium) {
        Map<String, String> preferred = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(preferred)));
    }

    /** Prints the page, to nowhere. */
    void print() {
        driver.executeCdpCommand("Page.printToPDF", Map.of());
    }

    void go(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /**
     * What a reader sees of the elements, all at one moment: a page that redraws its list faster
     * than one by one could be asked never lets go of a whole answer. As WebDriver has it, blanks
     * that do not break are blanks, and options have a text though their list is closed.
     */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        return (List<String>)
                driver.executeScript(
                        """
                        const seen = e => e.matches('option') || e.checkVisibility();
                        const text = e => e.innerText.replaceAll('\u00a0', ' ').trim();
                        return [...document.querySelectorAll(arguments[0])].map(
                            e => seen(e) ? text(e) : '');
                        """,
                        selector);
    }

    /** What a reader sees of the first of them. */
    String text(String selector) {
        return texts(selector).stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(selector));
    }

    /** Clicks the first of them, found anew where the page redraws it in between. */
    void click(String selector) {
        await(
                selector,
                () -> {
                    find(selector).click();
                    return true;
                });
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    String focused() {
        return driver.switchTo().activeElement().getText();
    }

    void await(String what, BooleanSupplier until) {
        Awaitility.await(what).ignoreExceptions().until(until::getAsBoolean);
    }

    /** What the page complained of so far. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Keeps a picture of the page under {@code target/screenshots}. */
    void picture(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows nothing, as at first, and forgets what pages complained of. */
    void forget() {
        go("about:blank");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        complaints();
    }

    @Override
    public void close() {
        driver.quit();
        FileUtils.deleteDirectoryQuietly(profile.toFile());
    }
}
