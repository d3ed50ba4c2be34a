// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request comes from the page itself, from a program, or from a person who follows a
 * link: no other page may ask for anything, even where it could not read the answer.
 */
final class Origins {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private Origins() {}

    static boolean admits(Context request) {
        Optional<String> site = Optional.ofNullable(request.header("Sec-Fetch-Site"));
        if (site.isPresent()) {
            return OWN.contains(site.get()) || followsLink(request);
        }
        return Optional.ofNullable(request.header("Origin"))
                .map(origin -> isOwn(origin, request))
                .orElse(true);
    }

    private static boolean followsLink(Context request) {
        return request.req().getMethod().equals("GET")
                && "navigate".equals(request.header("Sec-Fetch-Mode"))
                && "document".equals(request.header("Sec-Fetch-Dest"));
    }

    /** The scheme is left out: a proxy may speak TLS to the browser and none to this server. */
    private static boolean isOwn(String origin, Context request) {
        String host = Optional.ofNullable(request.header("Host")).orElse("");
        return !host.isEmpty() && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }
}
