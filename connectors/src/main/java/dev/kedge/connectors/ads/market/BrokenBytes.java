// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;

/** Records as a broken sender writes them, each of which must become a dead letter. */
final class BrokenBytes {
    private static final String[] FORMS = {
        "{\"type\":\"statistics\",\"model\":\"%1$s\",\"creative\":\"%2$s\",\"at\":\"%3$s\","
                + "\"period\":0,\"impressions\":10,\"clicks\":11,\"conversions\":0,\"spend\":1.0}",
        "{\"type\":\"statistics\",\"model\":\"%1$s\",\"creative\":\"%2$s\",\"at\":\"%3$s\","
                + "\"period\":0,\"impressions\":-1,\"clicks\":0,\"conversions\":0,\"spend\":1.0}",
        "{\"type\":\"statistics\",\"model\":\"%1$s\",\"creative\":\"%2$s\",\"at\":\"%3$s\","
                + "\"period\":0,\"impressions\":10,\"clicks\":1,\"conversions\":0,\"spend\":NaN}",
        "{\"type\":\"paused\",\"model\":\"%1$s\",\"creative\":\"%2$s\",\"at\":\"%3$s\"}",
        "{\"type\":\"launched\",\"model\":\"%1$s\",\"creative\":\"%2$s\",",
        "<html>502 Bad Gateway</html>"
    };

    private BrokenBytes() {}

    static byte[] draw(Creative creative, long at, UniformRandomProvider random) {
        String form = FORMS[random.nextInt(FORMS.length)];
        return String.format(
                        Locale.ROOT,
                        form,
                        creative.model(),
                        creative.id(),
                        Instant.ofEpochMilli(at))
                .getBytes(StandardCharsets.UTF_8);
    }
}
