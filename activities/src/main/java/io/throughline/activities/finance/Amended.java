package io.throughline.activities.finance;

import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.intervention.Decision;
import java.util.Optional;

/** Documents as somebody has decided that the ERP shall be told of them. What they come to, and on which accounts, is what it was. */
final class Amended {
    private Amended() {}

    static SalesInvoice of(SalesInvoice invoice, Optional<Decision> decision) {
        return decision.map(decided -> decided.postingDate()
                        .map(invoice::postedOn)
                        .orElse(invoice)
                        .standingIn(decided.standIns()))
                .orElse(invoice);
    }

    static SalesDemand of(SalesDemand demand, Optional<Decision> decision) {
        return decision.map(decided -> demand.standingIn(decided.standIns())).orElse(demand);
    }

    static CustomerPayment of(CustomerPayment payment, Optional<Decision> decision) {
        return decision.flatMap(Decision::postingDate).map(payment::postedOn).orElse(payment);
    }
}
