package io.throughline.domain.account;

/** A configured installation, with whether its effects are really carried out. */
public record Account(AccountId id, OutsideSystem system, EffectMode mode) {
    public boolean isOff() {
        return mode == EffectMode.OFF;
    }
}
