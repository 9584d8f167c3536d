package io.throughline.activities.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.Return;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody has given back at the channel since a return was authorised, and none of our returns knows of. */
record RefundsElsewhere(List<Tender> tenders, Money total, Money owed, boolean tookTheUnits) {
    RefundsElsewhere {
        tenders = List.copyOf(tenders);
    }

    /** {@code versions}: the newest first. */
    static RefundsElsewhere since(Return returned, Order now, List<Order> versions, List<Return> ofOrder) {
        Order then = versions.get(Math.max(0, versions.size() - returned.orderVersion()));
        Set<String> known = then.tenders().stream().map(Tender::id).collect(Collectors.toSet());
        known.addAll(FollowedChange.transactions(ofOrder));
        List<Tender> tenders = now.tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND && tender.status() != Tender.Status.FAILURE)
                .filter(tender -> !known.contains(tender.id()))
                .toList();
        return new RefundsElsewhere(
                tenders,
                Money.sum(
                        now.currency(),
                        tenders.stream().map(tender -> tender.amount().shop()).toList()),
                returned.repayment().orElseThrow().refund().total().shop(),
                !tenders.isEmpty() && FollowedChange.tookUnits(returned, then, now, ofOrder));
    }

    boolean isWhatWeOwe() {
        return !tenders.isEmpty() && total.equals(owed);
    }

    boolean isMadeOfThese() {
        return isWhatWeOwe() || tookTheUnits;
    }

    /** The same for the same refunds. */
    String name() {
        return tenders.stream().map(Tender::id).sorted().collect(Collectors.joining("+"));
    }

    Return.Issued asIssued(Instant now) {
        Map<String, String> transactions = new HashMap<>();
        tenders.forEach(tender -> tender.parent().ifPresent(payment -> transactions.put(payment, tender.id())));
        return new Return.Issued(name(), transactions, false, now);
    }
}
