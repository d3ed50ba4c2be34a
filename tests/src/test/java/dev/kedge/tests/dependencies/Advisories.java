// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.dependencies;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Published advisories, as {@code advisories.yaml} lists them.
 *
 * @param date when the list was last compared with what is published
 * @param advisories each one
 */
record Advisories(LocalDate date, List<Advisory> advisories) {

    /**
     * One advisory.
     *
     * @param id as it was published
     * @param artefacts group and artefact, with a colon
     * @param affected versions, as ranges
     * @param severity low, moderate, high or critical
     * @param about what it lets somebody do
     * @param accepted why an affected version may be on the class path, if it may
     */
    record Advisory(
            String id,
            List<String> artefacts,
            List<String> affected,
            String severity,
            String about,
            Optional<Accepted> accepted) {
        Advisory {
            require(id.matches("(CVE-\\d{4}-\\d{4,}|GHSA(-[0-9a-z]{4}){3})"), id + " is no id");
            require(!artefacts.isEmpty(), id + " names no artefact");
            artefacts.forEach(
                    a -> require(a.matches("[\\w.\\-]+:[\\w.\\-]+"), id + ": '" + a + "'"));
            require(!affected.isEmpty(), id + " affects nothing");
            affected.forEach(Range::of);
            require(severity.matches("low|moderate|high|critical"), id + ": " + severity);
        }

        boolean affects(Artefact artefact) {
            return artefacts.stream().anyMatch(artefact::is)
                    && affected.stream()
                            .anyMatch(range -> Range.of(range).contains(artefact.version()));
        }
    }

    /**
     * Why an affected version does no harm here.
     *
     * @param because why the hole cannot be reached
     * @param until when it must be looked at again
     */
    record Accepted(String because, LocalDate until) {}

    static Advisories read(InputStream yaml) throws IOException {
        return YAMLMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build()
                .readValue(yaml, Advisories.class);
    }

    /**
     * What is wrong with a class path. An acceptance ends by the date of the list and not by
     * today's: who renews the list looks at each again, and old commits still build.
     */
    List<String> complaints(List<Artefact> classPath) {
        List<String> complaints = new ArrayList<>();
        for (Artefact artefact : classPath) {
            for (Advisory advisory : advisories) {
                if (advisory.affects(artefact) && !isAccepted(advisory)) {
                    complaints.add(
                            "%s is affected by %s (%s): %s"
                                    .formatted(
                                            artefact,
                                            advisory.id(),
                                            advisory.severity(),
                                            advisory.about()));
                }
            }
        }
        return complaints;
    }

    private boolean isAccepted(Advisory advisory) {
        return advisory.accepted()
                .filter(accepted -> !accepted.because().isBlank())
                .filter(accepted -> accepted.until().isAfter(date))
                .isPresent();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
