// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * A Flink cluster of processes on this machine, made of the jars that Kedge runs with, and its REST
 * interface.
 */
package dev.kedge.jobs.command.cluster;
