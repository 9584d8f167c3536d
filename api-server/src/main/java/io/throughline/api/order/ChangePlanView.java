package io.throughline.api.order;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.PlannedStep;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import java.util.List;
import java.util.Optional;

/** What a change of an order would set off. */
@Schema(name = "ChangePlan", description = "What a change of an order would set off, as its facts stand just now")
public record ChangePlanView(
        @Schema(description = "By which the same request asks for exactly this; kept for a day")
        String plan,

        String orderId,

        @Schema(description = "true: nothing is undone by itself, since goods have left; somebody decides by a case")
        boolean asksFirst,

        @Schema(
                description = "true: the channel has told of a change that is not read yet, which may make another plan"
                        + " of it")
        boolean channelHasNews,

        @Schema(description = "Absent until the channel has been read")
        Optional<Totals> money,

        @Schema(description = "Reserved units that are free again")
        int unitsReleased,

        @Schema(description = "Pieces of work that facilities are asked to give back")
        int workRecalled,

        @Schema(description = "Payments in the books that are set off by their refunds")
        int journalsReversed,

        List<Step> steps) {
    static ChangePlanView of(ChangePlan plan, Optional<Order> order, boolean channelHasNews) {
        return new ChangePlanView(
                plan.token(),
                plan.order().value(),
                plan.asksFirst(),
                channelHasNews,
                order.map(Order::currency).map(currency -> Totals.of(plan, currency)),
                plan.units(PlannedStep.Kind.RELEASE),
                plan.count(PlannedStep.Kind.RECALL),
                plan.count(PlannedStep.Kind.REVERSE),
                plan.steps().stream().map(Step::of).toList());
    }

    /** What becomes of the customer's money. */
    @Schema(name = "ChangePlanMoney")
    public record Totals(
            @Schema(description = "The shop's currency") String currency,

            @Schema(description = "Authorised, and let go") String voided,

            @Schema(description = "Taken, and given back") String refunded,

            @Schema(description = "What the change costs the customer; no policy charges anything")
            String fee) {
        static Totals of(ChangePlan plan, CurrencyCode currency) {
            return new Totals(
                    currency.code(),
                    text(plan.amount(PlannedStep.Kind.VOID, currency)),
                    text(plan.amount(PlannedStep.Kind.REFUND, currency)),
                    text(Money.zero(currency)));
        }
    }

    /** One thing that happens. */
    @Schema(name = "PlannedStep")
    public record Step(
            PlannedStep.Kind kind,

            @Schema(
                    description =
                            "What it happens to: a SKU at a facility, work, a payment, a journal, whoever is told")
            String about,

            @Schema(example = "2 × TEE-BLACK-M at WH-EAST are free again")
            String detail,

            Optional<Integer> units,
            @Schema(description = "In the shop's currency") Optional<String> amount) {
        static Step of(PlannedStep step) {
            return new Step(
                    step.kind(),
                    step.about(),
                    step.words(),
                    step.units(),
                    step.amount().map(ChangePlanView::text));
        }
    }

    private static String text(Money money) {
        return money.toDecimal().toPlainString();
    }
}
