// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.decisions.DecisionDesk;
import dev.kedge.jobs.page.BadRequestException;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.state.text.Text;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a ranking from the parameters of a request. */
final class RankingRequest {
    static final int MAX_LIMIT = 1000;
    static final int MAX_SEARCH = 200;

    private static final double MOST_SPEND = 1e15;

    /** The direction of an order. */
    private enum Order {
        /** The most first. */
        DESC,
        /** The least first. */
        ASC
    }

    private RankingRequest() {}

    static Ranking read(Context request) {
        return new Ranking(
                filter(request),
                one(Ranking.Sort.class, "sort", text(request, "sort").orElse("risk")),
                one(Order.class, "order", text(request, "order").orElse("desc")) == Order.ASC,
                number(request, "offset", 0, 0, Integer.MAX_VALUE),
                number(request, "limit", Ranking.BY_RISK.limit(), 1, MAX_LIMIT));
    }

    private static Ranking.Filter filter(Context request) {
        return new Ranking.Filter(
                one(Ranking.State.class, "state", text(request, "state").orElse("all")),
                text(request, "model"),
                actions(request),
                text(request, "advertiser"),
                text(request, "campaign"),
                search(request),
                amount(request, "probability", 1),
                amount(request, "spend", MOST_SPEND));
    }

    /** Which decisions were asked for; only where any are taken. */
    static Optional<Decided> decided(Context request, Optional<DecisionDesk> desk) {
        Optional<String> name = text(request, "decision");
        if (name.isPresent() && desk.isEmpty()) {
            throw new BadRequestException(DecisionRoutes.OFF);
        }
        return name.map(word -> one(Decided.class, "decision", word));
    }

    static Optional<String> text(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> search(Context request) {
        Optional<String> words = text(request, "q").map(String::strip);
        if (words.map(String::length).orElse(0) > MAX_SEARCH) {
            throw new BadRequestException("q is longer than " + MAX_SEARCH + " characters");
        }
        return words;
    }

    private static Set<Action> actions(Context request) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        text(request, "action").stream()
                .flatMap(names -> Arrays.stream(names.split(",", -1)))
                .map(name -> one(Action.class, "action", name.strip()))
                .forEach(actions::add);
        return actions;
    }

    private static <E extends Enum<E>> E one(Class<E> type, String field, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> lower(value).equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(type, field, name));
    }

    private static <E extends Enum<E>> BadRequestException unknown(
            Class<E> type, String field, String name) {
        String allowed =
                Arrays.stream(type.getEnumConstants())
                        .map(RankingRequest::lower)
                        .collect(Collectors.joining(", "));
        return new BadRequestException(field + " is '" + name + "', but must be one of " + allowed);
    }

    private static int number(Context request, String name, int otherwise, int least, int most) {
        String value = text(request, name).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(name, value, least, most);
        }
        throw outOfRange(name, value, least, most);
    }

    private static BadRequestException outOfRange(String name, String value, int least, int most) {
        return new BadRequestException(
                Text.format(
                        "%s is '%s', but must be a whole number from %d to %d",
                        name, value, least, most));
    }

    private static double amount(Context request, String name, double most) {
        String value = text(request, name).orElse("0");
        try {
            double amount = Double.parseDouble(value);
            if (amount >= 0 && amount <= most) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw notAnAmount(name, value, most);
        }
        throw notAnAmount(name, value, most);
    }

    private static BadRequestException notAnAmount(String name, String value, double most) {
        return new BadRequestException(
                Text.format(
                        "%s is '%s', but must be a number from 0 to %s",
                        name, value, Long.toString((long) most)));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
