package io.throughline.api.inbox;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.inbox.DeadLettersResource.DeadLetter;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.InboxReplays;
import io.throughline.domain.inbox.InboxReplays.Filter;
import io.throughline.domain.inbox.InboxReplays.Kind;
import io.throughline.domain.inbox.InboxReplays.Put;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has many messages handled once more, first as a preview, then in earnest. */
@Path("/v1/inbox/replays")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters")
public final class InboxReplaysResource {
    private static final int SAMPLE = 10;

    private final InboxReplays replays;

    public InboxReplaysResource(InboxReplays replays) {
        this.replays = replays;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "replayInbox",
            summary = "Has messages handled once more, those that could not be read or those that were handled",
            description =
                    "With preview=true nothing is done: the answer tells how many there are, and shows some. Else up to 500"
                            + " are put back, the oldest first; to go on, say the answer's last as after, until more is false."
                            + " What a message says is compared with what is known by then, so nothing is done twice.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ReplayRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "With preview=true: what it would be about",
            content = @Content(schema = @Schema(implementation = ReplayPreview.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Put back",
            content = @Content(schema = @Schema(implementation = Replayed.class)))
    public Response replay(
            @Parameter(schema = @Schema(type = "boolean", defaultValue = "false")) @QueryParam("preview") @Nullable
                    String preview,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        boolean previewed = Parameters.flag("preview", preview);
        ReplayRequest request = StrictJson.read(body, ReplayRequest.class);
        Filter filter = request.filter();
        if (previewed) {
            InboxReplays.Preview found = replays.preview(filter, SAMPLE);
            return Response.ok(new ReplayPreview(
                            found.matching(),
                            found.sample().stream().map(DeadLetter::of).toList()))
                    .build();
        }
        Put put = replays.replay(
                filter, request.after().orElse(0L), Caller.of(security).actor());
        return Response.accepted(new Replayed(put.replayed(), put.last(), put.more()))
                .build();
    }

    /** Which messages; what is left out is no condition. */
    public record ReplayRequest(
            @Schema(description = "HANDLED needs an account and a topic")
            Kind kind,

            Optional<String> account,
            Optional<String> topic,
            Optional<String> subject,

            @Schema(description = "Received then or later") Optional<Instant> from,

            @Schema(description = "Received before") Optional<Instant> until,

            @Schema(description = "Go on behind this message")
            Optional<Long> after) {
        Filter filter() {
            try {
                return new Filter(kind, account.map(AccountId::of), topic, subject, from, until);
            } catch (IllegalArgumentException unfit) {
                throw new ProblemException(
                        ProblemType.INVALID_CONTENT,
                        "The filter breaks a rule.",
                        List.of(new FieldError("/account", String.valueOf(unfit.getMessage()))));
            }
        }
    }

    /** How many messages there are, and some of them. */
    public record ReplayPreview(long matching, List<DeadLetter> sample) {}

    /** How many were put back; {@code more} where there may be more behind {@code last}. */
    public record Replayed(int replayed, long last, boolean more) {}
}
