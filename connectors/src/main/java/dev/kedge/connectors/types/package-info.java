/**
 * How Flink carries events and results from task to task: compact, derived from the records,
 * without Kryo.
 */
package dev.kedge.connectors.types;
