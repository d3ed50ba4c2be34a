// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.decision.Policy;
import dev.kedge.operators.decision.WhatIf;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks what a policy would have done to the scores that are kept, beside what the job's own policy
 * would have done. One question at a time: each reads all scores.
 */
final class Hindsight {
    private final ScoreLog log;
    private final Policy own;

    /**
     * What both would have done.
     *
     * @param policy the policy that was asked about
     * @param scores how many scores were read
     * @param outcome what it would have done
     * @param jobOutcome what the job's policy would have done
     */
    record Answer(Policy policy, long scores, WhatIf.Report outcome, WhatIf.Report jobOutcome) {}

    Hindsight(ScoreLog log, Policy own) {
        this.log = log;
        this.own = own;
    }

    /**
     * Asks.
     *
     * @param changes what differs from the job's policy, as a policy file says it, or as JSON
     * @throws BadRequestException in one line if that is no policy
     */
    synchronized Answer ask(String changes) {
        Policy policy = read(changes);
        WhatIf other = new WhatIf(policy);
        WhatIf job = new WhatIf(own);
        AtomicLong scores = new AtomicLong();
        log.replay(
                score -> {
                    other.see(score);
                    job.see(score);
                    scores.incrementAndGet();
                });
        return new Answer(policy, scores.get(), other.report(), job.report());
    }

    private Policy read(String changes) {
        try {
            return StrictYaml.parse(changes, own, Policy.class, "policy");
        } catch (ConfigurationException e) {
            BadRequestException wrong = new BadRequestException(e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }
}
