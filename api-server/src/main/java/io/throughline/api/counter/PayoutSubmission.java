package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.Findings;

/** What the store says of money that it has paid out. */
@Schema(name = "CounterPayout")
public record PayoutSubmission(
        @Schema(
                description =
                        "The store's own name of it: a slip's or a drawer's number, 1 to 100 visible characters; nothing"
                                + " of a person",
                maxLength = LONGEST_REFERENCE,
                example = "drawer-2/0417")
        String reference) {
    static final int LONGEST_REFERENCE = 100;

    /** The reference, or the problem that it is none. */
    public String checked() {
        Findings findings = new Findings();
        findings.visible("/reference", reference, LONGEST_REFERENCE);
        findings.throwIfAny("The payout");
        return reference;
    }
}
