/** How Flink carries events and results from task to task: compact, versioned, without Kryo. */
package dev.kedge.connectors.types;
