// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import static dev.kedge.state.text.Text.format;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what the models of a task compute on, and has ND4J loaded accordingly. ND4J has one
 * backend for each process, so jobs that want different ones cannot share a process.
 */
public final class DeviceChoice {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

    private final CardCheck check;
    private final Loading nd4j;

    /** What is done to ND4J. */
    interface Loading {
        /** As {@link Nd4jLoading#take}. */
        Backend take(Backend wanted);

        /** As {@link Nd4jLoading#loadCudaNatives}. */
        void loadCudaNatives();

        /** Has this thread compute on a card. */
        void use(Card card);
    }

    private static final class Own implements Loading {
        @Override
        public Backend take(Backend wanted) {
            return Nd4jLoading.take(wanted);
        }

        @Override
        public void loadCudaNatives() {
            Nd4jLoading.loadCudaNatives();
        }

        @Override
        public void use(Card card) {
            Nd4j.getAffinityManager().unsafeSetDevice(card.index());
        }
    }

    DeviceChoice(CardCheck check, Loading nd4j) {
        this.check = check;
        this.nd4j = nd4j;
    }

    /** Among what this machine has. */
    public static DeviceChoice ofThisMachine() {
        return new DeviceChoice(CardCheck.ofThisMachine(), new Own());
    }

    /**
     * Chooses for the thread that calls.
     *
     * @param given indices of the cards that the task may use; empty for any
     * @param turn which task of its operator it is: tasks take their cards in turn
     * @throws IllegalArgumentException in one line that names field, value and what is allowed, if
     *     what is asked for cannot be had
     */
    public Placement place(DeviceSettings wish, List<Integer> given, int turn) {
        if (wish.device() == Device.CPU) {
            return onCpu(wish);
        }
        FoundCards found = among(given, check.usable());
        String why = found.any() ? start(wish) : found.why();
        if (why.isEmpty()) {
            return onCard(wish, found.cards().get(turn % found.cards().size()));
        }
        if (wish.device() == Device.GPU) {
            throw refusal(wish, "cpu or auto here", why);
        }
        LOG.info("device: auto computes on the CPU: {}", why);
        return onCpu(wish);
    }

    /** Of a task that was given no cards, all compute on the first. */
    private static FoundCards among(List<Integer> given, FoundCards found) {
        if (!found.any()) {
            return found;
        }
        if (given.isEmpty()) {
            return FoundCards.of(found.cards().subList(0, 1));
        }
        List<Card> own =
                found.cards().stream().filter(card -> given.contains(card.index())).toList();
        return own.isEmpty()
                ? FoundCards.none(
                        "none of the cards that Flink gave the task can be used: " + given)
                : FoundCards.of(own);
    }

    /** Starts ND4J on CUDA; returns why it cannot, empty if it can. */
    private String start(DeviceSettings wish) {
        try {
            nd4j.loadCudaNatives();
        } catch (LinkageError e) {
            return "the libraries of CUDA 11 do not load (" + reason(e) + ")";
        }
        try {
            return nd4j.take(Backend.CUDA) == Backend.CUDA
                    ? ""
                    : "a job before has ND4J compute on the CPU in this process";
        } catch (LinkageError e) {
            // Half begun, it computes on nothing any more in this process.
            throw refusal(wish, "cpu here", "ND4J does not start on CUDA: " + reason(e));
        }
    }

    private Placement onCard(DeviceSettings wish, Card card) {
        nd4j.use(card);
        LOG.info("device: computes on card {}, {}", card.index(), card.name());
        return new Placement(Backend.CUDA.on(card), wish.changeAllowed());
    }

    private Placement onCpu(DeviceSettings wish) {
        // Without the other backend ND4J is left asleep until somebody needs it.
        if (check.hasBackend() && nd4j.take(Backend.CPU) != Backend.CPU) {
            throw refusal(
                    wish, "gpu here", "a job before has ND4J compute on a card in this process");
        }
        return new Placement(Placement.CPU_BACKEND, wish.changeAllowed());
    }

    private static IllegalArgumentException refusal(
            DeviceSettings wish, String allowed, String why) {
        String device = wish.device().name().toLowerCase(Locale.ROOT);
        return new IllegalArgumentException(
                format("device: %s is not allowed; it must be %s: %s", device, allowed, why));
    }

    /** What the deepest cause says: what is missing, not what therefore did not load. */
    private static String reason(LinkageError e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
