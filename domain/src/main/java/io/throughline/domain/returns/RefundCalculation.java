package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.RefundEntry.Charge;
import io.throughline.domain.returns.RefundEntry.Deduction;
import io.throughline.domain.returns.RefundEntry.Goods;
import io.throughline.domain.returns.RefundEntry.Goodwill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is given back for a return, to the minor unit. Everything that was paid, each tax by itself, is shared among the units that it was
 * paid for, such that returns that follow each other give back exactly all of it, in whatever parts. What a policy keeps is a step of its
 * own. Never more than is left of what was captured.
 */
final class RefundCalculation {
    private static final int WHOLE = 100;

    private final Purchase purchase;
    private final ReturnPolicy policy;

    RefundCalculation(Purchase purchase, ReturnPolicy policy) {
        this.purchase = purchase;
        this.policy = policy;
    }

    /** {@code request} has only what {@link Eligibility} allows. */
    Refund of(ReturnRequest request) {
        List<RefundEntry> entries = new ArrayList<>();
        ReturnedUnits before = ReturnedUnits.before(purchase);
        ReturnedUnits after = before;
        for (ReturnRequest.Line line : request.lines()) {
            addGoods(entries, line, after.of(line.lineId()), part(request.cause()));
            after = after.plus(line);
        }
        addGoodwill(entries, request.cause());
        if (part(request.cause()).isEmpty()) {
            addCharges(entries, before, after, policy.shipping(request.cause()));
        }
        addLabelFee(entries, request);
        addWayBack(entries, request.cause());
        addLimit(entries);
        List<Refund.ToTender> tenders =
                request.refundTo() == RefundTo.STORE_CREDIT ? storeCredit(entries) : tenders(entries);
        return new Refund(purchase.currency(), purchase.presentmentCurrency(), entries, tenders);
    }

    /** How much of the price of goods is given that stay; empty: they are paid as they come back, or not at all. */
    private static Optional<Integer> part(ReturnCause cause) {
        return cause instanceof ReturnCause.Claim claim ? claim.percent() : Optional.empty();
    }

    private void addGoods(List<RefundEntry> entries, ReturnRequest.Line line, int from, Optional<Integer> ofPrice) {
        OrderLine sold = purchase.line(line.lineId()).orElseThrow().sold();
        Priced paid = addPaid(entries, sold, from, line.quantity());
        if (ofPrice.isPresent()) {
            addKept(
                    entries,
                    line,
                    paid,
                    ofPrice.get(),
                    "claims.percent",
                    "the goods stay: " + ofPrice.get() + " % of the price are paid");
        } else if (!policy.ourFault().contains(line.reason())) {
            Priced worth = addCondition(entries, line, paid);
            addRestockingFee(entries, sold, withTaxes(worth));
        }
    }

    private Priced addPaid(List<RefundEntry> entries, OrderLine sold, int from, int quantity) {
        UnaryOperator<Money> units = amount -> amount.share(from, from + quantity, sold.quantity());
        Priced paid = new Priced(sold.total(), sold.taxes()).part(units);
        Money discount = units.apply(sold.discount());
        entries.add(new Goods(
                sold.id(),
                sold.sku(),
                sold.title(),
                quantity,
                paid.price().plus(discount),
                discount,
                withTaxes(paid),
                paid.taxes()));
        return paid;
    }

    /**
     * What somebody has given back at the channel, as steps: for these units, which the purchase has as returned already, and where it is just that, for the
     * delivery. What else it was for nobody tells.
     */
    Refund given(Map<String, Integer> units, List<Refund.ToTender> tenders) {
        List<RefundEntry> entries = new ArrayList<>();
        units.forEach((lineId, quantity) -> {
            Purchase.Line bought = purchase.line(lineId).orElseThrow();
            addPaid(entries, bought.sold(), Math.max(0, bought.returned() - quantity), quantity);
        });
        Money given = Money.sum(
                currency(), tenders.stream().map(to -> to.amount().shop()).toList());
        addDelivery(entries, given.minus(Refund.sum(currency(), entries)));
        addRest(entries, given.minus(Refund.sum(currency(), entries)));
        return new Refund(purchase.currency(), purchase.presentmentCurrency(), entries, tenders);
    }

