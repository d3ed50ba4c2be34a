// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which texts of a file are nobody else's business. */
final class Secrets {
    /** What is said in their place. */
    static final String HIDDEN = "(hidden)";

    private static final Pattern NAMES =
            Pattern.compile(".*(password|secret|jaas|credential|keystore\\.key).*|(.*[.-])?token");

    private Secrets() {}

    /** A web hook's address is often all that one needs to write to it. */
    private static final Pattern PLACES = Pattern.compile("/alerts/webhook/(url|headers/.*)");

    /** What Kafka's own clients do not say. */
    private static final Set<String> KAFKA =
            Stream.of(
                            AdminClientConfig.configDef(),
                            ConsumerConfig.configDef(),
                            ProducerConfig.configDef())
                    .flatMap(definition -> definition.configKeys().values().stream())
                    .filter(key -> key.type() == ConfigDef.Type.PASSWORD)
                    .map(key -> key.name)
                    .collect(Collectors.toUnmodifiableSet());

    /** Whether a text is to be hidden, by its field's name or by its place in the file. */
    static boolean isSecret(JsonPointer at, String field) {
        return isSecret(field) || KAFKA.contains(field) || PLACES.matcher(at.toString()).matches();
    }

    /** Whether a field's text is to be hidden, by the field's name. */
    static boolean isSecret(String field) {
        return NAMES.matcher(field.toLowerCase(Locale.ROOT)).matches();
    }
}
