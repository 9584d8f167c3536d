package io.throughline.domain.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Payment;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.sale.StoreSale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A till's sale, and what has come back of it: over a counter as we know it, or at a till by itself, which names SKUs and kinds of money only. {@code till}
 * is the sale by its till system's own name, if that system has told it.
 */
public record SaleHistory(
        StoreSale sale, Optional<OrderKey> till, List<CounterReturn> returns, List<StoreSale> takenBackAtTills) {
    public SaleHistory {
        returns = List.copyOf(returns);
        takenBackAtTills = List.copyOf(takenBackAtTills);
    }

    public SaleName name() {
        return new SaleName(sale.facility(), sale.id());
    }

    /** The sale as returns are reckoned from it; what was refused has not come back. */
    public Purchase purchase() {
        Map<String, Money> atTills = givenAtTills();
        Purchase purchase = new Purchase(
                name().asOrder(),
                Channel.POINT_OF_SALE,
                sale.soldAt(),
                sale.currency(),
                sale.currency(),
                sale.taxesIncluded(),
                lines(),
                charges(),
                sumOf(StoreSale.Charge.Kind.TIP),
                Money.zero(sale.currency()),
                sumOf(StoreSale.Charge.Kind.ROUNDING),
                payments(atTills));
        Money others = Money.sum(sale.currency(), List.copyOf(atTills.values())).plus(credit());
        return others.isPositive()
                ? purchase.withPending(
                        Map.of(), Map.of(Refund.STORE_CREDIT, MoneyBag.of(others)), Money.zero(sale.currency()))
                : purchase;
    }

    private Money credit() {
        return Money.sum(
                sale.currency(),
                standing()
                        .flatMap(one -> one.parts().stream())
                        .filter(part -> part.payment().equals(Refund.STORE_CREDIT))
                        .map(CounterReturn.Part::amount)
                        .toList());
    }

    private Stream<CounterReturn> standing() {
        return returns.stream().filter(one -> one.refusedAt().isEmpty());
    }

    /**
     * Whether as many units of each SKU of a counter's return are still with the customer, so that what a till takes back may be those and not these. {@code takenBack}
     * tells which of the tills' returns are known to be of others.
     */
    public boolean hasOthersLike(CounterReturn one, Predicate<StoreSale> takenBack) {
        Map<Sku, Integer> left = left(takenBack);
        Map<Sku, Integer> units = new HashMap<>();
        one.lines().forEach(line -> units.merge(line.sku(), line.quantity(), Integer::sum));
        return units.entrySet().stream().allMatch(like -> left.getOrDefault(like.getKey(), 0) >= like.getValue());
    }

    /** Whether anything is still with the customer, whatever it is: the same without a look at the goods, where only money is told. */
    public boolean hasOthers(Predicate<StoreSale> takenBack) {
        return left(takenBack).values().stream().anyMatch(units -> units > 0);
    }

    /** More came back, over counters and at tills, than was sold. */
    public boolean isOverdrawn() {
        return left(back -> true).values().stream().anyMatch(units -> units < 0);
    }

    private Map<Sku, Integer> left(Predicate<StoreSale> takenBack) {
        Map<Sku, Integer> left = new HashMap<>();
        sale.lines().stream()
                .filter(line -> line.quantity() > 0)
                .forEach(line -> left.merge(line.sku(), line.quantity(), Integer::sum));
        standing()
                .flatMap(one -> one.lines().stream())
                .forEach(line -> left.merge(line.sku(), -line.quantity(), Integer::sum));
        takenBackAtTills.stream()
                .filter(takenBack)
                .flatMap(back -> back.lines().stream())
                .filter(line -> line.quantity() < 0)
                .forEach(line -> left.merge(line.sku(), line.quantity(), Integer::sum));
        return left;
    }

    private List<Purchase.Line> lines() {
        Map<Integer, Integer> ours = new HashMap<>();
        standing()
                .flatMap(one -> one.lines().stream())
                .forEach(line -> ours.merge(line.soldLine(), line.quantity(), Integer::sum));
        Map<Sku, Integer> atTills = new HashMap<>();
        takenBack().forEach(line -> atTills.merge(line.sku(), -line.quantity(), Integer::sum));
        List<Purchase.Line> lines = new ArrayList<>();
        for (int i = 0; i < sale.lines().size(); i++) {
            StoreSale.Line line = sale.lines().get(i);
            if (line.quantity() > 0) {
                int known = Math.min(line.quantity(), ours.getOrDefault(i + 1, 0));
                int more = Math.min(line.quantity() - known, atTills.getOrDefault(line.sku(), 0));
                atTills.merge(line.sku(), -more, Integer::sum);
                lines.add(new Purchase.Line(
                        sold(i + 1, line), line.quantity(), known + more, Optional.of(sale.soldAt())));
            }
        }
        return lines;
    }

    private List<StoreSale.Line> takenBack() {
        return takenBackAtTills.stream()
                .flatMap(back -> back.lines().stream())
                .filter(line -> line.quantity() < 0)
                .toList();
    }

    private static OrderLine sold(int number, StoreSale.Line line) {
        return new OrderLine(
                Integer.toString(number),
                line.sku(),
                line.title(),
                line.quantity(),
                line.total(),
                line.discount(),
                line.taxes(),
                !line.giftCard(),
                line.giftCard());
    }

    private List<ShippingLine> charges() {
        List<ShippingLine> charges = new ArrayList<>();
        for (StoreSale.Charge charge : sale.charges()) {
            if (charge.kind() == StoreSale.Charge.Kind.SERVICE) {
                charges.add(new ShippingLine(
                        "charge-" + (charges.size() + 1), charge.title(), charge.total(), charge.taxes()));
            }
        }
        return charges;
    }

    private Money sumOf(StoreSale.Charge.Kind kind) {
        return Money.sum(
                sale.currency(),
                sale.charges().stream()
                        .filter(charge -> charge.kind() == kind)
                        .map(StoreSale.Charge::total)
                        .toList());
    }

    /** Takes off {@code atTills} what is found to have paid it. */
    private List<Payment> payments(Map<String, Money> atTills) {
        Map<String, Money> given = new HashMap<>();
        standing()
                .flatMap(one -> one.parts().stream())
                .forEach(part -> given.merge(part.payment(), part.amount(), Money::plus));
        List<Payment> payments = new ArrayList<>();
        for (int i = 0; i < sale.tenders().size(); i++) {
            StoreSale.Tender tender = sale.tenders().get(i);
            if (tender.amount().isPositive()) {
                String id = Integer.toString(i + 1);
                Money ours = given.getOrDefault(id, Money.zero(sale.currency()));
                Money left = tender.amount().minus(ours);
                Money more = left.isPositive()
                        ? left.min(atTills.getOrDefault(tender.kind(), Money.zero(sale.currency())))
                        : Money.zero(sale.currency());
                atTills.merge(tender.kind(), more.negated(), Money::plus);
                payments.add(new Payment(paid(id, tender), MoneyBag.of(ours.plus(more))));
            }
        }
        return payments;
    }

    /** By the kind of the money; what is of another kind than anything that paid is taken off whatever is left. */
    private Map<String, Money> givenAtTills() {
        Map<String, Money> given = new TreeMap<>();
        takenBackAtTills.stream()
                .flatMap(back -> back.tenders().stream())
                .filter(tender -> tender.amount().isNegative())
                .forEach(tender -> given.merge(tender.kind(), tender.amount().negated(), Money::plus));
        sale.tenders().stream()
                .filter(tender -> tender.amount().isNegative())
                .forEach(tender -> given.merge(tender.kind(), tender.amount().negated(), Money::plus));
        return given;
    }

    private Tender paid(String id, StoreSale.Tender tender) {
        return new Tender(
                id,
                Tender.Kind.SALE,
                Tender.Status.SUCCESS,
                tender.kind(),
                MoneyBag.of(tender.amount()),
                Optional.empty(),
                false,
                sale.soldAt());
    }
}
