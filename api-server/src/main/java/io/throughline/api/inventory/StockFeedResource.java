package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Links;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.inventory.StockImports.Received;
import io.throughline.domain.inventory.WarehouseFeed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;

/** What warehouses hand over about their stock, as files of any length. */
@Path("/v1/facilities/{facility}/stock-feed")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock")
public final class StockFeedResource {
    static final String CSV = "text/csv";
    static final String JSON_LINES = "application/x-ndjson";

    private final StockImports imports;
    private final FeedParameters parameters;
    private final Links links;

    public StockFeedResource(
            StockImports imports, Facilities facilities, Accounts accounts, StockAuthorities authorities, Links links) {
        this.imports = imports;
        this.parameters = new FeedParameters(facilities, accounts, authorities);
        this.links = links;
    }

    @POST
    @Consumes({CSV, MediaType.APPLICATION_JSON, JSON_LINES})
    @Allow({Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "importStock",
            summary = "Hands over a warehouse's stock or what has moved",
            description =
                    "The rows are stored before the answer and booked right after it; the import shows how far that"
                            + " is. A FULL feed has sku, quantity and perhaps measure (ON_HAND if it is left out). A DELTA"
                            + " has id, kind, sku, quantity, occurred_at and, where the kind needs it, reason; version"
                            + " corrects what was said under an id before. A CSV begins with these names. A row that can't"
                            + " be taken does not stop the others.")
    @Parameter(
            name = "mode",
            in = ParameterIn.QUERY,
            required = true,
            description = "FULL: so much was there. DELTA: so much has moved",
            schema = @Schema(implementation = WarehouseFeed.Mode.class))
    @Parameter(
            name = "feed",
            in = ParameterIn.QUERY,
            required = true,
            description = "Your name of this feed: 1 to 100 of letters, digits and . _ : -",
            schema = @Schema(type = "string"))
    @Parameter(
            name = "sequence",
            in = ParameterIn.QUERY,
            description = "Numbers the files of a feed. The same number with the same content is the same import",
            schema = @Schema(type = "integer", minimum = "1", defaultValue = "1"))
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            description = "FULL: when it was so, e.g. 2026-11-23T10:00:00Z",
            schema = @Schema(type = "string", format = "date-time"))
    @Parameter(
            name = "unnamed",
            in = ParameterIn.QUERY,
            description = "FULL: what becomes of the SKUs that are not named",
            schema = @Schema(implementation = WarehouseFeed.Unnamed.class))
    @Parameter(
            name = "account",
            in = ParameterIn.QUERY,
            description = "Which WMS account speaks, unless it is the one that moves the facility's stock",
            schema = @Schema(type = "string"))
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "array")),
                @Content(mediaType = JSON_LINES, schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            headers = {
                @Header(name = "Location", description = "Where the import is", schema = @Schema(type = "string")),
                @Header(
                        name = IdempotencyKey.REPLAYED,
                        description = "true when it was handed over before",
                        schema = @Schema(type = "string"))
            },
            content = @Content(schema = @Schema(implementation = ImportAccepted.class)))
    @ApiResponse(responseCode = "422", description = "Another content was handed over under this name and sequence")
    public Response hand(
            @PathParam("facility") String facility,
            @Parameter(hidden = true) @Context UriInfo uri,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            InputStream body)
            throws IOException {
        WarehouseFeed feed = parameters.read(facility, uri.getQueryParameters());
        ImportId id = imports.begin(feed);
        try {
            String digest = new FeedBody(feed, imports, id).receive(headers.getMediaType(), body);
            return answer(imports.complete(id, digest));
        } catch (IOException | RuntimeException failed) {
            imports.abandon(id);
            throw failed;
        }
    }

    private Response answer(Received received) {
        return switch (received) {
            case Received.Accepted(ImportId id) -> accepted(id).build();
            case Received.Repeated(ImportId id) ->
                accepted(id).header(IdempotencyKey.REPLAYED, "true").build();
            case Received.Differs(ImportId id) ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "Import " + id + " had this feed and sequence and other content. Use the next sequence.");
        };
    }

    private Response.ResponseBuilder accepted(ImportId id) {
        URI self = links.stockImport(id);
        return Response.accepted(new ImportAccepted(id.value(), Map.of("self", self)))
                .location(self);
    }

    /** What an import can be followed by. */
    public record ImportAccepted(String importId, Map<String, URI> links) {
        public ImportAccepted {
            links = Map.copyOf(links);
        }
    }
}
