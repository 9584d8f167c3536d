package io.throughline.api.returns;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.http.YesOrNo;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPreviews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Returns of what was ordered. */
@Path("/v1/returns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "returns")
public final class ReturnsResource {
    private final ReturnPreviews previews;
    private final ReturnRequestReader reader;

    public ReturnsResource(ReturnPreviews previews, Facilities facilities, ReturnPolicies policies) {
        this.previews = previews;
        this.reader = new ReturnRequestReader(facilities, policies);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION})
    @Operation(
            operationId = "previewReturn",
            summary = "What of an order is taken back, and the exact refund",
            description =
                    "Each line is allowed, or refused with the rule that says so; the refund is told step by step, to the minor"
                            + " unit. Changes nothing.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ReturnSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = ReturnPreviewView.class)))
    public ReturnPreviewView preview(
            @Parameter(
                            description = "Must be true: only a preview can be asked for",
                            required = true,
                            schema = @Schema(type = "boolean"))
                    @QueryParam("preview")
                    @Nullable
                    String preview,
            byte[] body) {
        boolean asked = Parameters.optional("preview", preview, YesOrNo::of, YesOrNo.RULE)
                .orElse(false);
        if (!asked) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, "Only a preview can be asked for: add ?preview=true to the address.");
        }
        ReturnRequestReader.Read read = reader.read(StrictJson.read(body, ReturnSubmission.class));
        return previews.of(read.request(), read.tried())
                .map(ReturnPreviewView::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_CONTENT,
                        "Nothing is known of the order.",
                        List.of(new FieldError("/orderId", "an order whose channel has been read"))));
    }
}
