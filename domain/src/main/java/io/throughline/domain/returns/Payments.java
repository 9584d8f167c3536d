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
        Money rest = refund.amount().shop();
        for (boolean ofGateway : List.of(true, false)) {
            for (int i = 0; i < payments.size(); i++) {
                Payment payment = payments.get(i);
                if (payment.gateway().equals(refund.gateway()) == ofGateway) {
                    Money part = rest.min(payment.left());
                    payments.set(i, payment.givingBack(payment.inBoth(part)));
                    rest = rest.minus(part);
                }
            }
        }
    }
}
