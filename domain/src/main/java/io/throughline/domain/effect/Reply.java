package io.throughline.domain.effect;

import io.throughline.domain.failure.FailureCode;

/** How an outside system answered a call that should change it: it was done, or a rule of that system refused it for good. */
public sealed interface Reply {
    record Done(Receipt receipt) implements Reply {}

    /** {@code detail} is the vendor's own words, shortened, without personal data. */
    record Refused(FailureCode code, String detail) implements Reply {}

    static Reply done(String reference) {
        return new Done(Receipt.of(reference));
    }

    static Reply done(Receipt receipt) {
        return new Done(receipt);
    }

    static Reply refused(FailureCode code, String detail) {
        return new Refused(code, detail);
    }
}
