// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.registry;

import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import java.io.Serializable;
import java.time.Duration;

/** Where schemas are registered: a registry with Confluent's REST interface. */
public record RegistrySettings(
        @Meaning(
                        "Address of the schema registry, `http://` or `https://`; empty where all formats are `json`.")
                @Matching(value = "|https?://\\S+", allowed = "http:// or https:// and an address")
                String url,
        @Meaning("Who asks, by basic authentication; empty for nobody.") String user,
        @Meaning("The user's password; leave it to a variable or a file.") String password,
        @Meaning(
                        "A bearer token, sent in the place of user and password; leave it to a variable or a file.")
                String token,
        @Meaning(
                        "Whether the schemas of what is written are registered at start. If not, they must be there.")
                boolean register,
        @Meaning("How long to wait for an answer; above 0.") @Lasting(above = "0") Duration timeout)
        implements Serializable {
    /** None. */
    public static final RegistrySettings NONE =
            new RegistrySettings("", "", "", "", true, Duration.ofSeconds(10));

    /** Whether there is one. */
    public boolean given() {
        return !url.isEmpty();
    }
}
