// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.classifier.hpcr.ReplaySettings.Distillation;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Trigger;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.parameters.Layout;

/**
 * The methods of continual learning that there are. Whoever wants to know how one goes about asks
 * it, and compares with none by name.
 */
@PublicApi
public enum Method {
    /** Incoming rows only: the lower bound. */
    FINE_TUNE("fine-tune", 0, 1),
    /** Experience replay. */
    ER("er", 1, 1),
    /** Dark experience replay. */
    DER_PLUS_PLUS("der++", 2, 1),
    /** Supervised contrastive replay. */
    SCR("scr", 1, 2),
    /** Proxy-based contrastive replay. */
    PCR("pcr", 1, 2),
    /** Holistic proxy-based contrastive replay. */
    HPCR("hpcr", 1, 2);

    private final String configName;
    private final int draws;
    private final int views;

    Method(String configName, int draws, int views) {
        this.configName = configName;
        this.draws = draws;
        this.views = views;
    }

    /**
     * Finds a method.
     *
     * @throws IllegalArgumentException if none has that name
     */
    public static Method named(String configName) {
        for (Method method : values()) {
            if (method.configName.equals(configName)) {
                return method;
            }
        }
        throw new IllegalArgumentException("no method is named '" + configName + "'");
    }

    /** The same: what messages and files call it. */
    @Override
    public String toString() {
        return configName;
    }

    /** Whether it keeps samples and shows them again. */
    public boolean replays() {
        return draws > 0;
    }

    /** How often it draws from memory in a step. */
    int draws() {
        return draws;
    }

    /** How many views of a sample its authors learn: 2 with an augmented one, else 1. */
    int views() {
        return views;
    }

    /** Whether the two views are encoded apart, instead of incoming and drawn rows. */
    boolean encodesViewsApart() {
        return this == SCR;
    }

    /** Whether it has logits, by which a sample can be answered or a loss be measured. */
    boolean classifies() {
        return this != SCR;
    }

    /** Whether its logits are scaled cosines. */
    boolean comparesByCosine() {
        return this == PCR || this == HPCR;
    }

    /** Whether it has the components beyond PCR: a schedule, and distillation as configured. */
    public boolean isHolistic() {
        return this == HPCR;
    }

    /** The schedule it follows where one is configured. */
    public TemperatureSchedule schedule(TemperatureSchedule configured) {
        return isHolistic() ? configured : TemperatureSchedule.CONSTANT;
    }

    /** When it distils. */
    Trigger trigger(Distillation configured) {
        return switch (this) {
            case HPCR -> configured.trigger();
            case DER_PLUS_PLUS -> Trigger.ALWAYS;
            default -> Trigger.OFF;
        };
    }

    /** Whether its teacher is an average of the model. */
    boolean averages(Distillation configured) {
        return isHolistic() && configured.averages();
    }

    /** Whether it stores its answers with samples, to distil from them. */
    boolean storesLogits(Distillation configured) {
        return trigger(configured) != Trigger.OFF && !averages(configured);
    }

    /** Whether it stores features with samples, to distil from them. */
    boolean storesFeatures(Distillation configured) {
        return isHolistic() && storesLogits(configured);
    }

    ReplayObjective objective(
            Layout.Builder layout,
            ReplaySettings settings,
            int width,
            int maxRows,
            MatrixProduct product) {
        int max = settings.classes().most();
        ReplaySettings.Baselines baselines = settings.baselines();
        return switch (this) {
            case FINE_TUNE -> {
                LinearReplay.Loss loss = LinearReplay.Loss.FINE_TUNING;
                yield new LinearReplay(layout, loss, width, max, maxRows);
            }
            case ER -> {
                LinearReplay.Loss loss = new LinearReplay.Loss(0, 1, 0, baselines.presentOnly());
                yield new LinearReplay(layout, loss, width, max, maxRows);
            }
            case DER_PLUS_PLUS -> {
                double alpha = baselines.darkAlpha();
                LinearReplay.Loss loss =
                        LinearReplay.Loss.darkExperience(alpha, baselines.darkBeta());
                yield new LinearReplay(layout, loss, width, max, maxRows);
            }
            case SCR -> {
                double temperature = baselines.contrastTemperature();
                int projection = baselines.projection();
                yield new ContrastiveReplay(
                        layout, temperature, width, projection, max, maxRows, product);
            }
            case PCR -> {
                HpcrLoss.Settings loss = settings.loss().withoutDistillation();
                yield new ProxyReplay(layout, loss, width, max, maxRows);
            }
            case HPCR -> new ProxyReplay(layout, settings.loss(), width, max, maxRows);
        };
    }
}
