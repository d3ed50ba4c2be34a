// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

/** A command that knows what a message must not say. */
interface KeepsSecrets {
    /** A message without secrets. */
    String hide(String message);
}
