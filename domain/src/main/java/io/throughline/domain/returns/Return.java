package io.throughline.domain.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A return as it stands. Its goods are authorised, received, and inspected; its money is calculated, approved, issued by the channel and
 * confirmed. Neither waits for the other but where the money depends on the condition of the goods. How far both are is derived from
 * what has happened and never set.
 */
public record Return(
        ReturnId id,
        OrderKey order,
        int orderVersion,
        ReturnCause cause,
        ReturnedTo to,
        RefundTo refundTo,
        String policyVersion,
        boolean refundFirst,
        String askedBy,
        Instant authorisedAt,
        Instant dueAt,
        List<Line> lines,
        List<Unexpected> unexpected,
        Optional<Refused> refused,
        Optional<Repayment> repayment,
        Optional<Instant> moneyEndedAt,
        Optional<Instant> closedAt,
        List<ReturnParcel> parcels) {
    /** However late in its window a return is asked for, goods have so long to come. */
    private static final Duration LEAST_TIME = Duration.ofDays(14);

    public Return {
        lines = List.copyOf(lines);
        unexpected = List.copyOf(unexpected);
        parcels = List.copyOf(parcels);
    }

    /**
     * Units of one order line that come back for one reason. Those that are {@code missing} were authorised, and nobody waits for them any
     * more. {@code claimed} is the condition that the customer tells of.
     */
    public record Line(
            int number,
            String lineId,
            Sku sku,
            ReturnReason reason,
            Optional<ConditionGrade> claimed,
            int authorised,
            int received,
            int missing,
            List<Inspection> inspections) {
        public Line {
            inspections = List.copyOf(inspections);
        }

        int inspected() {
            return inspections.stream().mapToInt(Inspection::quantity).sum();
        }

        int toCome() {
            return authorised - received - missing;
        }

        int toInspect() {
            return received - inspected();
        }

        /** What was not taken: it is the customer's as it was before. */
        public int sentBack() {
            return inspections.stream()
                    .filter(found -> !found.disposition().taken())
                    .mapToInt(Inspection::quantity)
                    .sum();
        }
    }

    /**
     * What somebody has found of some units, and decided about them. {@code booked}: their stock has heard of it. {@code back}: they are not taken.
     * {@code stockedAs}: they were at first, and their stock has them so until it hears that they go back.
     */
    public record Inspection(
            long number,
            FacilityId facility,
            int quantity,
            ConditionGrade grade,
            Disposition disposition,
            Instant at,
            boolean booked,
            Optional<SentBack> back,
            Optional<Disposition> stockedAs) {
        /** Of units that were never in stock, or still are. */
        public Inspection(
                long number,
                FacilityId facility,
                int quantity,
                ConditionGrade grade,
                Disposition disposition,
                Instant at,
                boolean booked,
                Optional<SentBack> back) {
            this(number, facility, quantity, grade, disposition, at, booked, back, Optional.empty());
        }

        /** Of units that are taken. */
        public Inspection(
                long number,
                FacilityId facility,
                int quantity,
                ConditionGrade grade,
                Disposition disposition,
                Instant at,
                boolean booked) {
            this(number, facility, quantity, grade, disposition, at, booked, Optional.empty());
        }
    }

    /** Why units go back to the customer, and in which parcel. */
    public record SentBack(SendBackReason reason, ReturnParcelId parcel) {}

    /** Units that came although nobody had authorised them. They lie there until a person decides. */
    public record Unexpected(String lineId, Sku sku, int quantity, FacilityId facility) {}

    /** {@code reason} is empty where its words were erased. */
    public record Refused(Instant at, String by, Optional<String> reason) {}

    /**
     * The money of a return, which is calculated once. {@code issued}: by the refund that counts, which is none after one that failed.
     * {@code exchanged}: so much of a part, by its payment, has paid a new order in place of being given back; {@code passedOn}: so much of that goes back after all,
     * because what was taken for it has come back.
     */
    public record Repayment(
            Refund refund,
            boolean needsSecondPerson,
            Optional<String> approvedBy,
            Optional<Issued> issued,
            boolean confirmed,
            Earlier earlier,
            Map<String, MoneyBag> exchanged,
            List<PassedOn> passedOn) {
        public Repayment {
            exchanged = Map.copyOf(exchanged);
            passedOn = List.copyOf(passedOn);
        }

        /** Of which nothing that was exchanged goes back. */
        public Repayment(
                Refund refund,
                boolean needsSecondPerson,
                Optional<String> approvedBy,
                Optional<Issued> issued,
                boolean confirmed,
                Earlier earlier,
                Map<String, MoneyBag> exchanged) {
            this(refund, needsSecondPerson, approvedBy, issued, confirmed, earlier, exchanged, List.of());
        }

        /** Of which nothing was exchanged. */
        public Repayment(
                Refund refund,
                boolean needsSecondPerson,
                Optional<String> approvedBy,
                Optional<Issued> issued,
                boolean confirmed,
                Earlier earlier) {
            this(refund, needsSecondPerson, approvedBy, issued, confirmed, earlier, Map.of());
        }

        /** What the channel has still to be asked for: the parts of which nothing got through before. */
        public List<Refund.ToTender> toGive() {
            return afterExchange(refund.tenders().stream()
                    .filter(part -> !earlier.through().containsKey(part.payment()))
                    .toList());
        }

        private List<Refund.ToTender> afterExchange(List<Refund.ToTender> parts) {
            return parts.stream().flatMap(part -> left(part).stream()).toList();
        }

        /** What of a part is money. */
        private Optional<Refund.ToTender> left(Refund.ToTender part) {
            if (!exchanged.containsKey(part.payment())) {
                return Optional.of(part);
            }
            MoneyBag rest = part.amount().minus(exchanged.getOrDefault(part.payment(), part.amount()));
            return Optional.of(new Refund.ToTender(part.payment(), part.gateway(), rest))
                    .filter(money -> money.amount().shop().isPositive());
        }

        /** The refund as it is divided: each part that is money, and what has paid a new order. */
        public List<Refund.ToTender> parts() {
            return Stream.concat(afterExchange(refund.tenders()).stream(), exchangedPart().stream())
                    .toList();
        }

        /** What the customer gets back as money. */
        public MoneyBag inMoney() {
            return exchanged.values().stream().reduce(refund.total(), MoneyBag::minus);
        }

        /** What has paid a new order, as one part that goes back to no payment; empty: nothing. */
        public Optional<Refund.ToTender> exchangedPart() {
            return exchanged.values().stream()
                    .reduce(MoneyBag::plus)
                    .map(sum -> new Refund.ToTender(Exchange.GATEWAY, Exchange.GATEWAY, sum));
        }

        /** What of a part that was exchanged goes back after all, or has. */
        public MoneyBag passedOn(String payment) {
            Money nothing = Money.zero(refund.currency());
            return passedOn.stream()
                    .filter(part -> !part.failed() && part.part().payment().equals(payment))
                    .map(part -> part.part().amount())
                    .reduce(new MoneyBag(nothing, Money.zero(refund.presentmentCurrency())), MoneyBag::plus);
        }

        /** Whether another return is giving back what this one's credit has paid, which may show itself before it is known. */
        boolean isPassingOn() {
            return passedOn.stream().anyMatch(PassedOn::isUnderWay);
        }

        /** The transactions that give back, or have, by the payment that each gives back of. */
        public Map<String, String> transactions() {
            Map<String, String> all = new HashMap<>(earlier.through());
            issued.ifPresent(one -> all.putAll(one.transactions()));
            return all;
        }

        /** Those that failed are the return's, too. */
        public Set<String> everyTransaction() {
            Set<String> all = new HashSet<>(earlier.failed());
            all.addAll(transactions().values());
            return all;
        }

        /** It has no transaction, as where the goods were worth nothing: of such a refund the channel tells nothing more. */
        public boolean gaveNothing() {
            return confirmed && everyTransaction().isEmpty();
        }

        /** What was given back by the channel, once it is confirmed; a part that failed for good is somebody's to give otherwise. */
        public List<Refund.ToTender> given() {
            return afterExchange(
                    earlier.failed().isEmpty()
                            ? refund.tenders()
                            : refund.tenders().stream()
                                    .filter(part -> transactions().containsKey(part.payment()))
                                    .toList());
        }

        /**
         * What the books are told to be paid out of the credit note: what was given, and what has paid a new order. What goes back to a credit, of which {@code passing} is
         * all, is paid to what that was made of: the clearing account of exchanges is even since the credit has paid.
         */
        public List<Refund.ToTender> booked(List<PassedOn> passing) {
            return Stream.of(
                            given().stream().filter(part -> !PassedOn.isOfCredit(part)),
                            passing.stream().filter(PassedOn::isPaid).map(PassedOn::booked),
                            exchangedPart().stream())
                    .flatMap(parts -> parts)
                    .toList();
        }
    }

    /**
     * What came of the refunds before the one that counts, each of which has failed, at least in part: how many they were, what got through, by
     * payment, and the transactions that did not.
     */
    public record Earlier(int refunds, Map<String, String> through, Set<String> failed) {
        private static final Earlier NONE = new Earlier(0, Map.of(), Set.of());

        public Earlier {
            through = Map.copyOf(through);
            failed = Set.copyOf(failed);
        }

        public static Earlier none() {
            return NONE;
        }
    }

    /**
     * How the money went back: the channel's own name of the refund and of its transactions, by the payment that each gives back of. Not
     * {@code ours}: somebody has made it at the channel, and it was found there.
     */
    public record Issued(String reference, Map<String, String> transactions, boolean ours, Instant at) {
        public Issued {
            transactions = Map.copyOf(transactions);
        }
    }

    /** The order as it was told when this was authorised; {@code versions}: all of them, the newest first. */
    public Order versionThen(List<Order> versions) {
        return versions.get(Math.max(0, versions.size() - orderVersion));
    }

    /** Until when the goods of a return are waited for. */
    static Instant dueAt(List<Verdict> verdicts, Instant authorisedAt) {
        Instant least = authorisedAt.plus(LEAST_TIME);
        return verdicts.stream()
                .flatMap(verdict ->
                        verdict instanceof Verdict.Allowed allowed ? Stream.of(allowed.until()) : Stream.of())
                .reduce(least, (one, other) -> one.isAfter(other) ? one : other);
    }

    public GoodsStatus goods() {
        if (refused.isPresent()) {
            return GoodsStatus.REFUSED;
        }
        if (to instanceof ReturnedTo.Never) {
            return GoodsStatus.NOT_TO_COME;
        }
        if (lines.stream().anyMatch(line -> line.toCome() > 0)) {
            return hasReceived()
                    ? GoodsStatus.PARTLY_RECEIVED
                    : fromCustomer().map(ReturnParcel::goods).orElse(GoodsStatus.AUTHORISED);
        }
        return lines.stream().anyMatch(line -> line.toInspect() > 0) ? GoodsStatus.RECEIVED : GoodsStatus.INSPECTED;
    }

    boolean hasReceived() {
        return lines.stream().anyMatch(line -> line.received() > 0);
    }

    /** The parcel in which its customer sends the goods with a label of ours, if it is to be so. */
    public Optional<ReturnParcel> fromCustomer() {
        return parcels.stream().filter(ReturnParcel::isFromCustomer).findFirst();
    }

    /** Until when the goods, or what of them has not come, are waited for. What was once scanned is not asked after as if it had never been sent. */
    public Instant waitedForUntil() {
        return hasReceived()
                ? dueAt
                : fromCustomer().map(parcel -> parcel.waitedForUntil(dueAt)).orElse(dueAt);
    }

    /** Whether its customer can still use a label: nothing has come yet, and what is to come is waited for. */
    public boolean needsLabel() {
        return switch (goods()) {
            case AUTHORISED, IN_TRANSIT, DELIVERED -> true;
            case PARTLY_RECEIVED, RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> false;
        };
    }

    /** What is to be done next about its parcels. */
    public Optional<ParcelTask> parcelTask() {
        return ParcelTask.of(this);
    }

    /** The parcels in which what was not taken goes back. */
    public Stream<ReturnParcel> toSendBack() {
        return parcels.stream().filter(parcel -> !parcel.isFromCustomer());
    }

    public MoneyStatus money() {
        if (moneyEndedAt.isPresent() || refused.isPresent()) {
            return MoneyStatus.ENDED;
        }
        return repayment
                .map(Return::moneyOf)
                .orElse(
                        goods() == GoodsStatus.INSPECTED || (refundFirst && !awaitsLabel())
                                ? MoneyStatus.UNCALCULATED
                                : MoneyStatus.AWAITS_GOODS);
    }

    /** What is kept for a label is known once it is known whether there is one. */
    private boolean awaitsLabel() {
        return needsLabel()
                && fromCustomer().filter(ReturnParcel::isToBeLabelled).isPresent();
    }

    private static MoneyStatus moneyOf(Repayment repayment) {
        if (repayment.needsSecondPerson() && repayment.approvedBy().isEmpty()) {
            return MoneyStatus.UNAPPROVED;
        }
        if (repayment.issued().isEmpty()) {
            return MoneyStatus.APPROVED;
        }
        return repayment.confirmed() ? MoneyStatus.CONFIRMED : MoneyStatus.ISSUED;
    }

    public boolean ended() {
        return closedAt.isPresent() || refused.isPresent();
    }

    /** Until somebody has looked at the goods, or it is settled what is paid; where that needs a second person, until they have agreed. */
    public boolean mayBeRefused() {
        return !ended() && (money() == MoneyStatus.UNAPPROVED || (repayment.isEmpty() && !hasInspected()));
    }

    /** Whether somebody has said of any units what they are. */
    public boolean hasInspected() {
        return lines.stream().anyMatch(line -> !line.inspections().isEmpty());
    }

    /** Whether somebody may look again at what was found: what is to be paid depends on it, and waits for a second person. */
    public boolean mayBeRegraded() {
        return money() == MoneyStatus.UNAPPROVED && !refundFirst && hasInspected();
    }

    /** What was inspected and its stock has not heard of. */
    public List<Inspection> toBook() {
        return lines.stream()
                .flatMap(line -> line.inspections().stream())
                .filter(inspection -> !inspection.booked())
                .toList();
    }

    /** What money is given for: the units as they were found, or as they were told of where it is given before they come. */
    public ReturnRequest toRefund() {
        List<ReturnRequest.Line> units = new ArrayList<>();
        for (Line line : lines) {
            if (refundFirst) {
                units.add(new ReturnRequest.Line(line.lineId(), line.authorised(), line.reason(), line.claimed()));
            } else {
                line.inspections().stream()
                        .filter(found -> found.disposition().taken())
                        .map(found -> new ReturnRequest.Line(
                                line.lineId(), found.quantity(), line.reason(), Optional.of(found.grade())))
                        .forEach(units::add);
            }
        }
        return new ReturnRequest(id.order(), cause, came(), refundTo, units);
    }

    /** Who has sent it with a label of their own has paid for that, and not for one of ours. */
    private ReturnedTo came() {
        boolean ownLabel =
                fromCustomer().filter(parcel -> parcel.tracking().isEmpty()).isPresent();
        return ownLabel && to instanceof ReturnedTo.ByMail ? new ReturnedTo.ByMail(false) : to;
    }

    /** Where the goods are, or shall be; empty when nobody knows. */
    public Optional<FacilityId> facility() {
        return lines.stream()
                .flatMap(line -> line.inspections().stream())
                .map(Inspection::facility)
                .findFirst()
                .or(() -> to instanceof ReturnedTo.InStore store ? Optional.of(store.store()) : Optional.empty());
    }
}
