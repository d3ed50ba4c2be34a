// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import org.apache.kafka.common.KafkaException;

/** No Kafka client can be made with these properties, whether brokers are there or not. */
public final class ClientRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientRefusedException(KafkaException cause) {
        super("no Kafka client can be made with kafka.properties: " + reasons(cause), cause);
    }

    /** All of them but the first, which only says that there is no client. */
    private static String reasons(KafkaException e) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable at = e.getCause(); at != null; at = at.getCause()) {
            String said = String.valueOf(at.getMessage());
            if (reasons.indexOf(said) < 0) {
                reasons.append(reasons.isEmpty() ? "" : ": ").append(said);
            }
        }
        return reasons.isEmpty() ? String.valueOf(e.getMessage()) : reasons.toString();
    }
}
