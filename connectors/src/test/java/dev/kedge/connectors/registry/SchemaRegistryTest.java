// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.registry.SchemaRegistry.Language;
import dev.kedge.connectors.registry.SchemaRegistry.Schema;
import dev.kedge.connectors.testing.RegistryStub;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {
    private static final Schema TEXT = new Schema(Language.AVRO, "\"string\"");
    private static final Schema PROTO = new Schema(Language.PROTOBUF, "message M {}");

    private final RegistryStub stub = new RegistryStub();
    private final SchemaRegistry registry = new SchemaRegistry(stub.settings());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void whatIsRegisteredIsFoundByItsNumberAndBySubject() {
        int id = registry.register("a topic/with äll-value", TEXT);

        assertThat(registry.byId(id)).contains(TEXT);
        assertThat(registry.newest("a topic/with äll-value")).contains(TEXT);
        assertThat(registry.find("a topic/with äll-value", TEXT)).isEqualTo(id);
        assertThat(registry.register("other", TEXT)).isEqualTo(id);
        int proto = registry.register("proto", PROTO);
        assertThat(registry.byId(proto)).contains(PROTO);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(registry.byId(7)).isEmpty();
        assertThat(registry.newest("nothing")).isEmpty();
        assertThatThrownBy(() -> registry.find("nothing", TEXT))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessage(
                        "kafka.schema-registry.url: "
                                + stub.url()
                                + " answers 404: Schema not found (subject nothing)");
    }

    @Test
    void aSchemaThatDoesNotFitItsSubjectIsRefusedInOneLine() {
        registry.register("s", TEXT);

        assertThatThrownBy(() -> registry.register("s", new Schema(Language.AVRO, "\"long\"")))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("answers 409: Schema being registered is incompatible")
                .hasMessageEndingWith("(subject s)");
    }

    @Test
    void userAndPasswordOrATokenAreSent() {
        stub.require("Basic bWU6d29yZA==");
        assertThat(new SchemaRegistry(with("me", "word", "")).newest("s")).isEmpty();
        assertThatThrownBy(() -> new SchemaRegistry(with("me", "other", "")).newest("s"))
                .hasMessageContaining("answers 401: Unauthorized");

        stub.require("Bearer abc");
        assertThat(new SchemaRegistry(with("", "", "abc")).newest("s")).isEmpty();
        assertThatThrownBy(() -> registry.register("s", TEXT))
                .hasMessageContaining("answers 401: Unauthorized");
    }

    private RegistrySettings with(String user, String password, String token) {
        return new RegistrySettings(
                stub.url() + "/", user, password, token, true, Duration.ofSeconds(30));
    }

    @Test
    void aRegistryThatIsAwayIsNamed() {
        String url = stub.url();
        stub.close();

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageStartingWith("kafka.schema-registry.url: " + url + " cannot be reached");
    }
}
