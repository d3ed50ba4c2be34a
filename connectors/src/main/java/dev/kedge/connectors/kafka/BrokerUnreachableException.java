// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.state.settings.Durations;
import java.time.Duration;
import java.util.Optional;

/** No Kafka broker answered. */
public final class BrokerUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerUnreachableException(String bootstrapServers, Duration timeout, Throwable cause) {
        super(
                "no Kafka broker answered at "
                        + bootstrapServers
                        + " within "
                        + Durations.word(timeout)
                        + ": check that it runs, that the address is right, and that kafka.properties name its security.protocol ("
                        + Optional.ofNullable(cause.getMessage()).orElse("no answer at all")
                        + ")",
                cause);
    }
}
