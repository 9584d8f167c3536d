package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An order's account in the ERP's books: what is settled against each other there, and whether it is what our journals say. */
final class Books {
    private final Effects effects;
    private final OutsideWorld world;
    private final ToldToErp told;
    private final Orders orders;
    private final Journals journals;

    Books(Effects effects, OutsideWorld world, ToldToErp told, Orders orders, Journals journals) {
        this.effects = effects;
        this.world = world;
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
        List<Posting> postings = journals.ofOrder(order.id());
        List<String> references =
                postings.stream().map(posting -> posting.journal().reference()).toList();
        // Nothing is looked for before: what is settled already is passed over there.
        Reply settled = effects.carryOut(
                Effects.Intent.of(company, order.id().value(), operation, ToldToErp.ONCE)
                        .asking("settle " + references)
                        .foundBy(Optional::empty)
                        .doneBy(key -> world.erp().settle(company, order.id(), references)),
                decision);
        if (settled instanceof Reply.Refused) {
            return settled;
        }
        if (world.accounts().get(company).mode() != EffectMode.LIVE) {
            return Reply.done("nothing was sent that the books could be compared with");
        }
        Reply compared = compare(
                Journal.net(postings.stream()
                        .flatMap(posting -> posting.journal().lines().stream())
                        .toList()),
                Journal.net(world.erp().books(company, order.id(), references)));
        if (compared instanceof Reply.Done) {
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

    /** The books are right when every account's net movement is what our journals say, to the minor unit. */
    private static Reply compare(Map<LedgerAccount, Money> expected, Map<LedgerAccount, Money> booked) {
        if (expected.equals(booked)) {
            return Reply.done("the books are equal");
        }
        String differences = Stream.concat(expected.keySet().stream(), booked.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .filter(account -> !amount(expected, account).equals(amount(booked, account)))
                .map(account ->
                        account + " expected " + amount(expected, account) + " booked " + amount(booked, account))
                .collect(Collectors.joining("; "));
        return Reply.refused(FailureCode.ERP_BOOKS_DIFFER, differences);
    }

    private static String amount(Map<LedgerAccount, Money> net, LedgerAccount account) {
        return Optional.ofNullable(net.get(account)).map(Money::toString).orElse("nothing");
    }
}
