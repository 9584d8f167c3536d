package io.throughline.api.event;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.event.SubscriptionView.NewSubscription;
import io.throughline.api.event.SubscriptionView.Secret;
import io.throughline.api.event.SubscriptionView.SubscriptionList;
import io.throughline.api.event.SubscriptionView.SubscriptionRequest;
import io.throughline.api.event.UndeliveredView.UndeliveredList;
import io.throughline.api.http.Limit;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is told which events. A secret is shown once, to whoever made it. */
@Path("/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events")
public final class SubscriptionsResource {
    private static final int MOST = 100;
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final Pattern EVENT = Pattern.compile("evt_([1-9][0-9]{0,17})");

    private final EventSubscriptions subscriptions;
    private final SubscriptionReader reader;
    private final SecureRandom random = new SecureRandom();

    public SubscriptionsResource(EventSubscriptions subscriptions, SubscriptionReader reader) {
        this.subscriptions = subscriptions;
        this.reader = reader;
    }

    @GET
    @Allow(Role.ADMIN)
    @Operation(operationId = "listSubscriptions", summary = "All subscriptions, without their secrets")
    public SubscriptionList list() {
        return new SubscriptionList(
                subscriptions.all().stream().map(SubscriptionView::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "subscribe",
            summary = "Subscribes an address to events that happen from now on",
            description =
                    "Each event is POSTed as a CloudEvent, signed after Standard Webhooks with the secret of the answer.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SubscriptionRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Subscribed",
            content = @Content(schema = @Schema(implementation = NewSubscription.class)))
    public Response subscribe(byte[] body, @Context SecurityContext security) {
        EventSubscriptions.Wish wish = reader.read(StrictJson.read(body, SubscriptionRequest.class));
        if (subscriptions.all().size() >= MOST) {
            throw new ProblemException(ProblemType.CONFLICT, "There are " + MOST + " subscriptions; end one first.");
        }
        WebhookSecret secret = WebhookSecret.random(random);
        SubscriptionView made = SubscriptionView.of(
                subscriptions.create(wish, secret, Caller.of(security).actor()));
        return Response.status(Response.Status.CREATED)
                .entity(new NewSubscription(made, secret.value()))
                .build();
    }

    @GET
    @Path("/{id}")
    @Allow(Role.ADMIN)
    @Operation(operationId = "getSubscription", summary = "One subscription, without its secret")
    public SubscriptionView get(@PathParam("id") String id) {
        return subscriptions
                .find(known(id))
                .map(SubscriptionView::of)
                .orElseThrow(() -> ProblemException.notFound("such subscription"));
    }

    @DELETE
    @Path("/{id}")
    @Allow(Role.ADMIN)
    @Operation(operationId = "unsubscribe", summary = "Ends a subscription, with everything that waits for it")
    @ApiResponse(responseCode = "204", description = "Ended")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        found(subscriptions.delete(known(id), Caller.of(security).actor()));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/pause")
    @Allow(Role.ADMIN)
    @Operation(operationId = "pauseSubscription", summary = "Holds deliveries back; what happens meanwhile is kept")
    @ApiResponse(responseCode = "204", description = "Paused")
    public Response pause(@PathParam("id") String id, @Context SecurityContext security) {
        found(subscriptions.pause(known(id), Caller.of(security).actor()));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/resume")
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "resumeSubscription",
            summary = "Goes on where it was paused or disabled, at once with what waits for another try")
    @ApiResponse(responseCode = "204", description = "Resumed")
    public Response resume(@PathParam("id") String id, @Context SecurityContext security) {
        found(subscriptions.resume(known(id), Caller.of(security).actor()));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/secret")
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "rotateSecret",
            summary = "Makes a new secret and shows it, once",
            description = "For 24 hours deliveries are signed with the one before, too.")
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Secret.class)))
    public Response rotate(@PathParam("id") String id, @Context SecurityContext security) {
        WebhookSecret secret = WebhookSecret.random(random);
        found(subscriptions.rotate(
                known(id), secret, OVERLAP, Caller.of(security).actor()));
        return Response.status(Response.Status.CREATED)
                .entity(new Secret(secret.value()))
                .build();
    }

    @POST
    @Path("/{id}/replay")
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "replayEvents",
            summary = "Delivers everything again that happened since an instant",
            description = "Under the same event ids as before.")
    @ApiResponse(responseCode = "202", description = "Being delivered")
    public Response replay(
            @PathParam("id") String id,
            @Parameter(required = true, schema = @Schema(type = "string", format = "date-time"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Context SecurityContext security) {
        found(subscriptions.replay(known(id), instant(from), Caller.of(security).actor()));
        return Response.accepted().build();
    }

    @GET
    @Path("/{id}/deliveries")
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "listUndelivered",
            summary = "What could not be delivered: dead letters, then what is still tried, newest first")
    public UndeliveredList undelivered(
            @PathParam("id") String id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        int most = Limit.of(limit);
        SubscriptionId subscription = known(id);
        found(subscriptions.find(subscription).isPresent());
        return new UndeliveredList(subscriptions.undelivered(subscription, most).stream()
                .map(UndeliveredView::of)
                .toList());
    }

    @POST
    @Path("/{id}/deliveries/{event}/redeliver")
    @Allow(Role.ADMIN)
    @Operation(operationId = "redeliver", summary = "Tries a dead letter again; with the last one its case is closed")
    @ApiResponse(responseCode = "202", description = "Being delivered")
    public Response redeliver(
            @PathParam("id") String id, @PathParam("event") String event, @Context SecurityContext security) {
        SubscriptionId subscription = known(id);
        Matcher form = EVENT.matcher(event);
        if (!form.matches()
                || !subscriptions.redeliver(
                        subscription,
                        Long.parseLong(form.group(1)),
                        Caller.of(security).actor())) {
            throw ProblemException.notFound("such dead letter");
        }
        return Response.accepted().build();
    }

    private static SubscriptionId known(String id) {
        found(SubscriptionId.isOne(id));
        return new SubscriptionId(id);
    }

    private static void found(boolean there) {
        if (!there) {
            throw ProblemException.notFound("such subscription");
        }
    }

    private static Instant instant(@Nullable String text) {
        try {
            if (text != null) {
                return WrittenTime.instant(text);
            }
        } catch (DateTimeException notAnInstant) {
            // Told like a missing one.
        }
        throw new ProblemException(
                ProblemType.MALFORMED_REQUEST, "Give an instant as '?from=', for example 2026-11-23T09:00:00Z.");
    }
}
