// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** A market of advertisements with known hazards: the demo of the ads job. */
package dev.kedge.connectors.ads.market;
