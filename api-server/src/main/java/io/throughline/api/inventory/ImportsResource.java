package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImports;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** How far imports have come. */
@Path("/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock")
public final class ImportsResource {
    private final StockImports imports;
    private final Clock clock;

    public ImportsResource(StockImports imports, Clock clock) {
        this.imports = imports;
        this.clock = clock;
    }

    @GET
    @Path("/{id}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "readImport", summary = "How far an import has come, and which rows were refused")
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    public ImportView read(@PathParam("id") String id) {
        return Parameters.name(id, ImportId::new)
                .flatMap(imports::find)
                .map(found -> ImportView.of(found, clock.instant()))
                .orElseThrow(() -> ProblemException.notFound("such import"));
    }
}
