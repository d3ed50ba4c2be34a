// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.jobs.ads.board.Samples;
import dev.kedge.jobs.page.SteppedClock;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionDeskTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-09-01T10:00:00Z");

    private final SteppedClock clock = new SteppedClock(NOW);
    private final DecisionLog log = new DecisionLog();
    private final MemoryBook book = new MemoryBook(log);
    private final CreativeScore score = Samples.score("c", 1, -5, Action.STOP);
    private final DecisionDesk desk = desk(DecisionSettings.DEFAULT);

    private DecisionDesk desk(DecisionSettings settings) {
        DecisionDesk made = new DecisionDesk(settings, log, clock);
        made.open(book);
        return made;
    }

    private Decision decide(String fields) {
        return decide(desk, fields, Optional.empty());
    }

    private Decision decide(DecisionDesk at, String fields, Optional<String> named) {
        String body = "{'model':'search','creative':'c'," + fields + "}";
        return at.decide(wish(body), named, score, "Summer");
    }

    private static Wish wish(String body) {
        try {
            return Wish.read(JSON.readTree(body.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStopIsWrittenWithWhatWasSeenThen() {
        Decision made = decide("'kind':'stop','who':'Ann','reason':'too dear'");

        assertThat(book.written()).containsExactly(made);
        assertThat(made.kind()).isEqualTo(Decision.Kind.STOP);
        assertThat(made.who()).isEqualTo("Ann");
        assertThat(made.campaign()).isEqualTo("Summer");
        assertThat(made.at()).isEqualTo(NOW.toEpochMilli());
        assertThat(made.seen().action()).isEqualTo(Action.STOP);
        assertThat(made.seen().horizons()).isEqualTo(score.forecast().horizons());
        assertThat(made.seen().modelVersion()).isEqualTo(42);
        assertThat(desk.standing(score).decision()).contains(made);
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() throws Exception {
        Decision made = decide("'kind':'snooze','who':'Ann','reason':'sale','until':'2026-10-01'");
        RecordJson<Decision> json = RecordJson.of(Decision.class);

        assertThat(json.decode(json.encode(made))).isEqualTo(made);
        assertThat(new String(json.encode(made), UTF_8))
                .contains("\"kind\":\"snooze\"", "\"until\":\"2026-10-01T00:00:00Z\"")
                .doesNotContain("undoes");
    }

    @Test
    void aSnoozeEndsByTheClock() {
        decide("'kind':'snooze','who':'Ann','reason':'sale','until':'2026-09-02'");
        long revision = log.revision(clock.instant());

        clock.advance(Duration.ofHours(13));
        assertThat(desk.standing(score).settled()).isTrue();
        assertThat(log.revision(clock.instant())).isEqualTo(revision);
        clock.advance(Duration.ofHours(1));
        assertThat(desk.standing(score).settled()).isFalse();
        assertThat(log.revision(clock.instant())).isGreaterThan(revision);
    }

    @Test
    void theNewestDecisionStandsAndAnUndoBringsBackTheOneBefore() {
        Decision stop = decide("'kind':'stop','who':'Ann'");
        Decision keep = decide("'kind':'keep','who':'Ben'");
        assertThat(desk.standing(score).decision()).contains(keep);

        decide("'kind':'undo','who':'Ann','undoes':'" + keep.id() + "'");
        assertThat(desk.standing(score).decision()).contains(stop);
        assertThat(log.isUndone(keep)).isTrue();
        assertThat(log.of("search", "c")).hasSize(3).last().isEqualTo(stop);
    }

    @Test
    void aDecisionHoldsForTheSpellInWhichItWasMade() {
        decide("'kind':'stop','who':'Ann'");

        assertThat(log.standing("search", "c", 0, NOW).settled()).isTrue();
        assertThat(log.standing("search", "c", 1, NOW).settled()).isFalse();
    }

    @Test
    void notesSettleNothingAndAreCounted() {
        decide("'kind':'note','who':'Ann','reason':'asked the client'");
        Decision second = decide("'kind':'note','who':'Ann','reason':'no answer'");
        decide("'kind':'undo','who':'Ann','undoes':'" + second.id() + "'");

        assertThat(desk.standing(score)).isEqualTo(new Standing(Optional.empty(), 1));
    }

    @Test
    void askingAgainUnderTheSameIdChangesNothing() {
        Decision first = decide("'kind':'stop','who':'Ann','id':'0123-abcd'");
        Decision again = decide("'kind':'stop','who':'Ann','id':'0123-abcd'");

        assertThat(again).isEqualTo(first);
        assertThat(book.written()).hasSize(1);
    }

    @Test
    void aProxySaysWhoAsksWhereItIsToldTo() {
        DecisionDesk guarded = desk(new DecisionSettings("X-User"));

        Decision made = decide(guarded, "'kind':'stop','who':'Mallory'", Optional.of("ann"));
        assertThat(made.who()).isEqualTo("ann");
        assertThatThrownBy(() -> decide(guarded, "'kind':'stop','who':'M'", Optional.empty()))
                .hasMessage("decision: the proxy does not say who asks (header X-User)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'kind':'stop'|who: '' is not allowed; it must be 1 to 100 characters",
                "'kind':'stop','who':' '|decision: who: ",
                "'kind':'stop','who':'a\\u0007'|no control characters",
                "'who':'Ann'|kind is missing",
                "'kind':'halt','who':'Ann'|kind: 'halt' is not allowed; it must be one of stop, keep, snooze, note, undo",
                "'kind':'note','who':'Ann'|reason: '' is not allowed; it must be given with a note",
                "'kind':'snooze','who':'Ann','until':'2026-10-01'|given with a snooze",
                "'kind':'snooze','who':'Ann','reason':'r'|until: '' is not allowed; it must be a date such as",
                "'kind':'snooze','who':'Ann','reason':'r','until':'2026-09-01'|after now and within 366 days",
                "'kind':'snooze','who':'Ann','reason':'r','until':'2030-01-01'|after now and within 366 days",
                "'kind':'snooze','who':'Ann','reason':'r','until':'2026-13-01'|until: 2026-13-01 is not allowed",
                "'kind':'stop','who':'Ann','until':'2026-10-01'|left out but for a snooze",
                "'kind':'undo','who':'Ann','undoes':'none'|the id of a decision of this creative that stands",
                "'kind':'stop','who':'Ann','undoes':'x'|left out but for an undo",
                "'kind':'stop','who':'Ann','colour':1|colour: unknown field; allowed here: creative, id, kind",
                "'kind':'stop','who':7|who: 7 is not allowed; it must be a text",
                "'kind':'stop','who':null|who: null is not allowed",
                "'kind':'stop','who':'Ann','id':'a b'|id: a b is not allowed; it must be 8 to 64 letters"
            })
    void whatIsNotAllowedIsNamed(String fields, String message) {
        assertThatThrownBy(() -> decide(fields))
                .isInstanceOf(RefusedDecisionException.class)
                .hasMessageStartingWith("decision: ")
                .hasMessageContaining(message);
        assertThat(book.written()).isEmpty();
    }

    @Test
    void aLongReasonIsRefusedAndALongestOneIsNot() {
        assertThat(decide("'kind':'stop','who':'A','reason':'" + "x".repeat(2000) + "'").reason())
                .hasSize(2000);
        assertThatThrownBy(
                        () -> decide("'kind':'stop','who':'A','reason':'" + "x".repeat(2001) + "'"))
                .hasMessageContaining("at most 2000 characters");
    }

    @Test
    void whatHasStoppedIsOnlyNoted() {
        CreativeScore gone = Samples.score("c", 1, -5, Action.STOPPED);
        Wish stop = wish("{'model':'search','creative':'c','kind':'stop','who':'Ann'}");
        Wish note =
                wish("{'model':'search','creative':'c','kind':'note','who':'A','reason':'why'}");

        assertThatThrownBy(() -> desk.decide(stop, Optional.empty(), gone, ""))
                .hasMessageContaining("note or undo, for the creative has stopped");
        assertThat(desk.decide(note, Optional.empty(), gone, "").reason()).isEqualTo("why");
    }

    @Test
    void whatIsNotWrittenIsNotShown() {
        book.breakDown("no broker");

        assertThatThrownBy(() -> decide("'kind':'stop','who':'Ann'"))
                .isInstanceOf(DecisionLostException.class)
                .hasMessage("no broker");
        assertThat(desk.standing(score)).isEqualTo(Standing.NONE);
    }

    @Test
    void aClosedDeskSaysSo() {
        DecisionDesk closed = new DecisionDesk(DecisionSettings.DEFAULT, log, clock);

        assertThatThrownBy(() -> decide(closed, "'kind':'stop','who':'A'", Optional.empty()))
                .isInstanceOf(DecisionLostException.class)
                .hasMessageContaining("not open yet");
    }
}
