// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryTest {
    @Test
    void sumsStopAtTheLargestNumber() {
        Delivery delivery = new Delivery();
        for (int period = 0; period < 3; period++) {
            delivery.add(
                    period,
                    period,
                    Long.MAX_VALUE - 1,
                    Long.MAX_VALUE - 1,
                    Long.MAX_VALUE - 1,
                    Double.MAX_VALUE);
        }

        assertThat(delivery.impressions()).isEqualTo(Long.MAX_VALUE);
        assertThat(delivery.clicks()).isEqualTo(Long.MAX_VALUE);
        assertThat(delivery.conversions()).isEqualTo(Long.MAX_VALUE);
        assertThat(delivery.spend()).isEqualTo(Double.MAX_VALUE);
    }
}
