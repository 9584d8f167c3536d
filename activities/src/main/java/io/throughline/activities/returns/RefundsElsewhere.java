package io.throughline.activities.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.ForeignRefunds;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnReckoning;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody has given back at the channel since a return was authorised, and none of our returns knows of. */
record RefundsElsewhere(
        List<Tender> tenders,
        Money total,
        List<Refund.ToTender> toGive,
        boolean tookTheUnits,
        boolean tookJustTheUnits) {
    RefundsElsewhere {
        tenders = List.copyOf(tenders);
        toGive = List.copyOf(toGive);
    }

    /** {@code versions}: the newest first. */
    static RefundsElsewhere since(Return returned, Order now, List<Order> versions, List<Return> ofOrder) {
        Order then = returned.versionThen(versions);
        Set<String> known = then.tenders().stream().map(Tender::id).collect(Collectors.toSet());
        known.addAll(FollowedChange.transactions(ofOrder));
        List<Tender> tenders = now.tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND && tender.status() != Tender.Status.FAILURE)
                .filter(tender -> !known.contains(tender.id()))
                .filter(tender -> !ForeignRefunds.wasMadeBefore(returned, tender, now))
                .toList();
        return new RefundsElsewhere(
                tenders,
                Money.sum(
                        now.currency(),
                        tenders.stream().map(tender -> tender.amount().shop()).toList()),
                returned.repayment().orElseThrow().toGive(),
                !tenders.isEmpty() && FollowedChange.tookUnits(returned, then, now, ofOrder),
                !tenders.isEmpty() && FollowedChange.tookItsUnits(returned, then, now, ofOrder));
    }

    Money owed() {
        return Money.sum(
                total.currency(),
                toGive.stream().map(part -> part.amount().shop()).toList());
    }

    /** To the same payments as we would, by one transaction each: only so our books can tell of it. */
    boolean isWhatWeOwe() {
        List<Refund.ToTender> parts =
                toGive.stream().filter(part -> !part.amount().shop().isZero()).toList();
        return comesToWhatWeOwe()
                && parts.size() == tenders.size()
                && parts.stream()
                        .allMatch(part -> tenders.stream()
                                        .filter(tender -> gives(tender, part))
                                        .count()
                                == 1);
    }

    private static boolean gives(Tender tender, Refund.ToTender part) {
        return part.goesWhere(tender)
                && tender.amount().shop().equals(part.amount().shop());
    }

    private boolean comesToWhatWeOwe() {
        return !tenders.isEmpty() && total.equals(owed());
    }

    boolean isMadeOfThese() {
        return comesToWhatWeOwe() || tookTheUnits;
    }

    /** What was given in place of the refund: the very amount, or another for its units and no others. Empty: it may as well be for something else. */
    Optional<Refund> inPlaceOf(Refund ours) {
        return comesToWhatWeOwe() || tookJustTheUnits ? ReturnReckoning.asGiven(ours, tenders) : Optional.empty();
    }

    /** The same for the same refunds. */
    String name() {
        return tenders.stream().map(Tender::id).sorted().collect(Collectors.joining("+"));
    }

    Return.Issued asIssued(Instant now) {
        Map<String, String> transactions = new HashMap<>();
        tenders.forEach(tender -> transactions.put(tender.parent().orElse(Refund.STORE_CREDIT), tender.id()));
        return new Return.Issued(name(), transactions, false, now);
    }
}
