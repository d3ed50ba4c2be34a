// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps what is registered, by its groups and name with dots between. */
final class RecordedMetrics extends UnregisteredMetricsGroup {
    private final Map<String, Metric> all;
    private final String scope;

    RecordedMetrics() {
        this(new TreeMap<>(), "");
    }

    private RecordedMetrics(Map<String, Metric> all, String scope) {
        this.all = all;
        this.scope = scope;
    }

    Map<String, Metric> all() {
        return all;
    }

    long count(String name) {
        return ((Counter) all.get(name)).getCount();
    }

    Object value(String name) {
        return ((Gauge<?>) all.get(name)).getValue();
    }

    Histogram histogram(String name) {
        return (Histogram) all.get(name);
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new RecordedMetrics(all, scope + name + ".");
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return addGroup(key).addGroup(value);
    }

    @Override
    public Counter counter(String name) {
        Counter counter = super.counter(name);
        all.put(scope + name, counter);
        return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        all.put(scope + name, gauge);
        return gauge;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        all.put(scope + name, histogram);
        return histogram;
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
        all.put(scope + name, meter);
        return meter;
    }
}
