// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

/**
 * The weights of a closed batch: all its traffic is observed and all its rates are in the mean
 * before the first creative is weighed, as in the reference.
 *
 * @param pooledRate clicks by impression of the whole batch
 * @param rates rate of each creative, by the mode
 * @param weights weight of each creative
 */
record WeighedBatch(double pooledRate, double[] rates, double[] weights) {

    static WeighedBatch of(
            ClickThroughWeight.Settings settings, double[] impressions, double[] clicks) {
        ClickThroughWeight weight = new ClickThroughWeight(settings);
        for (int i = 0; i < impressions.length; i++) {
            weight.observe(impressions[i], clicks[i]);
        }
        for (int i = 0; i < impressions.length; i++) {
            weight.weigh(impressions[i], clicks[i]);
        }
        double[] rates = new double[impressions.length];
        double[] weights = new double[impressions.length];
        for (int i = 0; i < impressions.length; i++) {
            rates[i] = weight.rate(impressions[i], clicks[i]);
            weights[i] = weight.weight(impressions[i], clicks[i]);
        }
        return new WeighedBatch(weight.state().pooledRate(), rates, weights);
    }
}
