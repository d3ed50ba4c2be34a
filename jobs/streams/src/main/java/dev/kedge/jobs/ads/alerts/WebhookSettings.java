// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where alerts are sent. */
public record WebhookSettings(
        @Meaning(
                        "Address, `http://` or `https://`, to which each alert is sent as JSON by POST; empty for none. Whoever knows such an address can often write to it: give it by reference (`${NAME}`, `file:PATH`). `--show` hides it. Redirects are not followed.")
                String url,
        @Meaning(
                        "Headers that are sent with it, `Authorization` for example; give secrets by reference. `--show` hides them.")
                SortedMap<String, String> headers,
        @Meaning("How long an answer may take; 100 ms to 1 minute.")
                @Lasting(min = "100 ms", max = "1 minute")
                Duration timeout,
        @Meaning(
                        "How often an alert is tried before it is dropped, with pauses of 1 s, 2 s, 4 s, at most 1 min between; 1 to 100. What the other side refuses (400 to 499, but for 408, 425 and 429) is not tried again.")
                @Range(min = 1, max = 100)
                int attempts,
        @Meaning(
                        "How many alerts may wait to be sent; further ones are dropped and counted. 1 to 10,000.")
                @Range(min = 1, max = 10_000)
                int queue) {
    /** Nobody is sent anything. */
    public static final WebhookSettings NONE =
            new WebhookSettings("", new TreeMap<>(), Duration.ofSeconds(5), 6, 100);

    /** Checks address and headers; what they are is said nowhere. */
    public WebhookSettings {
        headers = new TreeMap<>(headers == null ? Map.of() : headers);
        Optional<URI> address = address(url);
        Checks.require(
                url.isEmpty() || address.isPresent(),
                "url",
                "(hidden)",
                "empty, or an address that begins with http:// or https:// and names a host, and no user");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost/"));
        headers.forEach((name, value) -> check(request, name, value));
    }

    private static void check(HttpRequest.Builder request, String name, String value) {
        boolean good;
        try {
            request.header(name, value);
            good = value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 127);
        } catch (IllegalArgumentException e) {
            good = false;
        }
        Checks.require(
                good, "headers." + name, "(hidden)", "a header of HTTP that a client may set");
    }

    /** Where to; empty for nowhere. */
    Optional<URI> address() {
        return address(url);
    }

    private static Optional<URI> address(String url) {
        try {
            URI uri = new URI(url);
            boolean web =
                    "http".equalsIgnoreCase(uri.getScheme())
                            || "https".equalsIgnoreCase(uri.getScheme());
            boolean good = web && uri.getHost() != null && uri.getRawUserInfo() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "WebhookSettings[" + (url.isEmpty() ? "none" : "(hidden)") + "]";
    }
}
