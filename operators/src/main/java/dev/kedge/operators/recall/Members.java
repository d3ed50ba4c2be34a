// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.recall;

import dev.kedge.state.bank.MemoryBank;
import dev.kedge.state.binary.DamagedSnapshotException;
import dev.kedge.state.part.PartStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who the instances of a bank are, place by place. Each is a part of its own, and only those that
 * changed are written. Not thread-safe.
 */
final class Members {
    private final String prefix;
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Long> ids = new HashMap<>();
    private final TreeSet<Long> changed = new TreeSet<>();
    private long bytes;

    Members(String prefix) {
        this.prefix = prefix;
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
                    String.format(
                            Locale.ROOT,
                            "%d creatives for %d instances of the creative memory's bank",
                            all.members.size(),
                            bank.size()));
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
        changed.add(member.id());
    }

    private void insert(Member member) {
        members.add(member);
        ids.put(member.creative(), member.id());
        bytes += member.bytes();
    }

    void replace(int place, Member member) {
        bytes += member.bytes() - members.get(place).bytes();
        members.set(place, member);
        changed.add(member.id());
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
                changed.add(member.id());
                bytes -= member.bytes();
            }
        }
        members.subList(kept, members.size()).clear();
    }

    long bytes() {
        return bytes;
    }

    void flush(MemoryBank bank, PartStore store) {
        for (long id : changed) {
            String name = String.format(Locale.ROOT, "%s%016x", prefix, id);
            int place = bank.place(id);
            if (place < 0) {
                store.remove(name);
            } else {
                store.put(name, members.get(place).toBytes());
            }
        }
        changed.clear();
    }
}
