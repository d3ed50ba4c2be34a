// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.operators.creative.CreativeScore;
import dev.kedge.operators.creative.CreativeScore.CauseShare;
import dev.kedge.operators.creative.CreativeScore.Contribution;
import dev.kedge.operators.creative.CreativeScore.Horizon;
import dev.kedge.operators.creative.CreativeScore.Traffic;
import java.io.IOException;
import java.util.Locale;

/**
 * Scores of creatives as JSON: moments as ISO-8601, NaN as null, enums in lower case. The same
 * score always gives the same bytes.
 */
public final class CreativeScoreJson implements EventDecoder<CreativeScore> {
    private static final long serialVersionUID = 1L;

    /** Writes a score. */
    public static byte[] encode(CreativeScore score) {
        return Json.write(to -> fields(score, new JsonOut(to)));
    }

    private static void fields(CreativeScore score, JsonOut to) throws IOException {
        to.text("model", score.model()).text("creative", score.creative());
        to.whole("spell", score.spell());
        to.text("advertiser", score.advertiser()).text("text", score.text());
        to.moment("at", score.at()).moment("launchedAt", score.launchedAt());
        to.constant("cause", score.cause()).whole("interval", score.interval());
        to.numbers("cuts", score.cuts()).numbers("hazard", score.hazard());
        to.numbers("survival", score.survival());
        to.numbers("lower", score.lower()).numbers("upper", score.upper());
        to.objects("horizons", score.horizons(), CreativeScoreJson::horizon);
        to.objects("causes", score.causes(), CreativeScoreJson::cause);
        to.number("cutOut", score.cutOut()).number("wearOut", score.wearOut());
        to.number("expectedDays", score.expectedDays()).number("risk", score.risk());
        to.constant("action", score.action()).text("reason", score.reason());
        to.number("spendADay", score.spendADay());
        to.number("expectedWaste", score.expectedWaste());
        to.objects("contributions", score.contributions(), CreativeScoreJson::contribution);
        to.object("totals", body -> traffic(score.totals(), body));
        to.object("latest", body -> traffic(score.latest(), body));
        to.whole("modelVersion", score.modelVersion());
        to.moment("featureTime", score.featureTime());
    }

    private static void horizon(Horizon horizon, JsonOut to) throws IOException {
        to.number("days", horizon.days()).number("probability", horizon.probability());
        to.number("raw", horizon.raw());
    }

    private static void cause(CauseShare cause, JsonOut to) throws IOException {
        to.text("cause", cause.cause()).number("probability", cause.probability());
    }

    private static void contribution(Contribution contribution, JsonOut to) throws IOException {
        to.text("group", contribution.group()).number("change", contribution.change());
    }

    private static void traffic(Traffic traffic, JsonGenerator body) throws IOException {
        JsonOut to = new JsonOut(body);
        to.whole("impressions", traffic.impressions()).whole("clicks", traffic.clicks());
        to.whole("conversions", traffic.conversions()).number("spend", traffic.spend());
    }

    @Override
    public CreativeScore decode(byte[] bytes) throws UndecodableException {
        JsonFields fields = new JsonFields(Json.read(bytes));
        CreativeScore score = score(fields);
        fields.nothingElse();
        return score;
    }

    private static CreativeScore score(JsonFields fields) throws UndecodableException {
        return new CreativeScore(
                fields.text("model"),
                fields.text("creative"),
                fields.smallCount("spell"),
                fields.text("advertiser"),
                fields.text("text"),
                fields.moment("at"),
                fields.moment("launchedAt"),
                constant(fields, "cause", CreativeScore.Cause.class),
                fields.smallCount("interval"),
                numbers(fields, "cuts"),
                numbers(fields, "hazard"),
                numbers(fields, "survival"),
                numbers(fields, "lower"),
                numbers(fields, "upper"),
                fields.list("horizons", CreativeScoreJson::horizon),
                fields.list("causes", CreativeScoreJson::cause),
                fields.numberOrNaN("cutOut"),
                fields.numberOrNaN("wearOut"),
                fields.numberOrNaN("expectedDays"),
                fields.numberOrNaN("risk"),
                constant(fields, "action", CreativeScore.Action.class),
                fields.text("reason"),
                fields.numberOrNaN("spendADay"),
                fields.numberOrNaN("expectedWaste"),
                fields.list("contributions", CreativeScoreJson::contribution),
                traffic(fields, "totals"),
                traffic(fields, "latest"),
                fields.count("modelVersion"),
                fields.moment("featureTime"));
    }

    private static Horizon horizon(JsonFields fields) throws UndecodableException {
        return new Horizon(
                fields.numberOrNaN("days"),
                fields.numberOrNaN("probability"),
                fields.numberOrNaN("raw"));
    }

    private static CauseShare cause(JsonFields fields) throws UndecodableException {
        return new CauseShare(fields.text("cause"), fields.numberOrNaN("probability"));
    }

    private static Contribution contribution(JsonFields fields) throws UndecodableException {
        return new Contribution(fields.text("group"), fields.numberOrNaN("change"));
    }

    private static Traffic traffic(JsonFields fields, String name) throws UndecodableException {
        JsonFields inner = JsonFields.of(fields.need(name, "an object"), name);
        return new Traffic(
                inner.count("impressions"),
                inner.count("clicks"),
                inner.count("conversions"),
                inner.numberOrNaN("spend"));
    }

    private static double[] numbers(JsonFields fields, String name) throws UndecodableException {
        JsonNode array = fields.array(name);
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            values[i] =
                    value.isNull() ? Double.NaN : JsonFields.finite(name, value, "finite numbers");
        }
        return values;
    }

    private static <E extends Enum<E>> E constant(JsonFields fields, String name, Class<E> type)
            throws UndecodableException {
        String value = fields.text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw UndecodableException.invalid(
                name, value, "a " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }
}
