// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.ads.LedgerEntry;

/**
 * Who a creative's advertiser is and what its campaign: creatives of one advertiser that have all
 * categories in common. Hashes of 64 bits (FNV-1a), so that no names are kept.
 */
final class Keys {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    /** Of whom nothing is known. */
    static final EffectTable.Key NOBODY = new EffectTable.Key(0, 0);

    private Keys() {}

    /** The advertiser itself, whatever the campaign. */
    static EffectTable.Key alone(EffectTable.Key campaign) {
        return new EffectTable.Key(campaign.advertiser(), 0);
    }

    /** The campaign; an advertiser of 0 where a creative names none. */
    static EffectTable.Key campaign(LedgerEntry.Content content) {
        long campaign = BASIS;
        for (int category : content.categories()) {
            campaign = (campaign ^ category) * PRIME;
        }
        return new EffectTable.Key(advertiser(content.advertiser()), campaign);
    }

    /** Hash of an advertiser's name; 0 for none. */
    static long advertiser(String name) {
        long hash = name.isEmpty() ? 0 : BASIS;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * PRIME;
        }
        return hash;
    }
}
