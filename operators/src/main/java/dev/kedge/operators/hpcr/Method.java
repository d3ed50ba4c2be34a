// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;

/** The methods of continual learning that there are. */
public enum Method {
    /** Incoming rows only: the lower bound. */
    FINE_TUNE("fine-tune"),
    /** Experience replay. */
    ER("er"),
    /** Dark experience replay. */
    DER_PLUS_PLUS("der++"),
    /** Supervised contrastive replay. */
    SCR("scr"),
    /** Proxy-based contrastive replay. */
    PCR("pcr"),
    /** Holistic proxy-based contrastive replay. */
    HPCR("hpcr");

    private final String configName;

    Method(String configName) {
        this.configName = configName;
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
        return draws() > 0;
    }

    /** How often it draws from memory in a step. */
    int draws() {
        return switch (this) {
            case FINE_TUNE -> 0;
            case DER_PLUS_PLUS -> 2;
            default -> 1;
        };
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
            case FINE_TUNE ->
                    new LinearReplay(layout, LinearReplay.Loss.FINE_TUNING, width, max, maxRows);
            case ER ->
                    new LinearReplay(
                            layout,
                            new LinearReplay.Loss(0, 1, 0, baselines.presentOnly()),
                            width,
                            max,
                            maxRows);
            case DER_PLUS_PLUS ->
                    new LinearReplay(
                            layout,
                            LinearReplay.Loss.darkExperience(
                                    baselines.darkAlpha(), baselines.darkBeta()),
                            width,
                            max,
                            maxRows);
            case SCR ->
                    new ContrastiveReplay(
                            layout,
                            baselines.contrastTemperature(),
                            width,
                            baselines.projection(),
                            max,
                            maxRows,
                            product);
            case PCR ->
                    new ProxyReplay(
                            layout, settings.loss().withoutDistillation(), width, max, maxRows);
            case HPCR -> new ProxyReplay(layout, settings.loss(), width, max, maxRows);
        };
    }
}
