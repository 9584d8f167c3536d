package io.throughline.api.event;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.measure.Contracts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be subscribed to, and what its data looks like. */
@Path("/v1/events/schemas")
@Tag(name = "events")
public final class EventSchemasResource {
    /** The media type of JSON Schemas. */
    private static final String SCHEMA = "application/schema+json";

    private final URI publicUrl;
    private final Contracts contracts;

    public EventSchemasResource(URI publicUrl, Contracts contracts) {
        this.publicUrl = publicUrl;
        this.contracts = contracts;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "listEventTypes", summary = "Every type of event, where its schema is, and whose it is")
    public EventTypeList list() {
        return new EventTypeList(Arrays.stream(EventType.values())
                .map(type -> new EventTypeEntry(
                        type.fullName(),
                        URI.create(publicUrl + "/v1/events/schemas/" + type.title() + "/" + type.version()),
                        contracts.of(type)))
                .toList());
    }

    @GET
    @Path("/{type}/{version}")
    @Produces({SCHEMA, MediaType.APPLICATION_JSON})
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "getEventSchema", summary = "The JSON Schema of a type's data")
    @ApiResponse(
            responseCode = "200",
            description = "A JSON Schema (2020-12)",
            content = @Content(mediaType = SCHEMA, schema = @Schema(type = "object")))
    public Response schema(@PathParam("type") String type, @PathParam("version") String version) {
        EventType found =
                EventType.named(type + ".v" + version).orElseThrow(() -> ProblemException.notFound("such type"));
        return Response.ok(found.schema()).build();
    }

    /** {@code owner}: whom to ask about it. */
    public record EventTypeEntry(String type, URI schema, Optional<Owner> owner) {}

    public record EventTypeList(List<EventTypeEntry> types) {}
}
