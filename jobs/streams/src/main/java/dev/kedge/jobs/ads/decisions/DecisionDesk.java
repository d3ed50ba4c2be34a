// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import dev.kedge.jobs.ads.decisions.Decision.Kind;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.state.text.Text;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Takes decisions: checks what is wanted, writes it to the topic, and answers when the topic has
 * it. Thread-safe.
 */
public final class DecisionDesk implements AutoCloseable {
    private static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

    /** Reading back what was just written takes a moment; without it the answer is as true. */
    private static final Duration READ_BACK = Duration.ofSeconds(2);

    private static final Pattern PERSON = Pattern.compile(Wish.PERSON);

    private final String personHeader;
    private final DecisionLog log;
    private final Clock clock;
    private volatile Optional<DecisionBook> book = Optional.empty();

    /**
     * A desk that is still closed.
     *
     * @param log what was decided
     * @param clock what decisions are dated by, and snoozes end by
     */
    public DecisionDesk(DecisionSettings settings, DecisionLog log, Clock clock) {
        this.personHeader = settings.personHeader();
        this.log = log;
        this.clock = clock;
    }

    /** Takes decisions from now on, and closes the book at the end. */
    public void open(DecisionBook opened) {
        book = Optional.of(opened);
    }

    /** The header in which a proxy says who asks; empty if people say it themselves. */
    public String personHeader() {
        return personHeader;
    }

    /** What was decided. */
    public DecisionLog log() {
        return log;
    }

    /** The time that snoozes end by. */
    public Instant now() {
        return clock.instant();
    }

    /** Whether all that was decided before this dashboard started is known. */
    public boolean loaded() {
        return book.map(DecisionBook::loaded).orElse(false);
    }

    /** What holds of a scored creative now. */
    public Standing standing(CreativeScore score) {
        return log.standing(score.model(), score.creative(), score.spell(), clock.instant());
    }

    /**
     * Decides.
     *
     * @param wish what is wanted
     * @param named who asks, if a proxy says so
     * @param score what is said of the creative now
     * @param campaign its campaign; may be empty
     * @return what the topic has now
     * @throws RefusedDecisionException in one line if it is not allowed
     * @throws DecisionLostException in one line if it is not certain that it was written
     */
    public Decision decide(
            Wish wish, Optional<String> named, CreativeScore score, String campaign) {
        DecisionBook open =
                book.orElseThrow(
                        () -> new DecisionLostException("The topic of decisions is not open yet"));
        Instant now = clock.instant();
        Decision decision =
                new Decision(
                        wish.id().isEmpty() ? UUID.randomUUID().toString() : wish.id(),
                        score.model(),
                        score.creative(),
                        Text.cut(campaign, Decision.MOST_CAMPAIGN),
                        wish.kind(),
                        who(wish, named),
                        reason(wish),
                        until(wish, now),
                        undoes(wish),
                        now.toEpochMilli(),
                        Decision.Seen.of(score));
        Optional<Decision> known = log.find(score.model(), score.creative(), decision.id());
        if (known.isPresent()) {
            return known.get();
        }
        if (wish.kind().settles() && score.action().isFinal()) {
            throw refused("kind", word(wish.kind()), "note or undo, for the creative has stopped");
        }
        open.append(decision);
        readBack(decision);
        return decision;
    }

    private void readBack(Decision decision) {
        try {
            log.awaits(decision, READ_BACK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String who(Wish wish, Optional<String> named) {
        if (personHeader.isEmpty()) {
            if (wish.who().isEmpty()) {
                throw refused("who", "''", Wish.PERSON_ALLOWED);
            }
            return wish.who();
        }
        return named.map(String::strip)
                .filter(name -> PERSON.matcher(name).matches())
                .orElseThrow(
                        () ->
                                new RefusedDecisionException(
                                        "decision: the proxy does not say who asks (header "
                                                + personHeader
                                                + ")"));
    }

    private static String reason(Wish wish) {
        boolean needed = wish.kind() == Kind.SNOOZE || wish.kind() == Kind.NOTE;
        if (needed && wish.reason().isBlank()) {
            throw refused("reason", "''", "given with a " + word(wish.kind()));
        }
        return wish.reason().strip();
    }

    private static Optional<Long> until(Wish wish, Instant now) {
        if (wish.kind() != Kind.SNOOZE) {
            if (!wish.until().isEmpty()) {
                throw refused("until", wish.until(), "left out but for a snooze");
            }
            return Optional.empty();
        }
        Instant until = moment(wish.until());
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
            throw refused("until", wish.until(), Wish.UNTIL_ALLOWED);
        }
        return Optional.of(until.toEpochMilli());
    }

    private static Instant moment(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            RefusedDecisionException wrong = refused("until", text, Wish.UNTIL_ALLOWED);
            wrong.initCause(e);
            throw wrong;
        }
    }

    private String undoes(Wish wish) {
        if (wish.kind() != Kind.UNDO) {
            if (!wish.undoes().isEmpty()) {
                throw refused("undoes", wish.undoes(), "left out but for an undo");
            }
            return "";
        }
        return log.find(wish.model(), wish.creative(), wish.undoes())
                .filter(one -> one.kind() != Kind.UNDO && !log.isUndone(one))
                .map(Decision::id)
                .orElseThrow(
                        () ->
                                refused(
                                        "undoes",
                                        wish.undoes(),
                                        "the id of a decision of this creative that stands"));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static RefusedDecisionException refused(String field, String value, String allowed) {
        return new RefusedDecisionException(
                "decision: "
                        + field
                        + ": "
                        + (value.isEmpty() ? "''" : value)
                        + " is not allowed; it must be "
                        + allowed);
    }

    @Override
    public void close() {
        book.ifPresent(DecisionBook::close);
    }
}
