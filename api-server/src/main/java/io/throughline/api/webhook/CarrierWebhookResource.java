package io.throughline.api.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Public;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.connectors.carrier.CarrierWebhooks;
import io.throughline.connectors.carrier.CarrierWebhooks.Forged;
import io.throughline.connectors.carrier.CarrierWebhooks.Unreadable;
import io.throughline.connectors.carrier.CarrierWebhooks.Verified;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.inbox.Inbox;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where carriers tell what becomes of parcels. */
@Path("/webhooks/carrier")
@Tag(name = "webhooks")
public final class CarrierWebhookResource {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierWebhookResource.class);

    private final CarrierWebhooks webhooks;
    private final WebhookInbox inbox;

    public CarrierWebhookResource(CarrierWebhooks webhooks, Inbox inbox, Accounts accounts) {
        this.webhooks = webhooks;
        this.inbox = new WebhookInbox(inbox, accounts);
    }

    @POST
    @Public("carriers sign what they send")
    @Operation(operationId = "receiveCarrierWebhook", summary = "Takes in a webhook that a carrier has signed")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "200", description = "Stored, now or before, or news that mean nothing to us")
    public Response receive(@Context HttpHeaders headers, byte[] body) {
        switch (webhooks.verify(body, FirstHeaders.of(headers))) {
            case Verified verified -> store(verified);
            case Unreadable unreadable -> inbox.storeUnreadable(unreadable.account(), body, unreadable.reason());
            case Forged forged -> {
                LOG.warn("a webhook of a carrier was refused: {}", forged.reason());
                throw new ProblemException(ProblemType.FORGED, "This is not signed by one of our carriers.");
            }
        }
        return Response.ok().build();
    }

    private void store(Verified event) {
        event.news()
                .ifPresent(news -> inbox.store(
                        event.account(),
                        "parcel/updated",
                        event.eventId(),
                        "parcel/" + event.account() + "/" + event.number(),
                        Map.of("status", news.status().name(), "at", news.at().toString()),
                        Inbox.Gathering.BURST));
    }
}
