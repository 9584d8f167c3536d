package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is exchanged for returns, in memory. */
public final class TestingExchanges implements Exchanges {
    private final Map<ReturnId, Exchange> exchanges = new HashMap<>();
    private final TestingReturns returns;
    private final Clock clock;

    public TestingExchanges(TestingReturns returns, Clock clock) {
        this.returns = returns;
        this.clock = clock;
    }

    public synchronized void begin(ReturnId id, ExchangeOffer offer, Money expectedCredit) {
        exchanges.put(
                id,
                new Exchange(
                        id,
                        offer.account(),
                        offer.wanted(),
                        offer.basket(),
                        expectedCredit,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    public synchronized void pay(ReturnId id, Exchange.Paid paid) {
        Exchange before = get(id);
        List<Exchange.Paid> payments = new ArrayList<>(before.payments());
        payments.add(paid);
        put(before, payments, before.asked(), before.placed(), before.ended());
    }

    public synchronized Exchange get(ReturnId id) {
        return find(id).orElseThrow();
    }

    @Override
    public synchronized Optional<Exchange> find(ReturnId id) {
        return Optional.ofNullable(exchanges.get(id));
    }

    @Override
    public synchronized void ask(ReturnId id, Money owed, Instant until) {
        Exchange before = get(id);
        if (before.status() == Exchange.Status.KEPT) {
            put(
                    before,
                    before.payments(),
                    Optional.of(new Exchange.Asked(owed, until)),
                    before.placed(),
                    before.ended());
        }
    }

    @Override
    public synchronized void place(ReturnId id, Money credit) {
        Exchange before = get(id);
        if (before.isOpen() && before.placed().isEmpty() && !before.owed(credit).isPositive()) {
            put(
                    before,
                    before.payments(),
                    before.asked(),
                    Optional.of(new Exchange.Placed(OrderId.of(before.orderKey()), credit, clock.instant())),
                    before.ended());
        }
    }

    @Override
    public synchronized void settle(ReturnId id, Money taken) {
        Exchange before = get(id);
        if (before.isOpen()) {
            returns.exchanged(
                    id,
                    ExchangedParts.of(returns.get(id).repayment().orElseThrow().refund(), taken));
            end(before, true, taken, "done");
        }
    }

    @Override
    public synchronized void giveUp(ReturnId id, String why) {
        Exchange before = get(id);
        if (before.isOpen()) {
            end(before, false, Money.zero(before.wanted().currency()), why);
        }
    }

    private void end(Exchange before, boolean exchanged, Money taken, String why) {
        put(
                before,
                before.payments(),
                before.asked(),
                before.placed(),
                Optional.of(new Exchange.Ended(exchanged, taken, why, clock.instant())));
    }

    private void put(
            Exchange before,
            List<Exchange.Paid> payments,
            Optional<Exchange.Asked> asked,
            Optional<Exchange.Placed> placed,
            Optional<Exchange.Ended> ended) {
        exchanges.put(
                before.id(),
                new Exchange(
                        before.id(),
                        before.account(),
                        before.wanted(),
                        before.basket(),
                        before.expectedCredit(),
                        payments,
                        asked,
                        placed,
                        ended));
    }
}
