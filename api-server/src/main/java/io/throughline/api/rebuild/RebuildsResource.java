package io.throughline.api.rebuild;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuild;
import io.throughline.domain.rebuild.Rebuilds;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Has what follows from facts made anew from them, and tells how far that is. */
@Path("/v1/rebuilds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "systems")
public final class RebuildsResource {
    private final Rebuilds rebuilds;

    public RebuildsResource(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    /** The read model of that name, or the problem that there is none. */
    public static ReadModel find(String word) {
        return ReadModel.of(word).orElseThrow(() -> ProblemException.notFound("read model of this name"));
    }

    @GET
    @Allow(Role.ADMIN)
    @Operation(operationId = "listReadModels", summary = "What can be made anew from the facts, and when each last was")
    public ReadModels list() {
        return new ReadModels(Arrays.stream(ReadModel.values())
                .map(model -> new ReadModelView(
                        model.word(),
                        model.tells(),
                        model.isMended(),
                        rebuilds.latest(model).map(RebuildView::of)))
                .toList());
    }

    @GET
    @Path("/{model}")
    @Allow(Role.ADMIN)
    @Operation(operationId = "readRebuild", summary = "How far the last rebuild of a read model has come")
    public RebuildView read(@PathParam("model") String model) {
        return rebuilds.latest(find(model))
                .map(RebuildView::of)
                .orElseThrow(() -> ProblemException.notFound("rebuild of this read model yet"));
    }

    @POST
    @Path("/{model}")
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "rebuildReadModel",
            summary = "Has a read model made anew from the facts in PostgreSQL",
            description =
                    "A worker goes through the facts, some at a time and beside everything that runs, and mends only what does"
                            + " not follow from them; nobody finds anything missing meanwhile. While one is under way, the answer"
                            + " is that one. Balances are compared only: what differs is told and left as it is.")
    @ApiResponse(
            responseCode = "202",
            description = "Asked for, or under way",
            content = @Content(schema = @Schema(implementation = RebuildView.class)))
    public Response rebuild(
            @PathParam("model") String model, @Parameter(hidden = true) @Context SecurityContext security) {
        return Response.accepted(RebuildView.of(
                        rebuilds.ask(find(model), Caller.of(security).actor())))
                .build();
    }

    /** All that can be made anew. */
    public record ReadModels(List<ReadModelView> models) {}

    /** One of them, with its last rebuild. */
    @Schema(name = "ReadModel")
    public record ReadModelView(
            String model,
            String tells,

            @Schema(description = "False: what differs is only told")
            boolean mended,

            Optional<RebuildView> latest) {}

    /** How far a rebuild has come. */
    @Schema(name = "Rebuild")
    public record RebuildView(
            String model,
            String askedBy,
            Instant askedAt,
            Optional<Instant> endedAt,

            @Schema(description = "About how far it is; 100 only once it has ended")
            int percent,

            long checked,

            @Schema(description = "How many rows were otherwise than the facts say")
            long differed,

            @Schema(description = "How many of these are as they should be now")
            long mended,

            @Schema(description = "Some of what differed") List<String> apart) {
        static RebuildView of(Rebuild rebuild) {
            return new RebuildView(
                    rebuild.model().word(),
                    rebuild.askedBy(),
                    rebuild.askedAt(),
                    rebuild.endedAt(),
                    rebuild.percent(),
                    rebuild.checked(),
                    rebuild.differed(),
                    rebuild.mended(),
                    rebuild.apart());
        }
    }
}
