// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.jobs.ads.decisions.Decision.Kind;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.state.settings.Matching;
import java.util.List;
import java.util.Optional;

/**
 * What a reader of the page wants to decide: the body of the request. Public, as all records that
 * {@link StrictYaml} fills.
 *
 * @param id a name that the reader gives the decision, so that asking again changes nothing; empty
 *     to be given one
 * @param model the model
 * @param creative the creative
 * @param kind what
 * @param who by whom
 * @param reason why, or the note
 * @param until until when to snooze: a date, or a time with its zone
 * @param undoes which decision to take back
 */
public record Wish(
        @Matching(
                        value = "|[A-Za-z0-9-]{8,64}",
                        allowed = "8 to 64 letters, digits and hyphens, or empty")
                String id,
        @Matching(value = NAME, allowed = NAME_ALLOWED) String model,
        @Matching(value = NAME, allowed = NAME_ALLOWED) String creative,
        Kind kind,
        @Matching(value = "|" + PERSON, allowed = PERSON_ALLOWED) String who,
        @Matching(
                        value = "[\\n\\r\\t[^\\p{Cc}\\p{Cs}]]{0,2000}",
                        allowed = "at most 2000 characters, no control characters")
                String reason,
        @Matching(value = "[0-9TZ:.+-]{0,40}", allowed = UNTIL_ALLOWED) String until,
        @Matching(value = "[A-Za-z0-9-]{0,64}", allowed = "the id of a decision") String undoes) {
    /** What a person may be called. */
    static final String PERSON = "(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,100}";

    static final String PERSON_ALLOWED = "1 to 100 characters, not blank, no control characters";

    static final String UNTIL_ALLOWED =
            "a date such as 2026-10-01 or a time with its zone, after now and within 366 days";

    static final String NAME = "(?s).{0,256}";
    static final String NAME_ALLOWED = "at most 256 characters";
    private static final List<String> NEEDED = List.of("model", "creative", "kind");

    private static final Wish NOTHING = new Wish("", "", "", Kind.NOTE, "", "", "", "");

    /**
     * Reads one.
     *
     * @throws RefusedDecisionException in one line that names field, value and what is allowed
     */
    public static Wish read(JsonNode body) {
        if (!body.isObject()) {
            throw new RefusedDecisionException("decision: must be an object of fields");
        }
        Optional<String> missing = NEEDED.stream().filter(name -> !body.has(name)).findFirst();
        if (missing.isPresent()) {
            throw new RefusedDecisionException("decision: " + missing.get() + " is missing");
        }
        try {
            return StrictYaml.change(NOTHING, body, Wish.class, "decision");
        } catch (ConfigurationException e) {
            RefusedDecisionException wrong = new RefusedDecisionException(e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }
}
