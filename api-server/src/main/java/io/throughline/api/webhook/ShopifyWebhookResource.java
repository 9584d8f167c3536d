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
import io.throughline.connectors.shopify.ShopifyWebhooks;
import io.throughline.connectors.shopify.ShopifyWebhooks.Forged;
import io.throughline.connectors.shopify.ShopifyWebhooks.Misaddressed;
import io.throughline.connectors.shopify.ShopifyWebhooks.Unreadable;
import io.throughline.connectors.shopify.ShopifyWebhooks.Verified;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.order.OrderKey;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Shopify reports what happened in its shops. */
@Path("/webhooks/shopify")
@Tag(name = "webhooks")
public final class ShopifyWebhookResource {
    private static final Logger LOG = LoggerFactory.getLogger(ShopifyWebhookResource.class);

    private final ShopifyWebhooks webhooks;
    private final WebhookInbox inbox;
    private final NoticeInbox notices;

    public ShopifyWebhookResource(ShopifyWebhooks webhooks, Inbox inbox, Accounts accounts) {
        this.webhooks = webhooks;
        this.inbox = new WebhookInbox(inbox, accounts);
        this.notices = new NoticeInbox(this.inbox);
    }

    @POST
    @Public("Shopify signs what it sends")
    @Operation(operationId = "receiveShopifyWebhook", summary = "Takes in a webhook that Shopify has signed")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "Stored, now or before, or about nothing that is kept. What is signed and can't be read is"
                    + " stored as a dead letter with a case")
    public Response receive(@Context HttpHeaders headers, byte[] body) {
        switch (webhooks.verify(body, FirstHeaders.of(headers))) {
            case Verified verified -> store(verified);
            case Unreadable unreadable -> inbox.storeUnreadable(unreadable.account(), body, unreadable.reason());
            case Misaddressed misaddressed -> {
                LOG.warn("a webhook for Shopify was refused: {}", misaddressed.reason());
                throw new ProblemException(
                        ProblemType.MALFORMED_REQUEST, "These are not the headers of a webhook of Shopify's.");
            }
            case Forged forged -> {
                LOG.warn("a webhook for Shopify was refused: {}", forged.reason());
                throw new ProblemException(ProblemType.FORGED, "This is not signed by one of our shops.");
            }
        }
        return Response.ok().build();
    }

    private void store(Verified event) {
        if (event.notice().isPresent()) {
            notices.store(event, event.notice().get());
            return;
        }
        Optional<String> subject = event.order()
                .map(OrderKey::workflowId)
                .or(() -> event.aboutStock() ? Optional.of("stock/" + event.account()) : Optional.empty())
                .or(() -> event.work().stream().findFirst().map(work -> "work/" + event.account() + "/" + work));
        if (subject.isEmpty()) {
            LOG.debug("{} of {} is about nothing of ours", event.topic(), event.account());
            return;
        }
        Map<String, Object> hint = new TreeMap<>();
        hint.put("webhookId", event.webhookId());
        event.version().map(Instant::toString).ifPresent(version -> hint.put("version", version));
        event.triggeredAt().map(Instant::toString).ifPresent(at -> hint.put("triggeredAt", at));
        if (!event.work().isEmpty()) {
            hint.put("work", event.work());
        }
        event.destination().ifPresent(location -> hint.put("destination", location));
        inbox.store(event.account(), event.topic(), event.eventId(), subject.get(), hint, gathering(event));
    }

    /**
     * What names a fulfillment order only is a warehouse's answer. If the warehouse ships at once, that is told of the order and makes
     * the answer old news.
     */
    private static Inbox.Gathering gathering(Verified event) {
        if (event.aboutStock()) {
            return Inbox.Gathering.STREAM;
        }
        return event.order().isPresent() ? Inbox.Gathering.BURST : Inbox.Gathering.UNHURRIED;
    }
}
