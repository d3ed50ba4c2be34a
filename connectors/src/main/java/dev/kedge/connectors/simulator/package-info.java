/** Made-up ad markets whose true hazards are known, and a player that puts records on a topic. */
package dev.kedge.connectors.simulator;
