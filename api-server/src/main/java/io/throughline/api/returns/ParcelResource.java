package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import io.throughline.domain.access.Role;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnRequest;
import jakarta.ws.rs.Consumes;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parcel that will not reach its customer. */
@Path("/v1/parcels/{number}/outcome")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ParcelResource {
    private final ParcelReader reader;
    private final ReturnAuthorisations authorisations;

    public ParcelResource(ParcelReader reader, ReturnAuthorisations authorisations) {
        this.reader = reader;
        this.authorisations = authorisations;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "tellParcelOutcome",
            summary = "A carrier says that a parcel was refused, or is lost",
            description =
                    "It becomes a return of what lay in the parcel. What was refused is received and inspected like"
                            + " other returns, and paid then; what is lost is paid at once. With preview=true nothing is"
                            + " changed.")
    @Keyed(newForEach = "report", unlessPreview = true, leadsTo = "return")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ParcelSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The preview, as of now",
            content = @Content(schema = @Schema(implementation = ReturnPreviewView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ReturnSummary.class)))
    @ApiResponse(responseCode = "404", description = "No parcel of this number has left")
    @ApiResponse(responseCode = "409", description = "What lay in it has come back already, or is to")
    public Response tell(
            @Parameter(description = "The carrier's number of it") @PathParam("number") String number,
            @Parameter(description = "Only tell what would become of it", schema = @Schema(type = "boolean"))
                    @QueryParam("preview")
                    @Nullable
                    String preview,
            @Parameter(hidden = true) @Context HttpHeaders headers,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        boolean onlyAsked = Parameters.flag("preview", preview);
        ParcelSubmission submission = StrictJson.read(body, ParcelSubmission.class);
        if (onlyAsked) {
            return authorisations.preview(reader.read(number, submission), Optional.empty());
        }
        // A request without a key is refused before anything is looked up.
        ReturnIntake.Submission sent =
                ReturnBook.submission(headers, Caller.of(security), "parcels/" + number, submission);
        ReturnRequest request = reader.read(number, submission);
        return authorisations.authorise(sent, request, false);
    }
}
