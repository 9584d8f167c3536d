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
import io.throughline.connectors.square.SquareEvent;
import io.throughline.connectors.square.SquareWebhooks;
import io.throughline.connectors.square.SquareWebhooks.Forged;
import io.throughline.connectors.square.SquareWebhooks.Unreadable;
import io.throughline.connectors.square.SquareWebhooks.Verified;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.inbox.Inbox;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Square reports what happened in the stores. */
@Path("/webhooks/square")
@Tag(name = "webhooks")
public final class SquareWebhookResource {
    private static final Logger LOG = LoggerFactory.getLogger(SquareWebhookResource.class);

    private final SquareWebhooks webhooks;
    private final WebhookInbox inbox;

    public SquareWebhookResource(SquareWebhooks webhooks, Inbox inbox, Accounts accounts) {
        this.webhooks = webhooks;
        this.inbox = new WebhookInbox(inbox, accounts);
    }

    @POST
    @Public("Square signs what it sends")
    @Operation(operationId = "receiveSquareWebhook", summary = "Takes in a webhook that Square has signed")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "Stored, now or before, or about nothing that is kept. What is signed and can't be read is"
                    + " stored as a dead letter with a case")
    public Response receive(@Context HttpHeaders headers, byte[] body) {
        switch (webhooks.verify(body, FirstHeaders.of(headers))) {
            case Verified verified -> store(verified.event());
            case Unreadable unreadable -> inbox.storeUnreadable(unreadable.account(), body, unreadable.reason());
            case Forged forged -> {
                LOG.warn("a webhook for Square was refused: {}", forged.reason());
                throw new ProblemException(ProblemType.FORGED, "This is not signed by one of our merchants.");
            }
        }
        return Response.ok().build();
    }

    /** What is about neither an order nor stock is acknowledged and let go: its facts are not taken from webhooks. */
    private void store(SquareEvent event) {
        if (event.order().isEmpty() && !event.aboutStock()) {
            LOG.debug("{} of {} is about nothing of ours", event.topic(), event.account());
            return;
        }
        inbox.store(
                event.account(),
                event.topic(),
                event.eventId(),
                event.subject(),
                event.hint(),
                event.aboutStock() ? Inbox.Gathering.STREAM : Inbox.Gathering.BURST);
    }
}
