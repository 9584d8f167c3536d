package io.throughline.domain.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Tender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what cancelling an order would undo: all that was done, as long as nothing has left, and somebody gives it back. Once goods have
 * left, nothing is undone by itself, and a person is asked. No fee is charged for a cancellation.
 */
public final class CancellationPlanner {
    private final Set<AccountId> askable;

    /** {@code askable} are the channels that cancel, and give money back, when they are asked. */
    public CancellationPlanner(Set<AccountId> askable) {
        this.askable = Set.copyOf(askable);
    }

    public ChangePlan plan(CancellationFacts facts) {
        List<PlannedStep> steps = new ArrayList<>();
        if (facts.view().fulfillmentOrders().stream()
                .anyMatch(work -> work.status().handedOver())) {
            keepWhatHasLeft(facts.view(), steps);
            rest(facts, steps);
        } else if (isKept(facts)) {
            goesOn(facts.view(), steps);
        } else {
            stock(facts, steps);
            facts.view().fulfillmentOrders().forEach(work -> work(work, steps));
            books(facts, steps);
            facts.order().ifPresent(order -> channel(order, steps));
        }
        return new ChangePlan(facts.view().id(), Optional.empty(), steps);
    }

    private static void keepWhatHasLeft(OrderView view, List<PlannedStep> steps) {
        view.fulfillmentOrders().stream()
                .filter(work -> work.status().handedOver())
                .forEach(work -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.KEEP,
                        work.id().value(),
                        units(work),
                        goods(work) + " of " + work.id() + " have left " + work.facility()
                                + ": they come back as a return")));
        steps.add(PlannedStep.of(
                PlannedStep.Kind.ASK,
                view.id().value(),
                "nothing of it is undone by itself, and work that is given out goes on: somebody settles it by a case"
                        + " CHANGED_AFTER_SHIPMENT"));
    }

    /** Whoever has the work, which is all that is wanted, was asked for it before, and does not give it back. */
    private static boolean isKept(CancellationFacts facts) {
        List<FulfillmentOrder> open = facts.view().openWork();
        return !open.isEmpty()
                && open.stream().allMatch(FulfillmentOrder::kept)
                && facts.order().filter(facts.view()::isWhollyOpen).isPresent();
    }

    private static void goesOn(OrderView view, List<PlannedStep> steps) {
        view.fulfillmentOrders().stream()
                .filter(FulfillmentOrder::kept)
                .forEach(work -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.KEEP,
                        work.id().value(),
                        units(work),
                        goods(work) + " of " + work.id() + " stay with " + work.facility()
                                + ", which has refused to give them back: the cancellation is declined, unless the"
                                + " channel has cancelled the order")));
    }

    /** What was to follow in parts of its own. */
    private static void rest(CancellationFacts facts, List<PlannedStep> steps) {
        if (facts.reservations().stream().anyMatch(row -> row.state().equals("BACKORDERED"))) {
            sums(facts.reservations(), Set.of("BACKORDERED"))
                    .forEach((place, units) -> steps.add(PlannedStep.units(
                            PlannedStep.Kind.STOP_WAITING,
                            place,
                            units,
                            units + " × " + place + " wait no more: they are to be taken off the order where it was"
                                    + " placed")));
            sums(facts.reservations(), Set.of("HELD"))
                    .forEach((place, units) -> steps.add(PlannedStep.units(
                            PlannedStep.Kind.RELEASE, place, units, units + " × " + place + " are free again")));
        }
    }

    private static void stock(CancellationFacts facts, List<PlannedStep> steps) {
        sums(facts.reservations(), Set.of("HELD", "CONFIRMED"))
                .forEach((place, units) -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.RELEASE, place, units, units + " × " + place + " are free again")));
        sums(facts.reservations(), Set.of("IN_TRANSIT"))
                .forEach((place, units) -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.RELEASE,
                        place,
                        units,
                        units + " × " + place + " go on their way there, and are free once they arrive")));
        sums(facts.reservations(), Set.of("BACKORDERED"))
                .forEach((place, units) -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.STOP_WAITING, place, units, units + " × " + place + " wait no more")));
    }

    private static Map<String, Integer> sums(List<Reserved> reservations, Set<String> states) {
        Map<String, Integer> sums = new TreeMap<>();
        reservations.stream()
                .filter(row -> states.contains(row.state()))
                .forEach(row -> sums.merge(row.sku() + " at " + row.facility(), row.quantity(), Integer::sum));
        return sums;
    }

    private static void work(FulfillmentOrder work, List<PlannedStep> steps) {
        if (work.status().terminal()) {
            return;
        }
        boolean told = work.status() != FulfillmentStatus.ALLOCATED && !work.onlyPlanned();
        steps.add(PlannedStep.units(
                told ? PlannedStep.Kind.RECALL : PlannedStep.Kind.DROP,
                work.id().value(),
                units(work),
                goods(work) + " of " + work.id()
                        + (told
                                ? " are asked back from " + work.facility() + ", which has them " + work.status()
                                : " are given to nobody: " + work.facility() + " was not told of them")));
    }

    private static int units(FulfillmentOrder work) {
        return work.lines().stream().mapToInt(LineQuantity::quantity).sum();
    }

    private static String goods(FulfillmentOrder work) {
        return String.join(
                ", ",
                work.lines().stream()
                        .map(line -> line.quantity() + " × " + line.sku())
                        .toList());
    }

    private static void books(CancellationFacts facts, List<PlannedStep> steps) {
        if (facts.announced()) {
            steps.add(PlannedStep.of(
                    PlannedStep.Kind.WITHDRAW, facts.view().id().value(), "the ERP's demand is withdrawn"));
        }
        facts.journals().stream()
                .filter(posting -> posting.journal().kind() == Journal.Kind.PAYMENT)
                .filter(posting -> posting.status() != PostingStatus.REVERSED)
                .forEach(posting -> steps.add(reversed(posting)));
    }

    private static PlannedStep reversed(Journals.Posting posting) {
        Journal journal = posting.journal();
        Money amount = Money.sum(
                journal.currency(),
                journal.lines().stream().map(JournalLine::debit).toList());
        return PlannedStep.money(
                PlannedStep.Kind.REVERSE,
                journal.reference(),
                amount,
                "journal " + journal.reference() + " over " + amount + " is reversed");
    }

    private void channel(Order order, List<PlannedStep> steps) {
        boolean asked = askable.contains(order.key().account());
        order.authorisations()
                .forEach(held -> steps.add(money(
                        PlannedStep.Kind.VOID,
                        held,
                        order.left(held).shop(),
                        asked ? "are let go" : "must be let go where they were authorised")));
        order.tenders().stream().filter(Tender::isPayment).forEach(paid -> {
            Money kept = kept(order, paid);
            if (kept.isPositive()) {
                steps.add(money(
                        PlannedStep.Kind.REFUND,
                        paid,
                        kept,
                        asked
                                ? "go back to how they were paid"
                                : "must be given back where they were paid; until then there is a case"
                                        + " REFUND_MISSING"));
            }
        });
        if (asked && order.cancelledAt().isEmpty()) {
            steps.add(PlannedStep.of(
                    PlannedStep.Kind.END_AT_CHANNEL,
                    order.key().toString(),
                    order.name() + " is cancelled at " + order.key().account()));
        }
        steps.add(PlannedStep.of(PlannedStep.Kind.TELL, "customer", "the customer is told: cancelled"));
        steps.add(PlannedStep.of(PlannedStep.Kind.TELL, "subscribers", "subscribers are told: order.cancelled"));
    }

    private static PlannedStep money(PlannedStep.Kind kind, Tender tender, Money amount, String what) {
        return PlannedStep.money(
                kind, tender.id(), amount, amount + " of " + tender.gateway() + " (" + tender.id() + ") " + what);
    }

    private static Money kept(Order order, Tender payment) {
        return payment.amount()
                .shop()
                .minus(Money.sum(
                        order.currency(),
                        order.tenders().stream()
                                .filter(tender -> tender.isRefund() && tender.refunds(payment))
                                .map(refund -> refund.amount().shop())
                                .toList()));
    }
}
