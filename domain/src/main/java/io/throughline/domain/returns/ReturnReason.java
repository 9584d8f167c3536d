package io.throughline.domain.returns;

/** Why goods come back, as the customer says. Which of them are the retailer's fault is for the policy to say. */
public enum ReturnReason {
    UNWANTED,
    DOES_NOT_FIT,
    NOT_AS_DESCRIBED,
    DEFECTIVE,
    DAMAGED_ON_ARRIVAL,
    WRONG_ITEM,
    ARRIVED_LATE,
    NEVER_ARRIVED,
    OTHER
}
