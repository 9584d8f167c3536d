package io.throughline.api.routing;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.money.Money;
import io.throughline.domain.routing.trial.TrialFigures;
import io.throughline.domain.routing.trial.TrialReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What would have become of recorded orders by two policies. */
@Schema(name = "RoutingTrial", description = "What would have become of recorded orders by two policies, side by side")
public record RoutingTrialView(
        Instant from,
        Instant until,

        @Schema(description = "false: there are more orders than were tried")
        boolean whole,

        Figures active,
        Figures candidate,

        @Schema(description = "Orders that others would do, or in other parts")
        int moved,

        @Schema(description = "Some of them") List<Move> moves) {

    /** What a policy makes of the orders. */
    @Schema(name = "RoutingFigures", description = "What a policy makes of the orders")
    public record Figures(
            @Schema(example = "routing-2") String policy,
            int orders,

            @Schema(description = "Orders for which somebody was found")
            int placed,

            long units,
            long placedUnits,
            @Schema(description = "Percent of the units") double fillRate,
            int parcels,

            @Schema(description = "Orders that several facilities do")
            int splitOrders,

            @Schema(description = "From a facility to a customer, where both are known")
            Optional<Double> kilometresPerParcel,

            @Schema(description = "Of all parcels, by the shipping table of the candidate, or of the active policy")
            Optional<String> cost,

            Optional<String> currency,

            @Schema(description = "Percent of the placed orders that leave in time, by hours and cut-offs")
            double promiseKept,

            @Schema(description = "Orders for which nobody was found, by what their rule then wants")
            List<LeftOver> left,

            @Schema(description = "What each facility is given")
            List<Load> loads) {
        static Figures of(String policy, TrialFigures figures) {
            return new Figures(
                    policy,
                    figures.orders(),
                    figures.placed(),
                    figures.units(),
                    figures.placedUnits(),
                    tenths(figures.fillRate()),
                    figures.parcels(),
                    figures.splitOrders(),
                    figures.kilometres().map(Figures::tenths),
                    figures.cost().map(Money::toDecimal).map(amount -> amount.toPlainString()),
                    figures.cost().map(cost -> cost.currency().code()),
                    tenths(figures.promiseKept()),
                    figures.left().entrySet().stream()
                            .map(left -> new LeftOver(left.getKey().name(), left.getValue()))
                            .sorted(Comparator.comparing(LeftOver::otherwise))
                            .toList(),
                    figures.loads().entrySet().stream()
                            .map(load -> new Load(
                                    load.getKey().value(),
                                    load.getValue().pieces(),
                                    load.getValue().units()))
                            .sorted(Comparator.comparingInt(Load::pieces)
                                    .reversed()
                                    .thenComparing(Load::facility))
                            .toList());
        }

        private static double tenths(double figure) {
            return Math.round(figure * 10) / 10.0;
        }
    }

    @Schema(name = "RoutingLeftOver")
    public record LeftOver(
            @Schema(description = "WAIT, BACKORDER, CANCEL or CASE", example = "CASE")
            String otherwise,

            int orders) {}

    @Schema(name = "RoutingLoad")
    public record Load(
            String facility,
            @Schema(description = "Pieces of work") int pieces,
            long units) {}

    @Schema(name = "RoutingMove")
    public record Move(
            String order,

            @Schema(description = "Who does it by the active policy, or what becomes of it", example = "WH-EAST (2)")
            String from,

            @Schema(example = "ST-HARBOR (2)") String to,
            String why) {}

    public static RoutingTrialView of(TrialReport report) {
        return new RoutingTrialView(
                report.window().from(),
                report.window().until(),
                report.whole(),
                Figures.of(report.active(), report.before()),
                Figures.of(report.candidate(), report.after()),
                report.moved(),
                report.moves().stream()
                        .map(move -> new Move(move.order().value(), move.from(), move.to(), move.why()))
                        .toList());
    }
}
