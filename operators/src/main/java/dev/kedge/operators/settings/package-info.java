// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** What all settings have in common. */
package dev.kedge.operators.settings;
