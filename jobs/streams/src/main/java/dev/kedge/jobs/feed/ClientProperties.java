// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Looks at {@code kafka.properties} before a client is made of them. A client takes what it does
 * not know for something of a plug-in's, and says of a file that is missing only that it could not
 * start.
 */
final class ClientProperties {
    private static final String FIELD = "kafka.properties.";
    private static final String JAAS = "sasl.jaas.config";
    private static final Pattern KEY_TAB = Pattern.compile("keyTab\\s*=\\s*\"?([^\"\\s;]+)");
    private static final Set<String> FILES =
            Set.of(
                    "ssl.truststore.location",
                    "ssl.keystore.location",
                    "sasl.oauthbearer.assertion.private.key.file",
                    "sasl.oauthbearer.assertion.template.file");

    /** What Flink's connector takes, beside the clients. */
    private static final Set<String> FLINK =
            Set.of(
                    "client.id.prefix",
                    "commit.offsets.on.checkpoint",
                    "partition.discovery.interval.ms",
                    "register.consumer.metrics",
                    "register.producer.metrics");

    private static final int FAR = 3;

    private ClientProperties() {}

    /**
     * Refuses what no client of Kafka knows, values that none takes, and files that are missing.
     *
     * @throws ConfigurationException naming the property
     */
    static void require(JobSettings.Kafka kafka) {
        TreeSet<String> known = new TreeSet<>(FLINK);
        known.addAll(AdminClientConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        boolean plugged = kafka.properties().keySet().stream().anyMatch(ClientProperties::plugs);
        for (Map.Entry<String, String> property : kafka.properties().entrySet()) {
            String name = property.getKey();
            if (!known.contains(name) && !plugged) {
                String meant = nearest(name, known).map(n -> "; did you mean " + n).orElse("");
                throw new ConfigurationException(
                        FIELD + name + ": no Kafka client has this property" + meant);
            }
            file(property).ifPresent(file -> requireFile(name, file));
        }
        requireValues(kafka);
    }

    /** A plug-in's own properties cannot be known. */
    private static boolean plugs(String name) {
        return name.equals("metric.reporters")
                || name.equals("interceptor.classes")
                || name.endsWith(".callback.handler.class")
                || name.endsWith("engine.factory.class")
                || name.equals("security.providers");
    }

    private static Optional<String> file(Map.Entry<String, String> property) {
        if (FILES.contains(property.getKey())) {
            return Optional.of(property.getValue());
        }
        Matcher keyTab = KEY_TAB.matcher(property.getValue());
        return property.getKey().equals(JAAS) && keyTab.find()
                ? Optional.of(keyTab.group(1))
                : Optional.empty();
    }

    private static void requireFile(String name, String file) {
        if (!isReadable(file)) {
            throw ConfigurationException.of(
                    "%s%s: %s is not there, or cannot be read; it must be a file",
                    FIELD, name, file);
        }
    }

    private static boolean isReadable(String file) {
        try {
            Path path = Path.of(file);
            return Files.isRegularFile(path) && Files.isReadable(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void requireValues(JobSettings.Kafka kafka) {
        Properties client = kafka.client();
        for (ConfigDef definition :
                List.of(
                        AdminClientConfig.configDef(),
                        ConsumerConfig.configDef(),
                        ProducerConfig.configDef())) {
            Properties own = new Properties();
            definition.names().stream()
                    .filter(client::containsKey)
                    .forEach(name -> own.put(name, client.get(name)));
            try {
                definition.parse(own);
            } catch (ConfigException e) {
                if (own.keySet().stream().anyMatch(key -> isOf(e, key.toString()))) {
                    throw new ConfigurationException(FIELD + "*: " + e.getMessage());
                }
            }
        }
    }

    /** Of what a client wants beside, serializers for example, Kedge takes care itself. */
    private static boolean isOf(ConfigException e, String name) {
        return e.getMessage().contains("configuration " + name + ":")
                || e.getMessage().endsWith("configuration " + name);
    }

    private static Optional<String> nearest(String name, Set<String> known) {
        record Near(String name, int distance) {}
        return known.stream()
                .map(other -> new Near(other, distance(name, other)))
                .filter(near -> near.distance() <= FAR)
                .min(Comparator.comparingInt(Near::distance))
                .map(Near::name);
    }

    /** Letters to put in, take out or change (Levenshtein). */
    private static int distance(String one, String other) {
        List<Integer> row = new ArrayList<>();
        for (int j = 0; j <= other.length(); j++) {
            row.add(j);
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row.get(0);
            row.set(0, i);
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row.get(j);
                row.set(j, Math.min(change, 1 + Math.min(row.get(j), row.get(j - 1))));
            }
        }
        return row.get(other.length());
    }
}
