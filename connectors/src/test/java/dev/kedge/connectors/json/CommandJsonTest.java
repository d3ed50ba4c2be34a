// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Command.Verb;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandJsonTest {
    private static final long NOW = Long.MIN_VALUE;

    @Test
    void whatIsNotGivenMeansEveryModelAndAtOnce() throws UndecodableException {
        assertThat(read("{'command':'pause'}"))
                .isEqualTo(new Command(Verb.PAUSE, Command.EVERY, "", Double.NaN, 0, NOW));
    }

    @Test
    void everyCommandIsRead() throws UndecodableException {
        long at = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

        assertThat(read("{'command':'resume','model':'fr','at':'2026-03-01T12:00:00Z'}"))
                .isEqualTo(new Command(Verb.RESUME, "fr", "", Double.NaN, 0, at));
        assertThat(read("{'command':'reset','model':'fr'}"))
                .isEqualTo(new Command(Verb.RESET, "fr", "", Double.NaN, 0, NOW));
        assertThat(read("{'command':'rate','value':0.01}"))
                .isEqualTo(new Command(Verb.RATE, "*", "", 0.01, 0, NOW));
        assertThat(read("{'command':'rate','value':null}").value()).isNaN();
        assertThat(read("{'command':'weight','name':'long-term','value':0}"))
                .isEqualTo(new Command(Verb.WEIGHT, "*", "long-term", 0, 0, NOW));
        assertThat(read("{'command':'forget','creative':'c1'}"))
                .isEqualTo(new Command(Verb.FORGET_CREATIVE, "*", "c1", Double.NaN, 0, NOW));
        assertThat(read("{'command':'forget','advertiser':'acme'}").verb())
                .isEqualTo(Verb.FORGET_ADVERTISER);
        assertThat(read("{'command':'forget','class':'cat'}").verb()).isEqualTo(Verb.FORGET_CLASS);
        assertThat(read("{'command':'forget','stream':'door'}"))
                .isEqualTo(new Command(Verb.FORGET_STREAM, "*", "door", Double.NaN, 0, NOW));
        assertThat(read("{'command':'forget','stream':'door','track':7}"))
                .isEqualTo(new Command(Verb.FORGET_TRACK, "*", "door", 7, 0, NOW));
        assertThat(read("{'command':'forget','before':'2026-03-01T12:00:00Z'}").before())
                .isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | command",
                "{'command':'stop'} | pause, resume, rate, weight, forget, reset",
                "{'command':'rate','value':0} | above 0 and at most 10",
                "{'command':'rate','value':11} | above 0 and at most 10",
                "{'command':'weight','name':'middle','value':1} | short-term, long-term",
                "{'command':'weight','name':'short-term','value':-1} | from 0 to 1000",
                "{'command':'forget'} | one of creative, advertiser, class, stream, before",
                "{'command':'forget','creative':'a','class':'b'} | forget with 2",
                "{'command':'forget','stream':'s','track':-1} | a whole number, 0",
                "{'command':'forget','track':1} | forget with 0",
                "{'command':'pause','who':'me'} | known field",
                "{'command':'pause','at':'tomorrow'} | ISO-8601",
                "pause | JSON"
            })
    void whatCannotBeObeyedIsRefusedWithWhatIsAllowed(String json, String words) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(words);
    }

    private static Command read(String json) throws UndecodableException {
        return new CommandJson().decode(json.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void eachJobNamesWhatCanBeWeighedThere() throws UndecodableException {
        byte[] weight =
                "{\"command\":\"weight\",\"name\":\"proxy-distillation\",\"value\":2}"
                        .getBytes(UTF_8);

        assertThat(new CommandJson(List.of("proxy-distillation")).decode(weight).name())
                .isEqualTo("proxy-distillation");
        assertThatThrownBy(() -> new CommandJson().decode(weight))
                .hasMessageContaining("allowed: short-term, long-term");
    }
}
