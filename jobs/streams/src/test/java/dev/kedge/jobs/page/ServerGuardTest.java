// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.jobs.ads.board.CreativesPage;
import dev.kedge.jobs.ads.board.Samples;
import dev.kedge.jobs.ads.board.ScoreBoard;
import dev.kedge.jobs.ads.board.ScoreView;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page's server refuses, and that what it refuses is a line of JSON. */
class ServerGuardTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String TYPE = "application/json";

    private final ScoreBoard board = new ScoreBoard(Clock.systemUTC());
    private ScoreView view;
    private DashboardServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        view = ScoreView.open(folder, board);
        server = server(Optional.empty());
    }

    private DashboardServer server(Optional<String> token) {
        JobHealth health = new JobHealth(Clock.systemUTC());
        CreativesPage page = new CreativesPage(board, Optional.of(view), Policy.DEFAULT);
        return new DashboardServer(page, health, token).start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "Application/JSON; charset=utf-8, 200",
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "application/jsonp, 415",
        "multipart/form-data, 415"
    })
    void aQuestionIsJson(String type, int status) throws Exception {
        assertThat(post("{}", "Content-Type", type).statusCode()).isEqualTo(status);
    }

    @Test
    void aQuestionThatDoesNotSayWhatItIsIsRefused() throws Exception {
        HttpResponse<String> answer = post("{}");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(error(answer)).isEqualTo("The body must be of type application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, OWN, 200",
        "Origin, http://evil.example, 403",
        "Origin, http://localhost:1, 403",
        "Origin, http://localhost, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, cross-site, 403"
    })
    void noOtherSitesPageMayAsk(String header, String value, int status) throws Exception {
        String sent = value.equals("OWN") ? "http://localhost:" + server.port() : value;

        assertThat(post("{}", "Content-Type", TYPE, header, sent).statusCode()).isEqualTo(status);
        assertThat(get("/api/creatives", header, sent).statusCode()).isEqualTo(status);
    }

    @Test
    void aLinkFromAnotherSiteMayOpenThePage() throws Exception {
        String[] follows = {
            "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest"
        };
        assertThat(get("/", append(follows, "document")).statusCode()).isEqualTo(200);
        assertThat(get("/", append(follows, "iframe")).statusCode()).isEqualTo(403);
    }

    @Test
    void aLongBodyIsRefusedWhetherItSaysItsLengthOrNot() throws Exception {
        String body = " ".repeat(ServerLimits.BODY_BYTES) + "{}";
        HttpRequest.Builder chunked =
                request("/api/what-if", "Content-Type", TYPE)
                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body)));

        // Again and again: whoever is still sending must not find the connection broken.
        for (int i = 0; i < 50; i++) {
            assertThat(post(body, "Content-Type", TYPE).statusCode()).isEqualTo(413);
        }
        assertThat(send(chunked).statusCode()).isEqualTo(413);
        assertThat(post(body.substring(2), "Content-Type", TYPE).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "100%",
                "x\u0000y",
                "a/b",
                "..",
                ".",
                "/",
                "\u202eevil",
                "a\tb\nc",
                "ü 漢 🏖",
                " ",
                "?#&+;=",
                "back\\slash",
                "%00",
                "\u0085",
                "a//b",
                "..;/x"
            })
    void aNameOpensWhateverCharactersItHas(String name) throws Exception {
        board.accept(new Samples(name, name, "Shoes", 1, -1, Action.STOP).score());
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);

        HttpResponse<String> found = get("/api/creative?model=" + encoded + "&creative=" + encoded);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(found.body()).get("creative").asText()).isEqualTo(name);
        assertThat(JSON.readTree(found.body()).get("model").asText()).isEqualTo(name);
        assertThat(get("/api/creatives?model=" + encoded).body()).contains("\"total\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "100%", "a/b", "\u202eevil", "%00", "a;b", "\\"})
    void aNameOpensAsAPartOfAPathToo(String name) throws Exception {
        board.accept(new Samples("search", name, "Shoes", 1, -1, Action.STOP).score());
        String part = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");

        HttpResponse<String> found = get("/api/creatives/search/" + part);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(found.body()).get("creative").asText()).isEqualTo(name);
    }

    @Test
    void aVeryLongNameOpensUpToTheSizeOfARequest() throws Exception {
        String name = "n".repeat(20_000);
        board.accept(new Samples("search", name, "Shoes", 1, -1, Action.STOP).score());

        assertThat(get("/api/creative?model=search&creative=" + name).statusCode()).isEqualTo(200);
        HttpResponse<String> longer = get("/api/creative?model=search&creative=" + name + name);
        assertThat(longer.statusCode()).isEqualTo(414);
        assertRefusal(longer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\n\n",
                "GET / HTTP/1.1\n\n",
                "GET / HTTP/9.9\nHost: localhost\n\n",
                "GET /api/health HTTP/1.1\nHost: evil.example\nConnection: close\n\n",
                "GET /api/creative?model=%zz&creative=a HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "TRACE / HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "FOO /api/health HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "DELETE /api/creatives HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /../../etc/passwd HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /webjars/..%2fapp.js HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET / HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2\n\n"
            })
    void whatIsNoProperRequestIsRefusedWithoutATrace(String request) throws Exception {
        try (RawSocket socket = new RawSocket(server.port())) {
            String answer = socket.send(request).rest(Patience.TIME);

            assertThat(answer)
                    .containsPattern("^HTTP/1.1 [45]")
                    .contains("Content-Security-Policy");
            assertThat(answer).doesNotContainIgnoringCase("jetty", "exception", "<html", "root:");
        }
    }

    @Test
    void manyWrongTokensOfAnAddressAreNotLookedAtForAWhile() throws Exception {
        server.close();
        server = server(Optional.of("s3cret"));

        for (int i = 0; i < Attempts.MOST; i++) {
            assertThat(get("/api/health", "Authorization", "Bearer " + i).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> right = get("/api/health", "Authorization", "Bearer s3cret");

        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After")).contains("60");
        assertThat(get("/api/health").statusCode()).as("without any").isEqualTo(401);
    }

    @Test
    void theCookieIsForThisServerAloneAndNotForScripts() throws Exception {
        server.close();
        server = server(Optional.of("s3cret"));

        String cookie = get("/?token=s3cret").headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(cookie).startsWith("kedge-dashboard=s3cret").contains("HttpOnly", "Strict");
        assertThat(cookie).doesNotContain("Domain");
    }

    private static String[] append(String[] headers, String last) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = last;
        return all;
    }

    private static String error(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).get("error").asText();
    }

    private static void assertRefusal(HttpResponse<String> answer) throws IOException {
        assertThat(error(answer)).isNotBlank().doesNotContain("\n");
        assertThat(answer.headers().map())
                .containsKeys("content-security-policy", "x-content-type-options")
                .doesNotContainKey("server");
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        return send(request("/api/what-if", headers).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
