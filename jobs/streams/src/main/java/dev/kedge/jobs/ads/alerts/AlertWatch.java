// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.ads.creative.CreativeScore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the rules against what is known. Each rule tells once of each creative in each episode: the
 * episode begins when the rule holds, and ends when it holds no more, its bounds lowered by {@link
 * AlertRule#leave}. Thread-safe, and bounded: {@link #MOST_TOLD} alerts, {@link #MOST_EPISODES}
 * episodes, and {@link #AT_ONCE} new alerts of a rule at each look; the others follow.
 */
public final class AlertWatch {
    static final int MOST_TOLD = 200;
    static final int MOST_EPISODES = 10_000;
    static final int AT_ONCE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    private static final RecordJson<Memory> JSON = RecordJson.of(Memory.class);

    private final String job;
    private final List<AlertRule> rules;
    private final Clock clock;
    private final AlertMemory memory;
    private final Map<Episode.Key, Episode> episodes = new LinkedHashMap<>();
    private final Deque<Told> told = new ArrayDeque<>();
    private boolean changed;

    /** What is kept from run to run. */
    record Memory(List<Episode> episodes, List<Told> told) {}

    private record Candidate(Episode.Key key, Optional<Situation.Creative> creative) {
        double waste() {
            double waste = creative.map(c -> c.score().advice().expectedWaste()).orElse(0.0);
            return Double.isFinite(waste) ? waste : 0;
        }
    }

    /**
     * A watch that goes on where the memory says.
     *
     * @param job the job's name
     * @param clock what everything is timed by
     */
    public AlertWatch(String job, List<AlertRule> rules, Clock clock, AlertMemory memory) {
        this.job = job;
        this.rules = List.copyOf(rules);
        this.clock = clock;
        this.memory = memory;
        memory.load().ifPresent(this::restore);
    }

    private void restore(byte[] bytes) {
        try {
            Memory kept = JSON.decode(bytes);
            kept.episodes().forEach(one -> episodes.put(one.key(), one));
            told.addAll(kept.told());
        } catch (UndecodableException e) {
            LOG.warn("what was told before cannot be read; it begins anew: {}", e.getMessage());
        }
    }

    /** The alerts so far, the newest first. */
    public synchronized List<Told> told() {
        return List.copyOf(told);
    }

    /**
     * Looks once.
     *
     * @return what is to be told now, the most money first
     */
    public synchronized List<Alert> look(Situation now) {
        long at = clock.millis();
        changed = false;
        Set<Episode.Key> holding = new HashSet<>();
        List<Alert> alerts = new ArrayList<>();
        for (AlertRule rule : rules) {
            alerts.addAll(look(rule, now, at, holding));
        }
        end(holding, at);
        if (changed) {
            memory.save(JSON.encode(new Memory(List.copyOf(episodes.values()), List.copyOf(told))));
        }
        return alerts;
    }

    private List<Alert> look(AlertRule rule, Situation now, long at, Set<Episode.Key> holding) {
        List<Candidate> due = new ArrayList<>();
        if (rule.when().ofJob()) {
            Episode.Key key = new Episode.Key(rule.name(), "", "");
            if (holds(rule, key, now.job())) {
                note(rule, new Candidate(key, Optional.empty()), at, holding, due);
            }
        } else {
            for (Situation.Creative creative : now.creatives()) {
                CreativeScore score = creative.score();
                Episode.Key key = new Episode.Key(rule.name(), score.model(), score.creative());
                if (rule.when().holds(creative, share(rule, key))) {
                    note(rule, new Candidate(key, Optional.of(creative)), at, holding, due);
                }
            }
        }
        due.sort(Comparator.comparingDouble(Candidate::waste).reversed());
        List<Alert> alerts =
                due.stream().limit(AT_ONCE).map(one -> tell(rule, one, now, at)).toList();
        // Of those that begin together the dearest stands first.
        for (int i = alerts.size() - 1; i >= 0; i--) {
            told.addFirst(new Told(alerts.get(i), Optional.empty()));
        }
        while (told.size() > MOST_TOLD) {
            told.removeLast();
        }
        return alerts;
    }

    /** A lag that is not known for a while neither begins an episode nor ends one. */
    private boolean holds(AlertRule rule, Episode.Key key, Situation.Job job) {
        return rule.when().isKnown(job) ? rule.when().holds(job, share(rule, key)) : isOpen(key);
    }

    private boolean isOpen(Episode.Key key) {
        return Optional.ofNullable(episodes.get(key)).filter(Episode::isOpen).isPresent();
    }

    private double share(AlertRule rule, Episode.Key key) {
        return isOpen(key) ? rule.leave() : 1;
    }

    private void note(
            AlertRule rule, Candidate one, long at, Set<Episode.Key> holding, List<Candidate> due) {
        Optional<Episode> known = Optional.ofNullable(episodes.get(one.key()));
        if (known.filter(Episode::isOpen).isEmpty()) {
            if (known.isEmpty() && episodes.size() >= MOST_EPISODES) {
                return;
            }
            episodes.put(one.key(), Episode.begin(one.key(), at, known));
            changed = true;
        }
        holding.add(one.key());
        if (episodes.get(one.key()).isDue(rule, at)) {
            due.add(one);
        }
    }

    private void end(Set<Episode.Key> holding, long at) {
        for (Episode one : List.copyOf(episodes.values())) {
            if (one.isOpen() && !holding.contains(one.key())) {
                episodes.put(one.key(), one.end(at));
                List<Told> before = List.copyOf(told);
                told.clear();
                before.forEach(alert -> told.addLast(alert.end(one, at)));
                changed = true;
            }
        }
        changed |= episodes.values().removeIf(one -> one.isForgotten(rule(one.rule()), at));
    }

    private Optional<AlertRule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private Alert tell(AlertRule rule, Candidate one, Situation now, long at) {
        Episode episode = episodes.get(one.key()).tell(at);
        episodes.put(one.key(), episode);
        Optional<Alert.About> about =
                one.creative().map(creative -> Alert.About.of(creative, now.within()));
        String name = job + "\n" + one.key() + "\n" + at;
        Alert alert =
                new Alert(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                        job,
                        rule.name(),
                        at,
                        episode.since(),
                        AlertWords.of(rule, about, now.job()),
                        about);
        changed = true;
        return alert;
    }
}
