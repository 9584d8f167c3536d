package io.throughline.api.inbox;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Limit;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.InboxMessage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages that came in and could not be read. Each has a case, whose decision does the same as replaying or discarding it here. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters")
public final class DeadLettersResource {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final Inbox inbox;

    public DeadLettersResource(Inbox inbox) {
        this.inbox = inbox;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.ADMIN})
    @Operation(operationId = "listDeadLetters", summary = "Messages that could not be read, newest first")
    public DeadLetterList list(
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        return new DeadLetterList(
                inbox.deadLetters(Limit.of(limit)).stream().map(DeadLetter::of).toList());
    }

    @POST
    @Path("/{id}/replay")
    @Allow(Role.ADMIN)
    @Operation(operationId = "replayDeadLetter", summary = "Puts a message back to the front of its subject")
    @ApiResponse(responseCode = "202", description = "Put back")
    public Response replay(@PathParam("id") String id) {
        return resolved(id, inbox::replay);
    }

    @POST
    @Path("/{id}/discard")
    @Allow(Role.ADMIN)
    @Operation(operationId = "discardDeadLetter", summary = "Gives a message up, so that what waits behind it goes on")
    @ApiResponse(responseCode = "202", description = "Given up")
    public Response discard(@PathParam("id") String id) {
        return resolved(id, inbox::discard);
    }

    private static Response resolved(String id, LongPredicate resolver) {
        if (!NUMBER.matcher(id).matches() || !resolver.test(Long.parseLong(id))) {
            throw ProblemException.notFound("such dead letter");
        }
        return Response.accepted().build();
    }

    /** One message; its body holds ids only, never personal data. */
    public record DeadLetter(
            long id,
            String account,
            String topic,
            String eventId,
            String subject,
            String body,
            Instant receivedAt,
            int attempts) {
        static DeadLetter of(InboxMessage message) {
            return new DeadLetter(
                    message.id(),
                    message.account().value(),
                    message.topic(),
                    message.eventId(),
                    message.subject(),
                    message.body(),
                    message.receivedAt(),
                    message.attempts());
        }
    }

    public record DeadLetterList(List<DeadLetter> deadLetters) {}
}
