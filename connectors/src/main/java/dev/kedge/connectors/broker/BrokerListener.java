// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.broker;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One more way into an embedded broker, beside the one that asks for nothing: encrypted for
 * example, or for clients that say who they are.
 *
 * @param name of the listener, letters alone
 * @param protocol of Kafka: {@code SSL}, {@code SASL_SSL}, {@code SASL_PLAINTEXT}, {@code
 *     PLAINTEXT}
 * @param settings of Kafka for this listener, {@code ssl.keystore.location} for example
 */
public record BrokerListener(String name, String protocol, SortedMap<String, String> settings) {
    /** Copies the settings. */
    public BrokerListener {
        settings = new TreeMap<>(settings);
    }

    /** A listener. */
    public static BrokerListener of(String name, String protocol, Map<String, String> settings) {
        return new BrokerListener(name, protocol, new TreeMap<>(settings));
    }

    /** Adds it to the settings of a broker. */
    void addTo(Properties broker, int port) {
        String place = name + "://" + BrokerSettings.HOST + ":" + port;
        append(broker, "listeners", place);
        append(broker, "advertised.listeners", place);
        append(broker, "listener.security.protocol.map", name + ":" + protocol);
        String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
        settings.forEach((key, value) -> broker.setProperty(prefix + key, value));
    }

    private static void append(Properties broker, String key, String value) {
        broker.setProperty(key, broker.getProperty(key) + "," + value);
    }
}
