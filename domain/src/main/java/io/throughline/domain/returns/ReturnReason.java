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
    OTHER;

    /** Whether it says that goods came damaged or wrong, or did not come: only for that money is given while they stay. */
    public boolean isClaim() {
        return switch (this) {
            case NOT_AS_DESCRIBED, DEFECTIVE, DAMAGED_ON_ARRIVAL, WRONG_ITEM, NEVER_ARRIVED -> true;
            case UNWANTED, DOES_NOT_FIT, ARRIVED_LATE, OTHER -> false;
        };
    }
}
