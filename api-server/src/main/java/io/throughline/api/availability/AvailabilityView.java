package io.throughline.api.availability;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.availability.Availability;
import io.throughline.domain.availability.Availability.AtFacility;
import io.throughline.domain.availability.Availability.InChannel;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Availability of one SKU as the API tells it. */
public record AvailabilityView(
        String sku,

        @Schema(description = "The instant of the reading") Instant asOf,

        @Schema(description = "The version of the stock policy in force")
        String policy,

        List<FacilityAvailability> facilities,
        List<ChannelAvailability> channels,

        @Schema(
                description =
                        "What is on order or on its way from another facility, the earliest first; told when asked for")
        Optional<List<IncomingUnits>> incoming) {
    static AvailabilityView of(Availability availability) {
        return new AvailabilityView(
                availability.sku().value(),
                availability.asOf(),
                availability.policy(),
                availability.facilities().stream().map(FacilityAvailability::of).toList(),
                availability.channels().stream().map(ChannelAvailability::of).toList(),
                Optional.empty());
    }

    AvailabilityView with(List<Expected> supplies) {
        return new AvailabilityView(
                sku,
                asOf,
                policy,
                facilities,
                channels,
                Optional.of(supplies.stream().map(IncomingUnits::of).toList()));
    }

    /** Units that a facility is still to get. Whoever waits may be promised of them until that instant. */
    public record IncomingUnits(
            String facility,
            int units,
            Instant expectedAt,

            @Schema(description = "The system that tells of them; throughline: a transfer that was asked for here")
            String toldBy) {
        static IncomingUnits of(Expected supply) {
            return new IncomingUnits(
                    supply.facility().value(),
                    supply.outstanding(),
                    supply.expectedAt(),
                    supply.source().system());
        }
    }

    /** What one facility has; a bundle has no quantities of its own. */
    public record FacilityAvailability(
            String facility,

            @Schema(description = "On hand, less what is reserved, held, damaged and kept as safety stock")
            int availableToPromise,

            @Schema(
                    description =
                            "The part of it that is offered elsewhere: less when the facility's system is silent, nothing"
                                    + " while it is paused")
            int offered,

            boolean ships,
            Optional<PickupPromise> pickup,
            Optional<StockQuantities> quantities,
            StockSourceView source,

            @Schema(description = "From the point that was asked for")
            Optional<Double> kilometres) {
        static FacilityAvailability of(AtFacility at) {
            return new FacilityAvailability(
                    at.facility().value(),
                    at.availableToPromise(),
                    at.offered(),
                    at.ships(),
                    at.pickup()
                            .map(pickup -> new PickupPromise(
                                    pickup.promisedAt(),
                                    pickup.promisedOn(),
                                    pickup.from().value())),
                    at.balance().map(StockQuantities::of),
                    new StockSourceView(
                            at.source().system(),
                            at.source().heardAt(),
                            at.source().lastWord().map(word -> new LastWord(word.source(), word.saidAt())),
                            at.source().state(),
                            at.source().trustPercent()),
                    at.kilometres());
        }
    }

    /** When the goods would lie ready, by the store's hours and cut-off, and which facility they would come from. */
    public record PickupPromise(
            Instant promisedAt,

            @Schema(description = "The day of promisedAt by the store's own clock")
            LocalDate promisedOn,

            String from) {}

    public record StockQuantities(
            int onHand,
            int reserved,
            int safetyStock,
            int held,
            int damaged,
            int inTransit,

            @Schema(description = "What was sold beyond the stock on hand")
            int shortfall) {
        static StockQuantities of(Balance balance) {
            return new StockQuantities(
                    balance.onHand(),
                    balance.reserved(),
                    balance.safetyStock(),
                    balance.held(),
                    balance.damaged(),
                    balance.inTransit(),
                    balance.shortfall());
        }
    }

    /** The system that moves the facility's stock. */
    public record StockSourceView(
            String system,

            @Schema(description = "To a few seconds; missing when it has told nothing yet")
            Optional<Instant> heardAt,

            @Schema(description = "What the facility itself said last; missing when it has never been listened to")
            Optional<LastWord> lastWord,

            @Schema(
                    description =
                            "PAUSED: people have said that the facility gets no work, so nothing of it is offered;"
                                    + " SILENT: the system was not heard of for longer than the policy trusts it; QUIET: the system"
                                    + " answers, but the facility was open for longer than that and said nothing;"
                                    + " UNHEARD: the system has told nothing yet")
            Availability.State state,

            int trustPercent) {}

    /** A sale, a change or count on the facility's shelf, or a report of its people. */
    public record LastWord(
            @Schema(description = "The system that told it; people: a count; store-app: a report of its people")
            String source,

            @Schema(description = "When it was heard, to a few seconds")
            Instant saidAt) {}

    public record ChannelAvailability(
            String channel,

            @Schema(description = "What the channel may offer online")
            int availableToPromise,

            int threshold,

            @Schema(description = "Demand that has no facility yet")
            int unroutedDemand,

            @Schema(description = "Of what can't be had now: what an order would wait for")
            Optional<LaterAvailability> later) {
        static ChannelAvailability of(InChannel in) {
            return new ChannelAvailability(
                    in.channel().value(),
                    in.availableToPromise(),
                    in.threshold(),
                    in.unroutedDemand(),
                    in.later().map(later -> new LaterAvailability(later.kind(), later.units(), later.promisedAt())));
        }
    }

    public record LaterAvailability(
            @Schema(
                    description =
                            "PREORDER: it may not leave before its release; BACKORDER: it is sold out, and on order")
            Availability.Later.Kind kind,

            int units,

            @Schema(description = "When the first of these units is expected to leave")
            Instant promisedAt) {}

    /** Several SKUs at once, in the order of the question. */
    public record AvailabilityList(
            List<AvailabilityView> items,

            @Schema(description = "SKUs that are not in the catalogue")
            List<String> unknown) {}
}
