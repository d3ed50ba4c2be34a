/** In which format the records of a topic are. */
package dev.kedge.connectors.formats;
