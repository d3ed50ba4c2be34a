// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Memory banks: what is known of each instance that a stream has shown. */
package dev.kedge.state.bank;
