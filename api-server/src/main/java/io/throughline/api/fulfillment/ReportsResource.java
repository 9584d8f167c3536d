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
import io.throughline.api.fulfillment.ReportRequests.ArrivalRequest;
import io.throughline.api.fulfillment.ReportRequests.HandoverRequest;
import io.throughline.api.fulfillment.ReportRequests.PackingRequest;
import io.throughline.api.fulfillment.ReportRequests.RejectionRequest;
import io.throughline.api.fulfillment.ReportRequests.ShortageRequest;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports;
import io.throughline.domain.fulfillment.StoreReports.Answer;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.WhoCollects;
import io.throughline.domain.routing.WorkDeadlines;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What a store reports of its work. Each report is a fact when it is answered, whether or not the process that goes on from it can be
 * reached just now; the same again is answered in the same way.
 */
@Path("/v1/fulfillment-orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fulfillment")
@ApiResponse(
        responseCode = "200",
        description = ReportsResource.TAKEN,
        content = @Content(schema = @Schema(implementation = ReportsResource.ReportTaken.class)))
@ApiResponse(responseCode = "409", description = ReportsResource.FORBIDDEN_NOW)
public final class ReportsResource {
    static final String TAKEN = "Taken, now or before";
    static final String FORBIDDEN_NOW = "The work's status does not allow it, or its order is being cancelled";

    private final Facilities facilities;
    private final Orders orders;
    private final StoreReports reports;
    private final Policies policies;
    private final WorkDeadlines deadlines;
    private final Clock clock;

    public ReportsResource(
            Facilities facilities,
            Orders orders,
            StoreReports reports,
            Policies policies,
            WorkDeadlines deadlines,
            Clock clock) {
        this.facilities = facilities;
        this.orders = orders;
        this.reports = reports;
        this.policies = policies;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    @POST
    @Path("/acknowledgement")
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "acknowledgeWork", summary = "The store has seen the work and will do it")
    public ReportTaken acknowledge(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return take(id, new StoreReport.Acknowledged(), security);
    }

    @POST
    @Path("/pick")
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "startPick", summary = "Somebody is fetching the goods")
    public ReportTaken pick(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return take(id, new StoreReport.PickStarted(), security);
    }

    @POST
    @Path("/shortage")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "reportShortage",
            summary = "Less was found than was asked for",
            description =
                    "What was found stays with the store. The rest becomes work of its own for another facility; the"
                            + " stock is corrected by the reason. The answer names it.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ShortageRequest.class)))
    public ReportTaken shortage(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return take(id, StrictJson.read(body, ShortageRequest.class).report(), security);
    }

    @POST
    @Path("/rejection")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "rejectWork",
            summary = "The store does not do the work, or not all of it",
            description = "What is rejected goes to another facility, and never to this one again.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RejectionRequest.class)))
    public ReportTaken reject(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return take(id, StrictJson.read(body, RejectionRequest.class).report(), security);
    }

    @POST
    @Path("/packing")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "packWork",
            summary = "The goods are packed",
            description =
                    "The channel is told of the first parcel, the customer of all; each is found by its number. Where labels"
                            + " are bought for the store, a parcel without a number gets one: GET …/parcels shows it.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PackingRequest.class)))
    public ReportTaken pack(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return take(id, StrictJson.read(body, PackingRequest.class).report(), security);
    }

    @POST
    @Path("/ready")
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "reportReady", summary = "The goods lie ready for the customer, who is told so")
    public ReportTaken ready(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return take(id, new StoreReport.Ready(), security);
    }

    @POST
    @Path("/handover")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "handOverWork",
            summary = "The goods have left: to the carrier what is packed, to the customer what lies ready",
            description =
                    "Where the order's policy asks for it, the customer has shown the pickup code, or a document. What is"
                            + " packed needs its labels first. What is collected may be handed over in part.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = HandoverRequest.class)))
    public ReportTaken handOver(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return take(id, StrictJson.read(body, HandoverRequest.class).report(), security);
    }

    @POST
    @Path("/arrival")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "reportArrival",
            summary = "The customer has come to collect",
            description = "The work list of the store shows it first.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ArrivalRequest.class)))
    public ReportTaken arrive(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return take(id, StrictJson.read(body, ArrivalRequest.class).report(), security);
    }

    private ReportTaken take(String name, StoreReport report, SecurityContext security) {
        Caller caller = Caller.of(security);
        FulfillmentOrderId id = Parameters.name(name, FulfillmentOrderId::new).orElseThrow(ReportsResource::unknown);
        OrderView order = orders.view(id.order()).orElseThrow(ReportsResource::unknown);
        FulfillmentOrder work = order.fulfillmentOrders().stream()
                .filter(one -> one.id().equals(id) && caller.worksFor(one.facility()))
                .findFirst()
                .orElseThrow(ReportsResource::unknown);
        Facility facility = facilities.get(work.facility());
        if (facility.kind() != Facility.Kind.STORE) {
            throw new ProblemException(
                    ProblemType.CONFLICT, facility.id() + " is no store: its own system tells of its work.");
        }
        OrderPolicy policy = policies.of(order.rules());
        requireProof(report, work, policy);
        requireLabels(report, facility);
        Instant now = clock.instant();
        Answer answer =
                reports.take(id, report, caller.actor(), status -> deadlines.leaveBy(policy, status, facility, now));
        return switch (answer) {
            case Answer.Taken(var status, Instant at, var givenBack) ->
                new ReportTaken(id.value(), report.name(), status.name(), at, givenBack.map(FulfillmentOrderId::value));
            case Answer.Refused(var status, String why) ->
                throw new ProblemException(ProblemType.CONFLICT, id + " is " + status + ": " + why + ".");
            case Answer.Unfit(String line, String rule) ->
                throw ReportRequests.invalid(
                        report instanceof StoreReport.Packing ? "/parcels" : "/lines",
                        line.isEmpty() ? rule : line + ": " + rule);
            case Answer.Unknown unknown -> throw unknown();
        };
    }

    /** What was handed over before is answered as it was. */
    private static void requireProof(StoreReport report, FulfillmentOrder work, OrderPolicy policy) {
        if (report instanceof StoreReport.Handover handover
                && work.status() == FulfillmentStatus.READY_FOR_PICKUP
                && policy.whoCollects() == WhoCollects.CODE_OR_DOCUMENT
                && handover.proof().isEmpty()) {
            throw ReportRequests.invalid("/code", "the customer's pickup code, or which document was shown (document)");
        }
    }

    private static void requireLabels(StoreReport report, Facility facility) {
        if (report instanceof StoreReport.Packing packing && facility.labels().isEmpty()) {
            for (int at = 0; at < packing.parcels().size(); at++) {
                if (packing.parcels().get(at).tracking().isEmpty()) {
                    throw ReportRequests.invalid(
                            "/parcels/" + at + "/trackingNumber",
                            "carrier and number of the parcel: no labels are bought for " + facility.id());
                }
            }
        }
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("such work");
    }

    /** What a report has led to. */
    @Schema(description = "A report is a fact since then, and the work has come so far by it")
    public record ReportTaken(
            String id,
            String report,
            String status,
            Instant at,

            @Schema(
                    description =
                            "The part of the work that goes to another facility, or waits on for its customer, if it"
                                    + " is not all of it")
            Optional<String> givenBack) {}
}
