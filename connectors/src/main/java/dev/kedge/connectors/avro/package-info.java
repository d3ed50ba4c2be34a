/** Records as Avro, with the number of their schema in a registry in front. */
package dev.kedge.connectors.avro;
