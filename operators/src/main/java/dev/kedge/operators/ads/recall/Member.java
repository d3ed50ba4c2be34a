// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.recall;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;

/**
 * A creative in the bank.
 *
 * <p>Binary format, version 1, family {@link Family#MEMORY_MEMBER}: the components in their order.
 *
 * @param id its number in the bank
 * @param creative its id
 * @param identity what the stream says that it is, or empty
 * @param group name of its group of near-duplicates
 * @param since when the group's earliest creative was launched, epoch milliseconds
 */
record Member(long id, String creative, String identity, String group, long since) {
    private static final int VERSION = 1;

    Member in(String otherGroup, long otherSince) {
        return new Member(id, creative, identity, otherGroup, otherSince);
    }

    /** Whether the stream says that they are the same, or they are one. */
    boolean isKnownAs(Member other) {
        return id == other.id || (!identity.isEmpty() && identity.equals(other.identity));
    }

    /** Whether its group is older than another's; of those of one moment the name decides. */
    boolean isOlderThan(Member other) {
        return since != other.since ? since < other.since : group.compareTo(other.group) < 0;
    }

    long bytes() {
        return 200L + 2L * (creative.length() + identity.length() + group.length());
    }

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(128);
        out.putLong(id);
        out.putUtf8(creative);
        out.putUtf8(identity);
        out.putUtf8(group);
        out.putLong(since);
        return Envelope.seal(Family.MEMORY_MEMBER, VERSION, out);
    }

    static Member fromBytes(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.MEMORY_MEMBER, VERSION);
        Member member =
                new Member(in.getLong(), in.getUtf8(), in.getUtf8(), in.getUtf8(), in.getLong());
        in.requireEnd();
        return member;
    }
}
