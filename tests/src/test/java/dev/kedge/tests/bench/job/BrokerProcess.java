// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.testing.Patience;
import dev.kedge.tests.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kafka broker in a process of its own: {@code kedge broker}. */
record BrokerProcess(JavaProcess process, String servers) implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("a Kafka broker is at (\\S+)");

    static BrokerProcess start(Path folder) {
        List<String> arguments =
                List.of("broker", "--port", "0", "--folder", folder.resolve("data").toString());
        JavaProcess process = KedgeChild.start("broker", folder, "", List.of("-Xmx1g"), arguments);
        try {
            await("a broker")
                    .atMost(Patience.TIME)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.alive() || address(process).find());
            Matcher address = address(process);
            if (!address.find()) {
                throw new IllegalStateException("no broker: " + process.complained());
            }
            return new BrokerProcess(process, address.group(1));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static Matcher address(JavaProcess process) {
        return ADDRESS.matcher(process.printed());
    }

    @Override
    public void close() {
        process.close();
    }
}
