// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** The events of creatives and what is said of them, as JSON and on topics. */
package dev.kedge.connectors.ads;
