// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.Test;

class RestReasonTest {
    private static final URI CLUSTER = URI.create("http://localhost:8081");

    @Test
    void ofAStackTraceTheDeepestCauseIsSaid() {
        String trace =
                """
                [org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.
                \tat org.apache.flink.A.b(A.java:1)
                Caused by: java.util.concurrent.CompletionException: a.b.Wrapped: x
                \t... 2 more
                Caused by: dev.kedge.jobs.config.ConfigurationException: job: paralelism: unknown field
                \tat dev.kedge.C.d(C.java:2)
                \t... 6 more
                ]
                """;
        Exception answered = new RestClientException(trace, HttpResponseStatus.BAD_REQUEST);

        assertThat(RestReason.of(CLUSTER, new CompletionException(answered)))
                .isEqualTo("job: paralelism: unknown field");
    }

    @Test
    void aCauseThatSaysNothingIsLeftToTheOneAboveIt() {
        String trace =
                """
                [org.apache.flink.runtime.rest.handler.RestHandlerException: Could not plan.
                \tat org.apache.flink.A.b(A.java:1)
                Caused by: a.b.BrokerUnreachableException: no Kafka broker answered at x:9092 within 10 s
                \t... 2 more
                Caused by: java.util.concurrent.TimeoutException
                \tat dev.kedge.C.d(C.java:2)
                \t... 6 more
                ]
                """;
        Exception answered = new RestClientException(trace, HttpResponseStatus.BAD_REQUEST);

        assertThat(RestReason.of(CLUSTER, new CompletionException(answered)))
                .isEqualTo("no Kafka broker answered at x:9092 within 10 s");
    }

    @Test
    void whereNobodyAnswersTheAddressIsSaid() {
        assertThat(RestReason.of(CLUSTER, new CompletionException(new ConnectException("refused"))))
                .isEqualTo("http://localhost:8081: nobody answers");
    }

    @Test
    void ofATraceWithoutCausesTheFirstLineIsSaid() {
        String trace =
                "[org.apache.flink.runtime.rest.NotFoundException: Job 1 not found\n\tat org.apache.flink.A.b(A.java:1)\n]";
        Exception answered = new RestClientException(trace, HttpResponseStatus.NOT_FOUND);

        assertThat(RestReason.of(CLUSTER, new CompletionException(answered)))
                .isEqualTo("Job 1 not found");
    }
}
