package io.throughline.domain.account;

/** A configured installation, with whether its effects are really carried out. */
public record Account(AccountId id, OutsideSystem system, EffectMode mode) {
    /** Whether its effects are really carried out. */
    public boolean isLive() {
        return mode == EffectMode.LIVE;
    }

    public boolean isOff() {
        return mode == EffectMode.OFF;
    }
}
