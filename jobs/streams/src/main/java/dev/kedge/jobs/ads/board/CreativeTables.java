// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.decisions.Decision;
import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.ads.decisions.Standing;
import dev.kedge.jobs.page.CsvTable;
import dev.kedge.jobs.page.PageJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creatives as tables; the columns have the names of the interface. */
final class CreativeTables {
    private static final double DAY = 86_400_000.0;
    private static final String NOTHING = "";

    private static final List<String> BEFORE =
            List.of(
                    "model",
                    "creative",
                    "spell",
                    "advertiser",
                    "campaign",
                    "text",
                    "launchedAt",
                    "at",
                    "days",
                    "action",
                    "reason");
    private static final List<String> AFTER =
            List.of(
                    "cutOut",
                    "wearOut",
                    "expectedDays",
                    "currency",
                    "spendADay",
                    "expectedWaste",
                    "impressions",
                    "clicks",
                    "clickThroughRate",
                    "conversions",
                    "spend",
                    "modelVersion",
                    "decision",
                    "decidedBy",
                    "decidedAt",
                    "decidedUntil",
                    "decisionReason",
                    "notes");
    private static final List<String> HISTORY =
            List.of(
                    "at",
                    "event",
                    "probability",
                    "clickThroughRate",
                    "action",
                    "decision",
                    "who",
                    "reason",
                    "until",
                    "undoes",
                    "id");

    private CreativeTables() {}

    /** A row for each creative. */
    static CsvTable list(
            List<CreativeScore> scores, ScoreBoard board, Optional<DecisionDesk> desk) {
        double[] days =
                scores.stream()
                        .flatMap(score -> score.forecast().horizons().stream())
                        .mapToDouble(Horizon::days)
                        .distinct()
                        .sorted()
                        .toArray();
        List<String> head = new ArrayList<>(BEFORE);
        for (double one : days) {
            head.add(
                    "probability"
                            + BigDecimal.valueOf(one).stripTrailingZeros().toPlainString()
                            + "d");
        }
        head.addAll(AFTER);
        Stream<List<Object>> rows =
                scores.stream()
                        .map(
                                score ->
                                        row(
                                                score,
                                                board.campaign(score),
                                                days,
                                                desk.map(open -> open.standing(score))
                                                        .orElse(Standing.NONE)));
        return new CsvTable("creatives", head, rows);
    }

    private static List<Object> row(
            CreativeScore score, String campaign, double[] days, Standing standing) {
        List<Object> row = new ArrayList<>();
        row.addAll(List.of(score.model(), score.creative(), score.spell()));
        row.add(score.description().advertiser());
        row.add(campaign);
        row.add(score.description().text());
        row.add(PageJson.iso(score.launchedAt()));
        row.add(PageJson.iso(score.at()));
        row.add((score.at() - score.launchedAt()) / DAY);
        row.add(RankingRequest.lower(score.action()));
        row.add(score.advice().reason());
        for (double one : days) {
            row.add(probability(score, one));
        }
        row.add(score.forecast().cutOut());
        row.add(score.forecast().wearOut());
        row.add(score.forecast().expectedDays());
        row.add(score.description().currency());
        row.add(score.advice().spendADay());
        row.add(score.advice().expectedWaste());
        addTraffic(row, score.totals());
        row.add(score.version().modelVersion());
        addDecision(row, standing);
        return row;
    }

    private static Object probability(CreativeScore score, double days) {
        return score.forecast().horizons().stream()
                .filter(one -> one.days() == days)
                .map(one -> (Object) one.probability())
                .findFirst()
                .orElse(NOTHING);
    }

    private static void addTraffic(List<Object> row, Traffic totals) {
        row.add(totals.impressions());
        row.add(totals.clicks());
        row.add(totals.impressions() == 0 ? NOTHING : totals.clickThroughRate());
        row.add(totals.conversions());
        row.add(totals.spend());
    }

    private static void addDecision(List<Object> row, Standing standing) {
        Optional<Decision> one = standing.decision();
        row.add(one.map(it -> RankingRequest.lower(it.kind())).orElse(NOTHING));
        row.add(one.map(Decision::who).orElse(NOTHING));
        row.add(one.map(it -> PageJson.iso(it.at())).orElse(NOTHING));
        row.add(one.flatMap(Decision::until).map(PageJson::iso).orElse(NOTHING));
        row.add(one.map(Decision::reason).orElse(NOTHING));
        row.add(standing.notes());
    }

    /** A row for each score that is kept, each change of advice and each decision, by time. */
    static CsvTable history(CreativeView view, List<Decision> decisions) {
        List<Line> lines = new ArrayList<>();
        view.probability()
                .forEach(p -> lines.add(line(p.at(), "score", p.value(), NOTHING, NOTHING)));
        view.clickThrough()
                .forEach(p -> lines.add(line(p.at(), "statistics", NOTHING, p.value(), NOTHING)));
        view.actions()
                .forEach(
                        step ->
                                lines.add(
                                        line(
                                                step.at(),
                                                "advice",
                                                NOTHING,
                                                NOTHING,
                                                RankingRequest.lower(step.action()))));
        decisions.forEach(one -> lines.add(line(one)));
        lines.sort(Comparator.comparingLong(Line::at));
        String name = view.score().model() + "-" + view.score().creative();
        return new CsvTable(name, HISTORY, lines.stream().map(Line::cells));
    }

    private record Line(long at, List<Object> cells) {}

    private static Line line(
            long at, String event, Object probability, Object clickThrough, Object action) {
        List<Object> cells = new ArrayList<>();
        cells.addAll(List.of(PageJson.iso(at), event, probability, clickThrough, action));
        for (int i = cells.size(); i < HISTORY.size(); i++) {
            cells.add(NOTHING);
        }
        return new Line(at, cells);
    }

    private static Line line(Decision one) {
        return new Line(
                one.at(),
                List.of(
                        PageJson.iso(one.at()),
                        "decision",
                        NOTHING,
                        NOTHING,
                        RankingRequest.lower(one.seen().action()),
                        RankingRequest.lower(one.kind()),
                        one.who(),
                        one.reason(),
                        one.until().map(PageJson::iso).orElse(NOTHING),
                        one.undoes(),
                        one.id()));
    }
}
