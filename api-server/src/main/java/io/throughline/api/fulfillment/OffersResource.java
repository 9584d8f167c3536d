package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Keyed;
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.api.order.OrderReading;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.Reroutes.Answering;
import io.throughline.domain.order.OrderId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What customers are asked where something of their order can't be done as they wanted it, and what they answer. */
@Path("/v1/orders/{id}/offers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
public final class OffersResource {
    private final OrderReading reading;
    private final Reroutes reroutes;
    private final Facilities facilities;
    private final Clock clock;

    public OffersResource(OrderReading reading, Reroutes reroutes, Facilities facilities, Clock clock) {
        this.reading = reading;
        this.reroutes = reroutes;
        this.facilities = facilities;
        this.clock = clock;
    }

    @GET
    @Allow({Role.SUPPORT, Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "listOffers",
            summary = "What the customer was asked about an order, the oldest first",
            description = "An offer that is OPEN waits for an answer until answerBy; then its default counts.")
    public Offers list(@PathParam("id") String id) {
        OrderId order = reading.view(id).id();
        Instant now = clock.instant();
        return new Offers(reroutes.ofOrder(order).stream()
                .filter(one -> one.offer().isPresent())
                .map(one -> view(one, now))
                .toList());
    }

    @POST
    @Path("/{offer}/answers")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "answerOffer",
            summary = "What the customer has chosen",
            description =
                    "It counts when it is answered; the order goes on with it right after. The same answer with the"
                            + " same Idempotency-Key is answered in the same way. Of two answers at once one wins.")
    @Keyed(newForEach = "answer")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AnswerRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Taken, now or before",
            content = @Content(schema = @Schema(implementation = OfferView.class)))
    @ApiResponse(
            responseCode = "409",
            description = "It is answered already, its time is over, or it is not needed any more")
    public OfferView answer(
            @PathParam("id") String id,
            @PathParam("offer") String offer,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        OrderId order = reading.view(id).id();
        RerouteId reroute = RerouteId.parse(offer)
                .filter(named -> named.order().equals(order))
                .orElseThrow(() -> unknown(order, offer));
        IdempotencyKey key = IdempotencyKey.of(headers);
        AnswerRequest request = StrictJson.read(body, AnswerRequest.class);
        Instant now = clock.instant();
        Answering answering =
                reroutes.answer(reroute, request.answer(Caller.of(security).actor(), now), key.value());
        return switch (answering) {
            case Answering.Taken(Reroute answered) -> view(answered, now);
            case Answering.Unknown unknown -> throw unknown(order, offer);
            case Answering.Refused(String why, boolean unfit) ->
                throw unfit
                        ? new ProblemException(
                                ProblemType.INVALID_CONTENT,
                                "That can't be chosen.",
                                List.of(new FieldError("/choice", why)))
                        : new ProblemException(
                                ProblemType.CONFLICT,
                                "Offer " + reroute + ": " + why + ". GET /v1/orders/" + order
                                        + "/offers tells what counts.");
        };
    }

    private static ProblemException unknown(OrderId order, String offer) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "Order " + order + " has no offer '" + offer + "'. GET /v1/orders/" + order + "/offers lists them.");
    }

    private OfferView view(Reroute reroute, Instant now) {
        Offer offer = reroute.offer().orElseThrow();
        return new OfferView(
                reroute.id().value(),
                reroute.id().work().value(),
                status(reroute, now),
                reroute.lines().stream()
                        .map(line -> new LineView(line.lineId(), line.sku().value(), line.quantity()))
                        .toList(),
                offer.choices().stream().map(this::view).toList(),
                offer.byDefault(),
                offer.answerBy(),
                offer.answer().map(Offer.Answer::kind),
                offer.answer().flatMap(Offer.Answer::store).map(FacilityId::value));
    }

    private static OfferStatus status(Reroute reroute, Instant now) {
        if (reroute.offer().flatMap(Offer::answer).isPresent()) {
            return OfferStatus.ANSWERED;
        }
        return reroute.isWaitedFor(now) ? OfferStatus.OPEN : OfferStatus.OVER;
    }

    private ChoiceView view(Offer.Choice choice) {
        return new ChoiceView(
                choice.kind(),
                choice.stores().stream()
                        .map(store -> new StoreView(
                                store.value(), facilities.get(store).name()))
                        .toList());
    }

    /** All offers of an order. */
    public record Offers(List<OfferView> offers) {}

    /** What is asked about which lines. */
    @Schema(name = "Offer")
    public record OfferView(
            String id,
            String work,
            OfferStatus status,
            List<LineView> lines,
            List<ChoiceView> choices,
            OfferChoice byDefault,
            Instant answerBy,
            Optional<OfferChoice> answer,
            Optional<String> store) {}

    /** Units of an order line. */
    @Schema(name = "OfferedLine")
    public record LineView(String lineId, String sku, int quantity) {}

    /** One of the choices; stores are named for OTHER_STORE, the nearest first. */
    @Schema(name = "OfferedChoice")
    public record ChoiceView(OfferChoice choice, List<StoreView> stores) {}

    /** A store to choose. */
    @Schema(name = "OfferedStore")
    public record StoreView(String facility, String name) {}

    /** OVER: nobody has answered in time, or nobody has to any more. */
    public enum OfferStatus {
        OPEN,
        ANSWERED,
        OVER
    }

    /** What the customer has chosen. */
    @Schema(name = "OfferAnswerRequest")
    public record AnswerRequest(
            OfferChoice choice,

            @Schema(description = "Which of the stores, with OTHER_STORE")
            Optional<String> store) {
        Offer.Answer answer(String actor, Instant at) {
            return new Offer.Answer(choice, store.map(AnswerRequest::facility), actor, at);
        }

        private static FacilityId facility(String name) {
            try {
                return new FacilityId(name);
            } catch (IllegalArgumentException unfit) {
                throw new ProblemException(
                        ProblemType.INVALID_CONTENT,
                        "That is no store.",
                        List.of(new FieldError("/store", "one of the stores that are offered")));
            }
        }
    }
}
