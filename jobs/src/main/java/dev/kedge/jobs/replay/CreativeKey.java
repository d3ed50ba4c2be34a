// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.replay;

import dev.kedge.connectors.dataset.CreativeLife;

/**
 * A creative of a model.
 *
 * @param model the model
 * @param creative its id there
 */
record CreativeKey(String model, String creative) {
    static CreativeKey of(CreativeLife life) {
        return new CreativeKey(life.launched().model(), life.launched().creative());
    }
}
