package io.throughline.domain.returns;

/** What money goes back to: the tenders that paid, or credit of the customer's at the channel, which is good for goods only. */
public enum RefundTo {
    ORIGINAL,
    STORE_CREDIT
}
