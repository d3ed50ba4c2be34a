// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.PartStore;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class StreamPartsTest {
    private final StreamParts<Door> doors = new StreamParts<>("door/");
    private final MemoryPartStore store = new MemoryPartStore();

    /** A stream with a head and one more part. */
    private record Door(String name, String prefix, long lastSeen) implements StreamParts.Stream {
        @Override
        public long bytes() {
            return name.length();
        }

        @Override
        public void flush(PartStore store) {
            store.put(StreamParts.head(prefix), new byte[] {1});
            store.put(prefix + "waiting/1", new byte[] {2});
        }
    }

    private Door add(String name, long number, long lastSeen) {
        Door door = new Door(name, doors.prefix(number), lastSeen);
        doors.add(door);
        return door;
    }

    @Test
    void thePrefixesOfAllHeadsAreFoundAgainAndNothingElse() {
        add("b", 17, 0);
        add("a", 2, 0);
        doors.flush(store);
        store.put("gate/0000000000000003/head", new byte[0]);

        assertThat(doors.prefixes(store))
                .containsExactly("door/0000000000000002/", "door/0000000000000011/");
    }

    @Test
    void theFirstByNameOfThoseUnseenForLongestIsTold() {
        add("c", 1, 5);
        add("b", 2, 3);
        add("a", 3, 3);

        assertThat(doors.longestUnseen().name()).isEqualTo("a");
        assertThat(doors.all()).extracting(Door::name).containsExactly("a", "b", "c");
    }

    @Test
    void withoutStreamsNoneIsUnseen() {
        assertThatThrownBy(doors::longestUnseen).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatIsRemovedLosesAllItsPartsAtTheNextFlush() {
        add("a", 1, 0);
        Door kept = add("b", 2, 0);
        doors.flush(store);

        assertThat(doors.remove("a")).isTrue();
        assertThat(doors.remove("a")).isFalse();
        doors.flush(store);

        assertThat(store.names("door/"))
                .containsExactlyInAnyOrder(
                        "door/0000000000000002/head", "door/0000000000000002/waiting/1");
        assertThat(doors.find("a")).isEmpty();
        assertThat(doors.find("b")).contains(kept);
        assertThat(doors.size()).isOne();
        assertThat(doors.bytes()).isOne();
    }
}
