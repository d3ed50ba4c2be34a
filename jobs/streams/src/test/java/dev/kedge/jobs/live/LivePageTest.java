// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.JobPages;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.page.JobHealth;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class LivePageTest {
    @Test
    void theAddressThatIsToldOpensAPageWithAToken() throws IOException, InterruptedException {
        try (LivePage page = page("{port: 0, token: 'a b&c#d'}")) {
            URI told = page.serve().orElseThrow();

            assertThat(told.toString()).endsWith("/?token=a+b%26c%23d");
            HttpClient browser = browser();
            assertThat(status(browser, told)).isEqualTo(200);
            assertThat(status(browser, told.resolve("/api/health"))).as("by cookie").isEqualTo(200);
            assertThat(status(browser(), told.resolve("/"))).isEqualTo(401);
        }
    }

    @Test
    void theAddressOfAnOpenPageHasNoToken() {
        try (LivePage page = page("{port: 0}")) {
            assertThat(page.serve().orElseThrow().getQuery()).isNull();
        }
    }

    private static LivePage page(String dashboard) {
        return JobPages.of(
                Jobs.parse("job: classifier\ndashboard: " + dashboard, "job.yaml").settings(),
                new JobHealth(Clock.systemUTC()));
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    private static int status(HttpClient browser, URI uri)
            throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
