// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** What is promised to those who build on Kedge. */
package dev.kedge.state.api;
