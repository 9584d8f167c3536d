package io.throughline.api.console;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Public;
import io.throughline.api.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Hands out the files that pages consist of. */
@Path("/console/assets/{name}")
@Hidden
public final class AssetsResource {
    private final Assets assets;

    public AssetsResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    @Public("The sign-in page needs them, and they tell nothing")
    public Response read(@PathParam("name") String name) {
        Assets.Asset asset = assets.find(name).orElseThrow(() -> ProblemException.notFound("such file"));
        return Response.ok(asset.content(), asset.type())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .build();
    }
}
