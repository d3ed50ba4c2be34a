// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import dev.kedge.jobs.flink.Reasons;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why a cluster did not do what it was asked, in one line. Its answers are whole stack traces, of
 * which the deepest cause says what is wrong.
 */
final class RestReason {
    /** A cause that says nothing but its type is left to the one above it. */
    private static final Pattern CAUSE = Pattern.compile("(?m)^Caused by: [\\w.$]+: (?<said>.+)$");

    /** A trace without causes begins with what it is and ends with where. */
    private static final Pattern FRAMES = Pattern.compile("(?s)\\R\\s*at .*");

    private static final Pattern TYPE = Pattern.compile("^\\[?(?:[\\w$]+\\.)+[\\w$]+: ");

    private RestReason() {}

    static String of(URI address, Throwable failure) {
        for (Throwable cause : Reasons.chain(failure)) {
            if (cause instanceof UnknownHostException) {
                return address + ": no such host";
            }
            if (cause instanceof ConnectException) {
                return address + ": nobody answers";
            }
            if (cause instanceof RestClientException answered) {
                return deepest(answered.getMessage());
            }
        }
        return address + ": " + Reasons.deepest(failure);
    }

    /** Whether it was reached, whatever it said. */
    static boolean isUnreachable(Throwable failure) {
        return Reasons.chain(failure).stream()
                .anyMatch(
                        cause ->
                                cause instanceof UnknownHostException
                                        || cause instanceof ConnectException);
    }

    /** Whether its job managers are about to choose which of them leads. */
    static boolean isElection(Throwable failure) {
        return Reasons.chain(failure).stream()
                .anyMatch(
                        cause ->
                                cause instanceof RestClientException answered
                                        && answered.getHttpResponseStatus()
                                                .equals(HttpResponseStatus.SERVICE_UNAVAILABLE));
    }

    static String deepest(String trace) {
        List<String> causes =
                CAUSE.matcher(trace).results().map(MatchResult::group).distinct().toList();
        if (causes.isEmpty()) {
            String said = FRAMES.matcher(trace).replaceFirst("");
            return Reasons.oneLine(TYPE.matcher(said).replaceFirst(""));
        }
        String last = causes.get(causes.size() - 1);
        return Reasons.oneLine(CAUSE.matcher(last).replaceFirst("${said}"));
    }
}
