// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

/**
 * A command that answers Ctrl-C and SIGTERM by an {@link Interrupt}: its files stay until it has
 * put everything away.
 */
interface EndsItself {}
