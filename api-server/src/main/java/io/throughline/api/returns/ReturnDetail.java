package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.JournalView;
import io.throughline.domain.finance.GoodsCosts;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.SendBackReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One return, its goods, its money, and its documents in the ERP. */
@Schema(name = "Return")
public record ReturnDetail(
        ReturnSummary summary,

        @Schema(description = "The store that the goods are carried into; absent when they come by mail, or not at all")
        Optional<String> store,

        @Schema(description = "The carrier's number of a parcel that was refused or lost")
        Optional<String> parcel,

        @Schema(description = "Where the photos of a claim are kept")
        List<String> photos,

        @Schema(description = "How much of the price a claim gives back; absent: all of it")
        Optional<Integer> claimPercent,

        @Schema(description = "To what its money goes") RefundTo refundTo,

        String policyVersion,
        boolean refundBeforeGoods,
        String askedBy,
        List<Line> lines,

        @Schema(description = "What has come that nobody had authorised")
        List<Unexpected> unexpected,

        @Schema(description = "What of that nobody has decided about yet")
        List<Unexpected> unexpectedToDecide,

        @Schema(description = "Those for which a label of ours is bought")
        List<Parcel> parcels,

        Optional<Refusal> refusal,
        @Schema(description = "Once it is calculated") Optional<Repayment> repayment,

        @Schema(description = "What of money that was given first is not covered by what has come")
        Optional<AdvanceOwed> advanceOwed,

        @Schema(description = "What is taken in place of the money")
        Optional<ExchangeView> exchange,

        List<JournalView> journals,

        @Schema(description = "What its goods had cost that came back into stock; shown to FINANCE")
        List<ReversedCost> costs) {

    /** Units of an order line that come back for one reason. */
    @Schema(name = "ReturnedLine")
    public record Line(
            String lineId,
            String sku,
            ReturnReason reason,
            Optional<String> claimedGrade,
            int authorised,
            int received,

            @Schema(description = "Authorised, and not waited for any more")
            int missing,

            List<Inspected> inspections) {
        static Line of(Return.Line line, Map<Long, List<String>> photos) {
            return new Line(
                    line.lineId(),
                    line.sku().value(),
                    line.reason(),
                    line.claimed().map(ConditionGrade::name),
                    line.authorised(),
                    line.received(),
                    line.missing(),
                    line.inspections().stream()
                            .map(found -> Inspected.of(found, photos.getOrDefault(found.number(), List.of())))
                            .toList());
        }
    }

    @Schema(name = "ReturnInspection")
    public record Inspected(
            @Schema(description = "Its number, by which it is told of when somebody looks again")
            long number,

            String facility,
            int quantity,
            String grade,
            Disposition disposition,
            Instant at,

            @Schema(description = "The stock has heard of it")
            boolean booked,

            @Schema(description = "Why they go back to the customer")
            Optional<SendBackReason> reason,

            @Schema(description = "Where the photos of what was found are kept")
            List<String> photos) {
        static Inspected of(Return.Inspection found, List<String> photos) {
            return new Inspected(
                    found.number(),
                    found.facility().value(),
                    found.quantity(),
                    found.grade().name(),
                    found.disposition(),
                    found.at(),
                    found.booked(),
                    found.back().map(Return.SentBack::reason),
                    photos);
        }
    }

    /** In which its customer sends the goods, or in which what was not taken goes back to them. */
    @Schema(name = "ReturnParcel")
    public record Parcel(
            @Schema(description = "Our name of it, which its carrier knows", example = "O-7K2M9Q4XTA-R1-P1")
            String id,

            ReturnParcel.Direction direction,

            @Schema(description = "Where it comes to, or leaves from", example = "WH-EAST")
            String facility,

            @Schema(description = "UNLABELLED: whoever sends it labels it by themselves")
            ParcelStatus status,

            Optional<String> carrier,
            Optional<String> trackingNumber,

            @Schema(description = "The address of what is to be printed")
            Optional<String> label,

            @Schema(description = "Since when it stands so") Instant at) {
        static Parcel of(ReturnParcel parcel) {
            return new Parcel(
                    parcel.id().value(),
                    parcel.direction(),
                    parcel.facility().value(),
                    parcel.status(),
                    parcel.tracking().map(Tracking::carrier),
                    parcel.tracking().map(Tracking::number),
                    parcel.label(),
                    parcel.at());
        }
    }

    @Schema(name = "UnexpectedGoods")
    public record Unexpected(String lineId, String sku, int quantity, String facility) {
        static Unexpected of(Return.Unexpected beyond) {
            return new Unexpected(
                    beyond.lineId(),
                    beyond.sku().value(),
                    beyond.quantity(),
                    beyond.facility().value());
        }
    }

    @Schema(name = "ReturnRefusal")
    public record Refusal(
            Instant at,
            String by,
            @Schema(description = "Shown to SUPPORT") Optional<String> reason) {}

    /** {@code reference} is the channel's name of the refund. */
    @Schema(name = "Repayment")
    public record Repayment(
            RefundView refund,
            boolean needsSecondPerson,
            Optional<String> approvedBy,

            @Schema(description = "The channel's name of the refund")
            Optional<String> reference,

            @Schema(description = "Somebody has made it at the channel")
            Optional<Boolean> madeElsewhere,

            boolean confirmed) {
        static Repayment of(Return.Repayment repayment) {
            return new Repayment(
                    RefundView.of(repayment.refund()),
                    repayment.needsSecondPerson(),
                    repayment.approvedBy(),
                    repayment.issued().map(Return.Issued::reference),
                    repayment.issued().map(issued -> !issued.ours()),
                    repayment.confirmed());
        }
    }

    @Schema(name = "AdvanceOwed")
    public record AdvanceOwed(
            @Schema(example = "20.00") String amount,
            @Schema(example = "USD") String currency,

            @Schema(description = "Absent: nobody has decided yet, and it is owed")
            Optional<ReturnDebts.Outcome> outcome) {
        static AdvanceOwed of(ReturnDebts.Debt debt) {
            return new AdvanceOwed(
                    debt.amount().toDecimal().toPlainString(),
                    debt.amount().currency().code(),
                    debt.outcome());
        }
    }

    @Schema(
            name = "ReversedCost",
            description = "The cost of units, turned back at what it was taken at when they left")
    public record ReversedCost(
            String lineId,
            String sku,
            int units,

            @Schema(description = "Absent where no ERP had told a cost when they left")
            Optional<String> unitCost,

            Optional<String> currency,

            @Schema(description = "The facility that had handed them over")
            String left,

            String facility,
            Instant at) {
        static ReversedCost of(GoodsCosts.Reversal reversal) {
            return new ReversedCost(
                    reversal.lineId(),
                    reversal.sku().value(),
                    reversal.units(),
                    reversal.cost().map(cost -> cost.amount().toPlainString()),
                    reversal.cost().map(cost -> cost.currency().code()),
                    reversal.left().value(),
                    reversal.facility().value(),
                    reversal.at());
        }
    }

    static ReturnDetail of(
            Return returned,
            Optional<Exchange> exchange,
            List<JournalView> journals,
            List<GoodsCosts.Reversal> costs,
            Map<Long, List<String>> photos,
            List<Return.Unexpected> undecided,
            Optional<ReturnDebts.Debt> owed,
            boolean showWords) {
        return new ReturnDetail(
                ReturnSummary.of(returned),
                returned.to() instanceof ReturnedTo.InStore in
                        ? Optional.of(in.store().value())
                        : Optional.empty(),
                returned.cause().carriersNumber(),
                returned.cause() instanceof ReturnCause.Claim claim ? claim.photos() : List.of(),
                returned.cause() instanceof ReturnCause.Claim claim ? claim.percent() : Optional.empty(),
                returned.refundTo(),
                returned.policyVersion(),
                returned.refundFirst(),
                returned.askedBy(),
                returned.lines().stream().map(line -> Line.of(line, photos)).toList(),
                returned.unexpected().stream().map(Unexpected::of).toList(),
                undecided.stream().map(Unexpected::of).toList(),
                returned.parcels().stream().map(Parcel::of).toList(),
                returned.refused()
                        .map(refused -> new Refusal(
                                refused.at(), refused.by(), refused.reason().filter(words -> showWords))),
                returned.repayment().map(Repayment::of),
                owed.map(AdvanceOwed::of),
                exchange.map(taken -> ExchangeView.of(
                        taken,
                        returned.repayment().map(one -> one.refund().total().shop()))),
                journals,
                costs.stream().map(ReversedCost::of).toList());
    }
}
