// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class LogNoiseTest {
    private static final String GROUP = "org.apache.flink.metrics.MetricGroup";

    @Test
    void whatFlinkSaysAtEveryCheckpointIsNotLoggedAndOtherCollisionsAre() throws Exception {
        URI file = LogFolder.class.getResource("/log4j2.xml").toURI();
        LoggerContext context = Configurator.initialize("noise", null, file);
        try {
            assertThat(filtered(context, "pendingCommittables")).isEqualTo(Filter.Result.DENY);
            assertThat(filtered(context, "currentSendTime")).isEqualTo(Filter.Result.DENY);
            assertThat(filtered(context, "recordsProcessed")).isEqualTo(Filter.Result.NEUTRAL);
        } finally {
            Configurator.shutdown(context);
        }
    }

    private static Filter.Result filtered(LoggerContext context, String metric) {
        String message =
                "Name collision: Group already contains a Metric with the name '"
                        + metric
                        + "'. Metric will not be reported.[, taskmanager, 1, kedge-demo, scores: Committer, 0]";
        return context.getConfiguration()
                .getLoggerConfig(GROUP)
                .getFilter()
                .filter(
                        Log4jLogEvent.newBuilder()
                                .setLoggerName(GROUP)
                                .setLevel(Level.WARN)
                                .setMessage(new SimpleMessage(message))
                                .build());
    }
}