    private void addDelivery(List<RefundEntry> entries, Money rest) {
        List<RefundEntry> delivery = new ArrayList<>();
        for (ShippingLine shipping : purchase.shipping()) {
            addCharge(delivery, Charge.Kind.SHIPPING, shipping.title(), new Priced(shipping.total(), shipping.taxes()));
        }
        if (Refund.sum(currency(), delivery).equals(rest)) {
            entries.addAll(delivery);
        }
    }

    /** More than these steps come to was given for peace; less, somebody has kept. */
    static void addRest(List<RefundEntry> entries, Money rest) {
        if (rest.isPositive()) {
            entries.add(new Goodwill(ReturnReason.OTHER, rest));
        } else if (rest.isNegative()) {
            entries.add(limit("somebody has given less back at the channel", rest));
        }
    }

    /** Gives what the goods are worth in their condition. */
    private Priced addCondition(List<RefundEntry> entries, ReturnRequest.Line line, Priced paid) {
        int percent = policy.grades().percent(line.grade()).orElse(WHOLE);
        if (percent < WHOLE) {
            ConditionGrade grade = line.grade().orElse(policy.grades().assumed());
            addKept(
                    entries,
                    line,
                    paid,
                    percent,
                    "grades." + grade,
                    "in the condition " + grade + " " + percent + " % are paid");
        }
        return paid.part(amount -> amount.share(0, percent, WHOLE));
    }

    /** What is not paid of a price, and of each of its taxes. */
    private void addKept(
            List<RefundEntry> entries, ReturnRequest.Line line, Priced paid, int percent, String rule, String words) {
        Priced kept = paid.part(amount -> amount.share(percent, WHOLE, WHOLE).negated());
        entries.add(new Deduction(
                Deduction.Cause.CONDITION, Optional.of(line.lineId()), rule, words, withTaxes(kept), kept.taxes()));
    }

    private void addRestockingFee(List<RefundEntry> entries, OrderLine sold, Money worth) {
        policy.restockingFee(purchase.channel(), sold.sku())
                .ifPresent(fee -> addFee(
                        entries,
                        Deduction.Cause.RESTOCKING_FEE,
                        Optional.of(sold.id()),
                        "restocking." + fee.name(),
                        "for restocking, " + fee.percent() + " % of " + worth,
                        worth.share(0, fee.percent(), WHOLE)));
    }

    /** In another currency than the order's it is nothing: {@link Objections} says so. */
    private void addGoodwill(List<RefundEntry> entries, ReturnCause cause) {
        if (cause instanceof ReturnCause.Appeasement appeasement
                && appeasement.amount().currency().equals(currency())) {
            entries.add(new Goodwill(appeasement.reason(), appeasement.amount()));
        }
    }

    private void addCharges(List<RefundEntry> entries, ReturnedUnits before, ReturnedUnits after, ChargeRule delivery) {
        ReturnPolicy.Charges rules = policy.charges();
        for (ShippingLine shipping : purchase.shipping()) {
            Priced whole = new Priced(shipping.total(), shipping.taxes());
            addCharge(entries, Charge.Kind.SHIPPING, shipping.title(), whole.part(after.dueSince(before, delivery)));
        }
        addUntaxed(entries, Charge.Kind.DUTIES, "duties", purchase.duties(), after.dueSince(before, rules.duties()));
        addUntaxed(entries, Charge.Kind.TIP, "the tip", purchase.tip(), after.dueSince(before, rules.tip()));
        addUntaxed(
                entries,
                Charge.Kind.ROUNDING,
                "rounding",
                purchase.rounding(),
                after.dueSince(before, ChargeRule.WITH_THE_LAST));
    }

    private void addUntaxed(
            List<RefundEntry> entries, Charge.Kind kind, String title, Money whole, UnaryOperator<Money> due) {
        addCharge(entries, kind, title, new Priced(whole, List.of()).part(due));
    }

    private void addCharge(List<RefundEntry> entries, Charge.Kind kind, String title, Priced part) {
        Money amount = withTaxes(part);
        if (!amount.isZero() || !part.taxes().isEmpty()) {
            entries.add(new Charge(kind, title, amount, part.taxes()));
        }
    }

    /** Who returns for a fault of ours, if only of one thing, does not pay for the label. */
    private void addLabelFee(List<RefundEntry> entries, ReturnRequest request) {
        boolean ourFault =
                request.lines().stream().map(ReturnRequest.Line::reason).anyMatch(policy.ourFault()::contains);
        if (!ourFault && policy.keepsLabelFee(purchase.channel(), request.to())) {
            Optional.ofNullable(policy.labelFee().get(currency()))
                    .ifPresent(fee -> addFee(
                            entries, Deduction.Cause.LABEL_FEE, Optional.empty(), "labelFee", "for the label", fee));
        }
    }

