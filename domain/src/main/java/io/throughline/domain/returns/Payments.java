package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.ArrayList;
import java.util.List;

/**
 * The payments of an order, each with what was given back of it. A refund that is not known to have failed counts, for it may arrive. One
 * that names none of the payments is taken off those of its gateway first, then off the others, in their order.
 */
final class Payments {
    private final List<Payment> payments;

    private Payments(List<Payment> payments) {
        this.payments = new ArrayList<>(payments);
    }

    static List<Payment> of(Order order) {
        MoneyBag nothing = new MoneyBag(
                Money.zero(order.currency()),
                Money.zero(order.total().presentment().currency()));
        Payments payments = new Payments(order.tenders().stream()
                .filter(Tender::isPayment)
                .map(tender -> new Payment(tender, nothing))
                .toList());
        List<Tender> refunds =
                order.tenders().stream().filter(Tender::mayGiveBack).toList();
        List<Tender> strays =
                refunds.stream().filter(refund -> !payments.takeOff(refund)).toList();
        strays.forEach(payments::spread);
        return List.copyOf(payments.payments);
    }

    /** The same payments with so much less left of them, by what goes back to none of them. It is not more than is left of all. */
    static List<Payment> lessCredit(List<Payment> before, Money credit) {
        Payments payments = new Payments(before);
        payments.spread("", credit);
        return List.copyOf(payments.payments);
    }

    /** What a credit is in both currencies: it has the rates of the payments that it is taken off. */
    static MoneyBag ofCredit(List<Payment> before, Money credit) {
        List<Payment> after = lessCredit(before, credit);
        MoneyBag sum = after.getFirst().givenBack().minus(before.getFirst().givenBack());
        for (int i = 1; i < before.size(); i++) {
            sum = sum.plus(after.get(i).givenBack().minus(before.get(i).givenBack()));
        }
        return sum;
    }

    private boolean takeOff(Tender refund) {
        for (int i = 0; i < payments.size(); i++) {
            if (refund.refunds(payments.get(i).tender())) {
                payments.set(i, payments.get(i).givingBack(refund.amount()));
                return true;
            }
        }
        return false;
    }

    private void spread(Tender refund) {
        spread(refund.gateway(), refund.amount().shop());
    }

    private void spread(String gateway, Money amount) {
        Money rest = amount;
        for (boolean ofGateway : List.of(true, false)) {
            for (int i = 0; i < payments.size(); i++) {
                Payment payment = payments.get(i);
                if (payment.gateway().equals(gateway) == ofGateway) {
                    Money part = rest.min(payment.left());
                    payments.set(i, payment.givingBack(payment.inBoth(part)));
                    rest = rest.minus(part);
                }
            }
        }
    }
}
