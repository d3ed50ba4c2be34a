// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.replay;

import dev.kedge.jobs.laboratory.data.CreativeLife;

/**
 * A creative of a model.
 *
 * @param model the model
 * @param creative its id there
 */
public record CreativeKey(String model, String creative) {
    /** Of a life. */
    public static CreativeKey of(CreativeLife life) {
        return new CreativeKey(life.launched().model(), life.launched().creative());
    }
}
