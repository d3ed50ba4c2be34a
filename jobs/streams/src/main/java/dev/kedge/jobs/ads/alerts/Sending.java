// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

/**
 * How sending to a web hook goes.
 *
 * @param sent alerts that were taken
 * @param dropped alerts that were given up, or found no room
 * @param waiting alerts that wait; one that is being sent is not counted
 * @param trouble why the last attempt failed, in one line; empty if it did not
 */
public record Sending(long sent, long dropped, int waiting, String trouble) {}
