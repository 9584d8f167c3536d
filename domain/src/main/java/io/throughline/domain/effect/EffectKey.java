package io.throughline.domain.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.hash.Sha256;

/**
 * Names one business intent to change an outside system, {@code <account>/<subject>/<operation>/<intent number>}. It never contains a
 * run, an activity or an attempt, so a reset or a retry means the same effect.
 */
public record EffectKey(AccountId account, String subject, String operation, int intent) {
    public EffectKey {
        if (subject.isBlank() || operation.isBlank() || intent < 1) {
            throw new IllegalArgumentException("an effect needs a subject, an operation and an intent from 1");
        }
    }

    /**
     * The key sent to a vendor: 40 hexadecimal digits, so that it fits the shortest limit (Square's 45). A generation is begun only
     * after a probe has shown that the one before had no effect, since vendors forget keys after hours.
     */
    public String vendorKey(int generation) {
        return Sha256.hex(this + "#" + generation).substring(0, 40);
    }

    @Override
    public String toString() {
        return account + "/" + subject + "/" + operation + "/" + intent;
    }
}
