// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.part.PartFamily;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who the instances of a bank are, place by place. Each is a part of its own, and only those that
 * changed are written. Not thread-safe.
 */
final class Members {
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Long> ids = new HashMap<>();
    private final PartFamily<Long> parts;
    private long bytes;

    Members(String prefix) {
        parts = PartFamily.numbered(prefix);
    }

    /**
     * Reads them back.
     *
     * @throws DamagedSnapshotException if they are not those of the bank
     */
    static Members restored(String prefix, MemoryBank bank, PartStore store) {
        Members all = new Members(prefix);
        for (byte[] part : store.parts(prefix).values()) {
            all.insert(Member.fromBytes(part));
        }
        all.follow(bank);
        if (all.members.size() != bank.size()) {
            throw new DamagedSnapshotException(
                    format(
                            "%d creatives for %d instances of the creative memory's bank",
                            all.members.size(), bank.size()));
        }
        return all;
    }

    Member get(int place) {
        return members.get(place);
    }

    /** The place of a creative, or -1 if the bank does not have it. */
    int place(String creative, MemoryBank bank) {
        Long id = ids.get(creative);
        return id == null ? -1 : bank.place(id);
    }

    /** Takes in the newest instance of the bank. */
    void add(Member member) {
        insert(member);
        parts.touch(member.id());
    }

    private void insert(Member member) {
        members.add(member);
        ids.put(member.creative(), member.id());
        bytes += member.bytes();
    }

    void replace(int place, Member member) {
        bytes += member.bytes() - members.get(place).bytes();
        members.set(place, member);
        parts.touch(member.id());
    }

    /** Lets go whom the bank has let go; both are in the order of their numbers. */
    void follow(MemoryBank bank) {
        int kept = 0;
        for (Member member : members) {
            if (kept < bank.size() && bank.get(kept).id() == member.id()) {
                members.set(kept, member);
                kept++;
            } else {
                ids.remove(member.creative());
                parts.touch(member.id());
                bytes -= member.bytes();
            }
        }
        members.subList(kept, members.size()).clear();
    }

    long bytes() {
        return bytes;
    }

    void flush(MemoryBank bank, PartStore store) {
        parts.flush(
                store,
                id -> {
                    int place = bank.place(id);
                    return place < 0 ? Optional.empty() : Optional.of(members.get(place).toBytes());
                });
    }
}
