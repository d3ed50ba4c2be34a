// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryPartStoreTest {
    private final MemoryPartStore store = new MemoryPartStore();

    @Test
    void partsOfAPrefixAreAllThatBeginWithItInOrder() {
        for (String name : new String[] {"b/2", "b", "b0", "a/1", "b/1", "b/\uffff", "c/1"}) {
            store.put(name, new byte[] {(byte) name.length()});
        }

        assertThat(store.parts("b/").keySet()).containsExactly("b/1", "b/2", "b/\uffff");
        assertThat(store.parts("b/").get("b/2")).containsExactly(3);
        assertThat(store.parts("").keySet()).hasSize(7);
        assertThat(store.parts("d/")).isEmpty();
    }

    @Test
    void namesStayAsTheyAreWhilePartsGo() {
        store.put("a/1", new byte[0]);
        store.put("a/2", new byte[0]);

        store.names("a/").forEach(store::remove);

        assertThat(store.parts()).isEmpty();
    }

    @Test
    void partsToBeReadOnlyCannotBeChanged() {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put("a", new byte[] {1});
        MemoryPartStore readOnly = MemoryPartStore.readOnly(parts);

        assertThat(readOnly.get("a")).contains(new byte[] {1});
        assertThatThrownBy(() -> readOnly.put("b", new byte[0]))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> readOnly.remove("a"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
