// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.alerts.Situation;
import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.state.text.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What rules of alerts look at: the board, and how the job is. One thread asks. */
public final class BoardSituation implements Supplier<Optional<Situation>> {
    private final ScoreBoard board;
    private final JobHealth health;
    private final Optional<DecisionDesk> desk;
    private final Clock clock;
    private final Instant start;
    private final DeadLetterShare deadLetters;

    /**
     * A view of board and job.
     *
     * @param desk knows with which creatives a person has dealt: they are not looked at
     * @param clock what silence is timed by
     */
    public BoardSituation(
            ScoreBoard board, JobHealth health, Optional<DecisionDesk> desk, Clock clock) {
        this.board = board;
        this.health = health;
        this.desk = desk;
        this.clock = clock;
        this.start = clock.instant();
        this.deadLetters = new DeadLetterShare(clock);
    }

    /** Empty as long as it is not known what people decided before. */
    @Override
    public Optional<Situation> get() {
        if (!desk.map(DecisionDesk::loaded).orElse(true)) {
            return Optional.empty();
        }
        List<Situation.Creative> creatives =
                board.newest().stream()
                        .filter(score -> !score.action().isFinal())
                        .filter(score -> !settled(score))
                        .map(this::creative)
                        .toList();
        return Optional.of(new Situation(creatives, board.horizon(), job()));
    }

    private boolean settled(CreativeScore score) {
        return desk.map(open -> open.standing(score).settled()).orElse(false);
    }

    private Situation.Creative creative(CreativeScore score) {
        return new Situation.Creative(
                score, Chances.within(score, board.horizon()), () -> campaign(score));
    }

    private String campaign(CreativeScore score) {
        return Text.cut(board.campaign(score), Decision.MOST_CAMPAIGN);
    }

    private Situation.Job job() {
        ScoreBoard.Summary summary = board.summary();
        OptionalLong lag = health.status(summary.lastScored()).measures().inputLag();
        Instant heard = summary.lastScored().filter(start::isBefore).orElse(start);
        return new Situation.Job(
                lag, Duration.between(heard, clock.instant()), deadLetters.next(board.written()));
    }
}
