package io.throughline.activities.returns;

import io.throughline.activities.call.Steps;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderIntake;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.Returns;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is taken in exchange for a return, once its credit is known: what that does not pay is asked for, the new order is handed over like a
 * REST client's, and its end settles how much of the credit it took. Whatever is missing by then, the exchange is given up, and the credit
 * goes back as money.
 */
public final class ExchangeDesk {
    private static final String CLIENT = "throughline/exchange";

    private final Exchanges exchanges;
    private final Returns returns;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final OrderIntake intake;
    private final Baskets baskets;
    private final PersonalDataStore people;
    private final ReturnPolicies policies;
    private final Clock clock;

    public ExchangeDesk(
            Exchanges exchanges,
            Returns returns,
            Orders orders,
            FulfillmentOrders work,
            OrderIntake intake,
            Baskets baskets,
            PersonalDataStore people,
            ReturnPolicies policies,
            Clock clock) {
        this.exchanges = exchanges;
        this.returns = returns;
        this.orders = orders;
        this.work = work;
        this.intake = intake;
        this.baskets = baskets;
        this.people = people;
        this.policies = policies;
        this.clock = clock;
    }

    Optional<Exchange> find(ReturnId id) {
        return exchanges.find(id);
    }

    /** Nobody has to decide about a payment that has come, or for which it is too late. */
    boolean answersItself(ReturnId id) {
        Exchange exchange = exchanges.find(id).orElseThrow();
        return exchange.status() != Exchange.Status.AWAITS_PAYMENT
                || !exchange.owed(credit(id)).isPositive()
                || isTooLate(exchange);
    }

    /** {@code givenElsewhere} tells whether somebody has given the money of a return back: it does not pay for anything any more. */
    Steps.Taken goOn(ReturnId id, Predicate<ReturnId> givenElsewhere) {
        Exchange exchange = exchanges.find(id).orElseThrow();
        return switch (exchange.status()) {
            case KEPT, AWAITS_PAYMENT -> offer(exchange, givenElsewhere);
            case ORDERED -> follow(exchange, exchange.placed().orElseThrow());
            case EXCHANGED, GIVEN_UP -> done("it is settled");
        };
    }

    /** Nothing happens to one that is ordered or has ended. */
    void giveUp(ReturnId id, String why) {
        exchanges
                .find(id)
                .filter(open -> open.isOpen() && open.placed().isEmpty())
                .ifPresent(open -> exchanges.giveUp(id, why));
    }

    private Steps.Taken offer(Exchange exchange, Predicate<ReturnId> givenElsewhere) {
        ReturnId id = exchange.id();
        if (!isKept(exchange)) {
            return givenUp(id, "its goods are not kept any more");
        }
        if (givenElsewhere.test(id)) {
            return givenUp(id, "somebody has given the money back at the channel");
        }
        Money credit = credit(id);
        Money owed = exchange.owed(credit);
        if (!owed.isPositive()) {
            exchanges.place(id, exchange.taken(credit));
            return goOn(id, givenElsewhere);
        }
        if (exchange.asked().isEmpty()) {
            exchanges.ask(id, owed, clock.instant().plus(payWithin(id)));
            return done("it is to be paid for");
        }
        if (isTooLate(exchange)) {
            return givenUp(id, "what was to be paid for it has not come in time");
        }
        return exchange.owesMoreThanExpected(credit)
                ? new Steps.Taken(Reply.refused(
                        FailureCode.EXCHANGE_OWED,
                        id + " is worth " + credit + ", not " + exchange.expectedCredit() + ": " + owed
                                + " are owed for what is taken in exchange"))
                : new Steps.Taken(Reply.done("it waits for " + owed), StepResult.waiting());
    }

    private Steps.Taken givenUp(ReturnId id, String why) {
        exchanges.giveUp(id, why);
        return done("it is given up: " + why);
    }

    private boolean isTooLate(Exchange exchange) {
        Instant now = clock.instant();
        return exchange.asked().filter(asked -> !now.isBefore(asked.until())).isPresent();
    }

    private boolean isKept(Exchange exchange) {
        return baskets.find(exchange.basket())
                .filter(basket -> basket.state() == Basket.State.HELD)
                .filter(basket -> basket.expiresAt().isAfter(clock.instant()))
                .isPresent();
    }

    /** It is handed over again as long as nothing is known of it: the same key makes no second one. */
    private Steps.Taken follow(Exchange exchange, Exchange.Placed placed) {
        Optional<OrderStatus> status = orders.view(placed.order()).map(OrderView::status);
        if (status.isEmpty()) {
            handOver(exchange, placed);
        }
        return switch (status.orElse(OrderStatus.RECEIVED)) {
            case COMPLETED -> {
                exchanges.settle(exchange.id(), taken(placed));
                yield done("the new order is done");
            }
            case CANCELLED, REJECTED -> {
                exchanges.giveUp(exchange.id(), "order " + placed.order() + " was cancelled");
                yield done("the new order was cancelled");
            }
            case RECEIVED, VALIDATED, APPROVED, IN_FULFILLMENT ->
                new Steps.Taken(Reply.done("the new order is under way"), StepResult.waiting());
        };
    }

    /** What came short of it, or was called off, pays for nothing. */
    private Money taken(Exchange.Placed placed) {
        return Exchange.takenBy(orders.find(placed.order()).orElseThrow(), work.ofOrder(placed.order()));
    }

    private void handOver(Exchange exchange, Exchange.Placed placed) {
        ReturnId id = exchange.id();
        Order sold = orders.find(id.order()).orElseThrow();
        OrderIntake.Outcome outcome = intake.submit(
                CLIENT,
                id.value(),
                Sha256.hex(id.value()),
                exchange.order(sold, placed.credit(), placed.at()),
                people.find(sold.customer()).orElseGet(PersonalData::none),
                Optional.of(exchange.basket()));
        if (outcome instanceof OrderIntake.Outcome.KeyReused || outcome instanceof OrderIntake.Outcome.OrderExists) {
            throw new IllegalStateException("another order has the name of that of " + id);
        }
    }

    private Money credit(ReturnId id) {
        return found(id).repayment().orElseThrow().refund().total().shop();
    }

    private Duration payWithin(ReturnId id) {
        String version = found(id).policyVersion();
        return policies.named(version)
                .orElseThrow(() -> new IllegalStateException("no policy " + version + " is kept"))
                .exchange()
                .payWithin();
    }

    private Return found(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    private static Steps.Taken done(String why) {
        return new Steps.Taken(Reply.done(why));
    }
}
