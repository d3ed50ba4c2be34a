// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One experiment file, with its kind.
 *
 * @param kind what it is an experiment of
 * @param settings what it says, with defaults
 * @param <S> settings of that kind
 */
public record ExperimentFile<S>(ExperimentKind<S> kind, S settings) {
    /**
     * Reads a file of the kind that knows most of its outermost fields; of several such, the first
     * that can read it.
     *
     * @param kinds at least one
     * @throws ConfigurationException if anything in it is wrong
     */
    public static ExperimentFile<?> read(Path file, List<? extends ExperimentKind<?>> kinds) {
        String text = StrictYaml.text(file);
        Set<String> fields = StrictYaml.fields(text, file.toString());
        long most = kinds.stream().mapToLong(kind -> known(kind, fields)).max().orElseThrow();
        Optional<ConfigurationException> mistake = Optional.empty();
        for (ExperimentKind<?> kind : kinds) {
            if (known(kind, fields) == most) {
                try {
                    return parse(text, kind, file.toString());
                } catch (ConfigurationException e) {
                    mistake = mistake.or(() -> Optional.of(e));
                }
            }
        }
        throw mistake.orElseThrow();
    }

    private static long known(ExperimentKind<?> kind, Set<String> fields) {
        return fields.stream().filter(StrictYaml.tree(kind.defaults())::has).count();
    }

    private static <S> ExperimentFile<S> parse(String text, ExperimentKind<S> kind, String source) {
        // Settings are records: no other class is between them and their type.
        @SuppressWarnings("unchecked")
        Class<S> type = (Class<S>) kind.defaults().getClass();
        return new ExperimentFile<>(kind, StrictYaml.parse(text, kind.defaults(), type, source));
    }

    /** The same with what the command says. */
    public ExperimentFile<S> with(Optional<String> data, Optional<Integer> cores) {
        S placed = data.map(path -> kind.withData(settings, path)).orElse(settings);
        try {
            return new ExperimentFile<>(
                    kind, cores.map(count -> kind.withCores(placed, count)).orElse(placed));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--cores: " + e.getMessage());
        }
    }

    /** The whole file with its defaults. */
    public String text() {
        return StrictYaml.write(settings);
    }

    /** Where files go unless told otherwise. */
    public Path folder() {
        return kind.folder(settings);
    }

    /** Opens the experiment; see {@link ExperimentKind#open}. */
    public Study open(ExperimentKind.Start start) {
        return kind.open(settings, start);
    }
}
