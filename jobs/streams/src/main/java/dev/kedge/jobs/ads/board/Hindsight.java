// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.page.BadRequestException;
import dev.kedge.jobs.page.JsonBody;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.ads.policy.WhatIf;
import dev.kedge.state.record.Flat;
import dev.kedge.state.text.Text;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks what a policy would have done to the newest scores that are kept, beside what the job's own
 * policy would have done.
 */
final class Hindsight {
    /** Causes that a policy may name: each is looked for at each score. */
    static final int MAX_IGNORED = 64;

    private final ScoreLog log;
    private final Policy own;

    /**
     * What both would have done.
     *
     * @param policy the policy that was asked about
     * @param scores how many scores were read, the newest
     * @param kept how many there are
     * @param outcome what it would have done
     * @param jobOutcome what the job's policy would have done
     * @param best from which probability on stopping would have been worth most, by the costs and
     *     horizon that were asked about
     */
    record Answer(
            Policy policy,
            long scores,
            long kept,
            WhatIf.Report outcome,
            WhatIf.Report jobOutcome,
            @Flat WhatIf.Best best) {}

    Hindsight(ScoreLog log, Policy own) {
        this.log = log;
        this.own = own;
    }

    /**
     * Asks.
     *
     * @param changes what differs from the job's policy, as JSON
     * @param most how many scores may be read
     * @throws BadRequestException in one line if that is no policy
     */
    Answer ask(byte[] changes, long most) {
        Policy policy = read(JsonBody.parse(changes, "policy"));
        WhatIf other = new WhatIf(policy);
        WhatIf job = new WhatIf(own);
        AtomicLong scores = new AtomicLong();
        long kept =
                log.replay(
                        most,
                        score -> {
                            other.see(score);
                            job.see(score);
                            scores.incrementAndGet();
                        });
        return new Answer(policy, scores.get(), kept, other.report(), job.report(), other.best());
    }

    private Policy read(JsonNode changes) {
        if (!changes.isObject()) {
            throw new BadRequestException("policy: must be an object of fields");
        }
        if (changes.path("ignoring").size() > MAX_IGNORED) {
            throw new BadRequestException(
                    Text.format(
                            "policy: ignoring: %d causes are not allowed; at most %d",
                            changes.path("ignoring").size(), MAX_IGNORED));
        }
        try {
            return StrictYaml.change(own, changes, Policy.class, "policy");
        } catch (ConfigurationException e) {
            BadRequestException wrong = new BadRequestException(e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }
}