    private void addWayBack(List<RefundEntry> entries, ReturnCause cause) {
        if (cause instanceof ReturnCause.ParcelRefused) {
            Optional.ofNullable(policy.parcels().wayBackFee().get(currency()))
                    .ifPresent(fee -> addFee(
                            entries,
                            Deduction.Cause.LABEL_FEE,
                            Optional.empty(),
                            "parcels.wayBackFee",
                            "for the way back of the parcel",
                            fee));
        }
    }

    /** Nobody owes a fee for giving something back: it is at most what would be paid. */
    private void addFee(
            List<RefundEntry> entries,
            Deduction.Cause cause,
            Optional<String> lineId,
            String rule,
            String words,
            Money fee) {
        Money most = fee.min(Refund.sum(currency(), entries));
        if (most.isPositive()) {
            entries.add(new Deduction(cause, lineId, rule, words, most.negated(), List.of()));
        }
    }

    /** What the steps come to is paid if it is neither more than what is left nor less than nothing. */
    private void addLimit(List<RefundEntry> entries) {
        Money sum = Refund.sum(currency(), entries);
        Money left = purchase.left();
        if (sum.compareTo(left) > 0) {
            keepBeyond(entries, left, sum.minus(left));
        } else if (sum.isNegative()) {
            entries.add(limit("nobody owes for giving something back", sum.negated()));
        }
    }

    private void keepBeyond(List<RefundEntry> entries, Money left, Money beyond) {
        Money given = beyond.min(purchase.goodwill());
        if (given.isPositive()) {
            entries.add(new Deduction(
                    Deduction.Cause.GOODWILL,
                    Optional.empty(),
                    "appeasements",
                    "given before, because something went wrong",
                    given.negated(),
                    List.of()));
        }
        Money rest = beyond.minus(given);
        if (rest.isPositive()) {
            entries.add(limit("no more than " + left + " is left of what was captured", rest.negated()));
        }
    }

    private static Deduction limit(String words, Money amount) {
        return new Deduction(Deduction.Cause.LIMIT, Optional.empty(), "order", words, amount, List.of());
    }

    /** Credit is no coins: nothing is rounded. */
    private List<Refund.ToTender> storeCredit(List<RefundEntry> entries) {
        Money sum = Refund.sum(currency(), entries);
        return sum.isPositive()
                ? List.of(new Refund.ToTender(
                        Refund.STORE_CREDIT,
                        policy.storeCredit().gateway(),
                        Payments.ofCredit(purchase.payments(), sum)))
                : List.of();
    }

    private List<Refund.ToTender> tenders(List<RefundEntry> entries) {
        List<Payment> payments = purchase.payments();
        List<Money> parts = policy.refundTo().divide(Refund.sum(currency(), entries), payments);
        List<Refund.ToTender> tenders = new ArrayList<>();
        for (int i = 0; i < payments.size(); i++) {
            Payment payment = payments.get(i);
            Money part = parts.get(i);
            Money paid = policy.coins().payable(part, payment);
            if (!paid.equals(part)) {
                entries.add(new Deduction(
                        Deduction.Cause.CASH_ROUNDING,
                        Optional.empty(),
                        "coins",
                        "cash is paid in coins: " + paid + " in place of " + part,
                        paid.minus(part),
                        List.of()));
            }
            if (paid.isPositive()) {
                tenders.add(new Refund.ToTender(payment.tender().id(), payment.gateway(), payment.inBoth(paid)));
            }
        }
        return tenders;
    }

    private Money withTaxes(Priced amount) {
        return purchase.taxesIncluded()
                ? amount.price()
                : amount.price()
                        .plus(Money.sum(
                                currency(),
                                amount.taxes().stream().map(TaxLine::amount).toList()));
    }

    private CurrencyCode currency() {
        return purchase.currency();
    }

    /** A price as the order tells prices, with or without the taxes in it. */
    private record Priced(Money price, List<TaxLine> taxes) {
        Priced part(UnaryOperator<Money> share) {
            return new Priced(
                    share.apply(price),
                    taxes.stream()
                            .map(tax -> new TaxLine(tax.title(), tax.rate(), share.apply(tax.amount())))
                            .filter(tax -> !tax.amount().isZero())
                            .toList());
        }
    }
}
