package io.throughline.activities.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import java.util.List;
import java.util.Optional;

/** The end of an order's account in the ERP's books. */
final class Books {
    private final Settling settling;
    private final ToldToErp told;
    private final Orders orders;
    private final Journals journals;

    Books(Settling settling, ToldToErp told, Orders orders, Journals journals) {
        this.settling = settling;
        this.told = told;
        this.orders = orders;
        this.journals = journals;
    }

    /** The end of an order that was carried out. */
    Reply confirm(Order order, Optional<Decision> decision) {
        return close(order, "settle", PostingStatus.CONFIRMED, decision);
    }

    /** The end of an order whose payments were given back. */
    Reply reverse(Order order, Optional<Decision> decision) {
        return close(order, "settle-reversal", PostingStatus.REVERSED, decision);
    }

    private Reply close(Order order, String operation, PostingStatus ending, Optional<Decision> decision) {
        AccountId company = told.company(order);
        List<Posting> postings = journals.of(order.id());
        Reply compared = settling.settle(
                company,
                order.id(),
                operation,
                // A payment that has come since is settled too; what was settled before is passed over then.
                postings.size() + " documents",
                postings.stream().map(Posting::journal).toList(),
                decision);
        if (compared instanceof Reply.Done && settling.isLive(company)) {
            store(order, ending);
        }
        return compared;
    }

    private void store(Order order, PostingStatus ending) {
        if (ending == PostingStatus.REVERSED) {
            journals.reversed(order.id());
        } else {
            journals.confirmed(order.id());
        }
        orders.posting(order.id(), ending);
    }
}
