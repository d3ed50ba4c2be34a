/** Kafka topics as Flink streams: raw records in, events and dead letters out, results back. */
package dev.kedge.connectors.kafka;
