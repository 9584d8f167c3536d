package io.throughline.domain.returns;

import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Tender;
import io.throughline.domain.order.UnitsTakenOff;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a REST client, who has taken the money of an order of its own, was asked to give back of it. {@code reference} is ours and unique. From then on the order reads
 * as any channel's does: these units are off it, and the refunds are among its tenders, on their way until somebody tells what became of them.
 */
public record ClientRefund(String reference, List<LineQuantity> units, List<Part> parts, Instant askedAt) {
    public ClientRefund {
        units = List.copyOf(units);
        parts = List.copyOf(parts);
    }

    /** What was heard of a part. */
    public enum Standing {
        ASKED,
        GIVEN,
        FAILED;

        Tender.Status status() {
            return switch (this) {
                case ASKED -> Tender.Status.PENDING;
                case GIVEN -> Tender.Status.SUCCESS;
                case FAILED -> Tender.Status.FAILURE;
            };
        }
    }

    /** What goes back of one payment, or as credit to none of them. */
    public record Part(Refund.ToTender to, Standing standing, Optional<Instant> toldAt) {
        public static Part asked(Refund.ToTender to) {
            return new Part(to, Standing.ASKED, Optional.empty());
        }

        public String payment() {
            return to.payment();
        }

        public MoneyBag amount() {
            return to.amount();
        }
    }

    /** What its client is asked for: what goes on to what a credit had been made of is asked of others. */
    public List<Part> ofClient() {
        return parts.stream().filter(part -> !PassedOn.isOfCredit(part.to())).toList();
    }

    /** By which the part of a payment is known among the tenders of the order. */
    public String transaction(String payment) {
        return reference + "/" + payment;
    }

    /** The return that it is given for: a refund that is given again has a number behind its name. */
    public ReturnId by() {
        int again = reference.indexOf('/');
        return new ReturnId(again < 0 ? reference : reference.substring(0, again));
    }

    /**
     * The same with what goes back to a credit as that stands: as all does that goes to the payments which it was made of. {@code passedOn} is all that its return gives so,
     * {@code told} what the channel of an order tells of its money.
     */
    public ClientRefund asItStands(List<PassedOn> passedOn, Function<OrderId, List<Tender>> told) {
        return new ClientRefund(
                reference,
                units,
                parts.stream()
                        .map(part -> PassedOn.isOfCredit(part.to()) ? ofCredit(part, passedOn, told) : part)
                        .toList(),
                askedAt);
    }

    private Part ofCredit(Part part, List<PassedOn> passedOn, Function<OrderId, List<Tender>> told) {
        List<PassedOn> asked =
                passedOn.stream().filter(one -> !one.goesFurther()).toList();
        if (asked.stream().anyMatch(one -> one.failed() && one.reference().equals(reference))) {
            return new Part(part.to(), Standing.FAILED, Optional.empty());
        }
        List<Optional<Tender>> through = asked.stream()
                .filter(one -> !one.failed() && !one.isNotSent())
                .map(one -> told.apply(OrderId.of(one.order())).stream()
                        .filter(tender -> tender.isRefund()
                                && one.transaction().filter(tender.id()::equals).isPresent())
                        .findFirst())
                .toList();
        return through.stream().allMatch(Optional::isPresent)
                ? new Part(
                        part.to(),
                        Standing.GIVEN,
                        through.stream()
                                .map(tender -> tender.orElseThrow().at())
                                .max(Instant::compareTo))
                : part;
    }

    /** The order as it was handed over, and what is to be given back of it since. */
    public static Order told(Order order, List<ClientRefund> refunds) {
        if (refunds.isEmpty()) {
            return order;
        }
        return UnitsTakenOff.of(
                order,
                refunds.stream().flatMap(refund -> refund.units().stream()).toList(),
                refunds.stream().flatMap(ClientRefund::changes),
                refunds.stream().flatMap(ClientRefund::tenders).toList());
    }

    private Stream<Instant> changes() {
        return Stream.concat(Stream.of(askedAt), parts.stream().flatMap(part -> part.toldAt().stream()));
    }

    private Stream<Tender> tenders() {
        return parts.stream()
                .map(part -> new Tender(
                        transaction(part.payment()),
                        Tender.Kind.REFUND,
                        part.standing().status(),
                        part.to().gateway(),
                        part.amount(),
                        part.to().isStoreCredit() ? Optional.empty() : Optional.of(part.payment()),
                        false,
                        part.toldAt().orElse(askedAt)));
    }
}
