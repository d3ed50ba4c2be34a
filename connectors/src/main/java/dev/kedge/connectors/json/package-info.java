/** Bytes to events and back: what crosses a topic, read strictly. No Kafka and no Flink here. */
package dev.kedge.connectors.json;
