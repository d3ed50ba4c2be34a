// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may look. With a token, every request has to bring it: as a bearer, as {@code ?token=}, or in
 * the cookie that a page opened with {@code ?token=} gets, so that a browser can load the rest. On
 * this machine alone no token is needed, but the request must name this machine, so that no foreign
 * page reads the board through the browser.
 */
final class Access {
    private static final String COOKIE = "kedge-dashboard";
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What became of a look at a request. */
    enum Verdict {
        /** It may be answered. */
        ADMITTED,
        /** It brings no valid token, or names another machine. */
        REFUSED,
        /** Its address brought so many wrong tokens that none is looked at for a while. */
        EXHAUSTED
    }

    private final Attempts attempts = new Attempts(System::nanoTime);
    private final Optional<String> token;

    Access(Optional<String> token) {
        if (token.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("The dashboard's token is blank");
        }
        this.token = token;
    }

    void admit(String host) {
        if (token.isEmpty() && !loopback(host)) {
            throw new IllegalArgumentException(
                    "The dashboard needs a token to be seen from other machines (host "
                            + host
                            + ")");
        }
    }

    Verdict check(Context request) {
        if (token.isEmpty()) {
            return local(request) ? Verdict.ADMITTED : Verdict.REFUSED;
        }
        Optional<String> asked = Optional.ofNullable(request.queryParam("token"));
        List<String> shown =
                Stream.of(asked, bearer(request), cookie(request))
                        .flatMap(Optional::stream)
                        .toList();
        String address = request.req().getRemoteAddr();
        if (shown.isEmpty()) {
            return Verdict.REFUSED;
        }
        if (attempts.exhausted(address)) {
            return Verdict.EXHAUSTED;
        }
        String secret = token.get();
        if (shown.stream().noneMatch(value -> same(value, secret))) {
            attempts.wrong(address);
            return Verdict.REFUSED;
        }
        if (asked.filter(value -> same(value, secret)).isPresent()) {
            // A cookie takes no blanks and semicolons, a token does.
            String value = URLEncoder.encode(secret, UTF_8);
            request.cookie(new Cookie(COOKIE, value, "/", -1, false, true, "", SameSite.STRICT));
        }
        return Verdict.ADMITTED;
    }

    private static Optional<String> bearer(Context request) {
        return Optional.ofNullable(request.header("Authorization"))
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()).strip());
    }

    private static Optional<String> cookie(Context request) {
        try {
            return Optional.ofNullable(request.cookie(COOKIE))
                    .map(value -> URLDecoder.decode(value, UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean same(String value, String secret) {
        return MessageDigest.isEqual(value.getBytes(UTF_8), secret.getBytes(UTF_8));
    }

    private static boolean local(Context request) {
        String host = Optional.ofNullable(request.host()).orElse("");
        return LOCAL.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("The dashboard's host " + host + " is unknown", e);
        }
    }
}
