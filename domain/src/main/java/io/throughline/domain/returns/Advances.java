package io.throughline.domain.returns;

/** Settles what was given before its goods came, at the end of a return: only then it is known what has come for it. */
public final class Advances {
    private final ReturnPolicies policies;
    private final ReturnDebts debts;

    public Advances(ReturnPolicies policies, ReturnDebts debts) {
        this.policies = policies;
        this.debts = debts;
    }

    /** Called again, it does nothing more. */
    public void settle(Return returned) {
        if (returned.refundFirst()) {
            debts.settle(returned.id(), asItStands -> new AdvanceDebt(asItStands, policy(asItStands)).owed());
        }
    }

    private ReturnPolicy policy(Return returned) {
        return policies.named(returned.policyVersion())
                .orElseThrow(() -> new IllegalStateException("no policy " + returned.policyVersion() + " is kept"));
    }
}
