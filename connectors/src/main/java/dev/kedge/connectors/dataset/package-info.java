/** Data sets on disk as events. */
package dev.kedge.connectors.dataset;
