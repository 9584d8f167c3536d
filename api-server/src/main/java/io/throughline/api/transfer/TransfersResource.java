package io.throughline.api.transfer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Keyed;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.api.transfer.TransferBodies.TransferRequest;
import io.throughline.api.transfer.TransferBodies.UnitsTold;
import io.throughline.api.transfer.TransferDesk.Step;
import io.throughline.api.transfer.TransferView.TransferList;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Transfers between facilities. Each step is a fact when it is answered; the same step again is answered in the same way. */
@Path("/v1/transfers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inventory")
public final class TransfersResource {
    private static final int MOST = 500;
    private static final int USUAL = 50;

    private final TransferDesk desk;

    public TransfersResource(TransferDesk desk) {
        this.desk = desk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "requestTransfer",
            summary = "Asks for goods to go from one facility to another",
            description =
                    "Nothing moves and nothing is kept back until it is sent. Which facility may send to which, and how"
                            + " many units stay there, is the stock policy's. Where an ERP or a warehouse's own system moves the"
                            + " stock of one of them, the transfer is recorded there, and heard of.")
    @Keyed(newForEach = "transfer")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TransferRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Asked for, now or before",
            headers = @Header(name = "Location", description = "Where it is shown", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = TransferView.class)))
    @ApiResponse(
            responseCode = "409",
            description = "The policy does not allow it, or others are promised the goods: the detail says which")
    public Response request(
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        String key = IdempotencyKey.of(headers).value();
        Step step = desk.request(StrictJson.read(body, TransferRequest.class), key, Caller.of(security));
        return Response.created(URI.create("/v1/transfers/" + step.transfer().id()))
                .entity(step.transfer())
                .build();
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "listTransfers", summary = "The newest transfers, of all facilities or of one")
    public TransferList list(
            @Parameter(description = "It sends or receives them", schema = @Schema(type = "string"))
                    @QueryParam("facility")
                    @Nullable
                    String facility,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        return new TransferList(desk.recent(
                Parameters.optional("facility", facility, FacilityId::new, "the id of a facility"),
                Parameters.optional("limit", limit, TransfersResource::limit, "1 to " + MOST)
                        .orElse(USUAL)));
    }

    @GET
    @Path("/{id}")
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "getTransfer", summary = "A transfer as it stands")
    public TransferView show(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return desk.show(id, Caller.of(security));
    }

    @POST
    @Path("/{id}/sending")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "sendTransfer",
            summary = "The goods have left",
            description = "As many as were asked for or fewer. What is not named stays. They are on their way to the"
                    + " receiver from now on, and customers who wait may be promised of them.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UnitsTold.class)))
    @ApiResponse(responseCode = "200", description = "Sent, now or before", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "409",
            description = "Its status does not allow it, or others are promised the goods by now")
    public TransferView send(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return desk.send(id, StrictJson.read(body, UnitsTold.class), Caller.of(security));
    }

    @POST
    @Path("/{id}/receipt")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "receiveTransfer",
            summary = "The goods have arrived",
            description = "Every SKU of the transfer, with 0 for what has not come. A difference within the policy's"
                    + " tolerance is adjusted, any other is a case. Until it is settled, a receipt with other numbers corrects"
                    + " the one before.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UnitsTold.class)))
    @ApiResponse(responseCode = "200", description = "Received, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "Its status does not allow it, or it tells not of all its SKUs")
    public TransferView receive(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        return desk.receive(id, StrictJson.read(body, UnitsTold.class), Caller.of(security));
    }

    @POST
    @Path("/{id}/cancellation")
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "cancelTransfer",
            summary = "It is not wanted any more, or what was sent has come back to where it was")
    @ApiResponse(responseCode = "200", description = "Cancelled, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "It has been received")
    public TransferView cancel(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return desk.cancel(id, Caller.of(security));
    }

    private static int limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(text);
        }
        return limit;
    }
}
