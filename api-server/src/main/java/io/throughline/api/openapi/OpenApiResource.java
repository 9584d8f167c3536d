package io.throughline.api.openapi;

import com.google.common.base.Suppliers;
import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;

/** Serves the OpenAPI document. */
@Path("/openapi.json")
@Hidden
public final class OpenApiResource {
    private final Supplier<String> document;

    /** Making the document takes as long as the rest of the start, so it is made when somebody asks for it. */
    public OpenApiResource(Supplier<String> document) {
        this.document = Suppliers.memoize(document::get);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Public("Whoever writes a client may read what the API offers")
    public String document() {
        return document.get();
    }
}
