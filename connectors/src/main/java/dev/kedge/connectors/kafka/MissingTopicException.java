// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.util.List;

/** Topics that a job needs are not there. */
public final class MissingTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingTopicException(String bootstrapServers, List<String> names) {
        super(
                "no such topic at "
                        + bootstrapServers
                        + ": "
                        + String.join(", ", names)
                        + "; create it, for example with: kafka-topics.sh --bootstrap-server "
                        + bootstrapServers
                        + " --create --topic "
                        + names.get(0)
                        + " --partitions 4");
    }
}
