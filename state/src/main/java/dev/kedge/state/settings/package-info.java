// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What all settings have in common: how they refuse a value. */
package dev.kedge.state.settings;
