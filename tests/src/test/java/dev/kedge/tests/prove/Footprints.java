// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import static dev.kedge.state.text.Text.format;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each task manager held after each resubmission. */
public final class Footprints {
    /** What stays once, whatever is submitted: the first submissions fill it. */
    private static final int WARM = 2;

    /**
     * Of jobs that are gone: JDK 17 keeps the newest type of a method handle that all records'
     * {@code equals} share, and with it the loader of that record; and one more is unloaded only
     * when the next one takes its place.
     */
    private static final int LATE = 2;

    private static final double METASPACE = 1.05;
    private static final double RESIDENT = 1.10;

    private final SortedMap<String, List<Footprint>> byTaskManager = new TreeMap<>();

    void add(String taskManager, Footprint seen) {
        byTaskManager.computeIfAbsent(taskManager, name -> new ArrayList<>()).add(seen);
    }

    /**
     * What grows though it should not, a line each: class loaders, metaspace by more than 5 % or
     * resident memory by more than 10 % since the second resubmission; or class loaders that are
     * more than the jobs and two that go late.
     */
    List<String> growing(int jobs) {
        List<String> growing = new ArrayList<>();
        byTaskManager.forEach((name, all) -> growing(name, all, jobs, growing));
        return growing;
    }

    private static void growing(String name, List<Footprint> all, int jobs, List<String> growing) {
        Footprint last = all.get(all.size() - 1);
        if (last.loaders() > jobs + LATE) {
            growing.add(format("%s kept %d class loaders for %d jobs", name, last.loaders(), jobs));
        }
        if (all.size() <= WARM) {
            return;
        }
        Footprint warm = all.get(WARM - 1);
        compare(growing, name + ": class loaders", warm.loaders(), last.loaders(), 1);
        compare(
                growing,
                name + ": KiB of metaspace",
                warm.metaspace(),
                last.metaspace(),
                METASPACE);
        compare(
                growing,
                name + ": KiB of resident memory",
                warm.resident(),
                last.resident(),
                RESIDENT);
    }

    private static void compare(
            List<String> growing, String what, long before, long after, double most) {
        if (after > before * most) {
            growing.add(format("%s grew from %,d to %,d", what, before, after));
        }
    }

    /** All of it, with a head. */
    List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("task_manager,resubmission,metaspace_kib,heap_kib,resident_kib,class_loaders");
        byTaskManager.forEach(
                (name, all) -> {
                    for (int i = 0; i < all.size(); i++) {
                        Footprint seen = all.get(i);
                        lines.add(
                                format(
                                        "%s,%d,%d,%d,%d,%d",
                                        name,
                                        i + 1,
                                        seen.metaspace(),
                                        seen.heap(),
                                        seen.resident(),
                                        seen.loaders()));
                    }
                });
        return lines;
    }
}
