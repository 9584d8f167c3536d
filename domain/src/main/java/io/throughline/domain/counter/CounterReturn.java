package io.throughline.domain.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was taken back over a store's counter, as it stands. The goods are there and looked at; what is left is the money: approved where it is much,
 * given back by the till's system or paid out at the counter. How far it is, is derived from what has happened and never set.
 */
public record CounterReturn(
        CounterReturnId id,
        Origin origin,
        FacilityId store,
        String policyVersion,
        RefundTo refundTo,
        String askedBy,
        Instant takenAt,
        List<Line> lines,
        Refund refund,
        boolean needsSecondPerson,
        Optional<String> approvedBy,
        Optional<Instant> approvedAt,
        Optional<Instant> refusedAt,
        List<Part> parts,
        Optional<Instant> closedAt) {
    public CounterReturn {
        lines = List.copyOf(lines);
        parts = List.copyOf(parts);
    }

    /** Units of one line of the sale, counted from 1, in one condition; {@link Origin#NO_LINE} where no sale is known. */
    public record Line(
            int number,
            int soldLine,
            Sku sku,
            String title,
            int quantity,
            ReturnReason reason,
            ConditionGrade grade,
            Disposition disposition,
            Optional<SerialNumber> serial) {}

    /**
     * What goes back to one tender of the sale, counted from 1, or becomes {@link Refund#STORE_CREDIT}. {@code gateway} is what the books know the money as.
     */
    public record Part(
            int number,
            String payment,
            String gateway,
            Money amount,
            Way way,
            Optional<Given> given,
            boolean confirmed) {
        public boolean isOpen(Way by) {
            return way == by && given.isEmpty();
        }

        boolean isOnItsWay() {
            return given.isPresent() && !confirmed;
        }
    }

    /** How it was given: the till system's name of its refund, or what the store says. Not {@code ours}: somebody has given it at the till. */
    public record Given(String reference, boolean ours, String by, Instant at) {}

    /** Who gives money back. */
    public enum Way {
        /** The till's system, or the channel that gives credit where no sale is known, when it is asked. */
        SYSTEM,
        /** People at the counter: coins, credit, or what was paid with and no system can be asked for. They report it. */
        COUNTER
    }

    /** How far it is. */
    public enum Stage {
        UNAPPROVED,
        /** The till's system is still to be asked. */
        TO_REFUND,
        /** The till's system has not said yet that it got through. */
        ON_ITS_WAY,
        /** Something is still to be paid out at the counter. */
        TO_PAY_OUT,
        SETTLED,
        /** The goods were handed back over the counter. */
        REFUSED
    }

    public Stage stage() {
        if (refusedAt.isPresent()) {
            return Stage.REFUSED;
        }
        if (!approved()) {
            return Stage.UNAPPROVED;
        }
        if (parts.stream().anyMatch(part -> part.isOpen(Way.SYSTEM))) {
            return Stage.TO_REFUND;
        }
        if (parts.stream().anyMatch(Part::isOnItsWay)) {
            return Stage.ON_ITS_WAY;
        }
        return parts.stream().anyMatch(part -> part.isOpen(Way.COUNTER)) ? Stage.TO_PAY_OUT : Stage.SETTLED;
    }

    /** How far it is for whoever has brought the goods, in the words that the other returns have for it. */
    public CustomerStatus customerStatus() {
        return switch (stage()) {
            case UNAPPROVED, TO_REFUND -> CustomerStatus.UNDER_REVIEW;
            case ON_ITS_WAY -> CustomerStatus.REFUND_ON_ITS_WAY;
            case TO_PAY_OUT -> CustomerStatus.HANDLED_IN_PERSON;
            case SETTLED -> refund.total().shop().isPositive() ? CustomerStatus.REFUNDED : CustomerStatus.NOTHING_DUE;
            case REFUSED -> CustomerStatus.REFUSED;
        };
    }

    /** What is still to be given so. */
    public Stream<Part> open(Way way) {
        return parts.stream().filter(part -> part.isOpen(way));
    }

    /** Empty: nobody knows what sale the goods are of. */
    public Optional<SaleName> sale() {
        return origin instanceof Origin.OfSale(SaleName sale) ? Optional.of(sale) : Optional.empty();
    }

    public Optional<Origin.Unreceipted> unreceipted() {
        return origin instanceof Origin.Unreceipted blind ? Optional.of(blind) : Optional.empty();
    }

    public boolean approved() {
        return !needsSecondPerson || approvedBy.isPresent();
    }

    /** Since when the money is owed: what waits for a second person is not owed before that has agreed. */
    public Instant owedSince() {
        return approvedAt.orElse(takenAt);
    }

    public boolean ended() {
        return closedAt.isPresent() || refusedAt.isPresent();
    }

    /** Under which name the till's system knows the refund of a part; each part has a key of its own. */
    public String reference(Part part) {
        return id + "/" + part.number();
    }
}
