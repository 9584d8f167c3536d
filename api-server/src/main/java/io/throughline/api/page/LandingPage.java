package io.throughline.api.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Public;
import io.throughline.api.http.Links;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a person sees who opens the address in a browser. */
@Path("/")
@Hidden
public final class LandingPage {
    private final String page;

    public LandingPage(Links links) {
        this.page = """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Throughline</title></head>
                <body>
                <h1>Throughline</h1>
                <p>Carries orders from their channel through stock, stores and warehouses to the books.</p>
                <ul>
                <li><a href="/console">The console</a>, for people, with an API key</li>
                <li><a href="/openapi.json">The API, as an OpenAPI document</a></li>
                <li><a href="%s/namespaces/%s/workflows">The orders' processes, in the Temporal UI</a></li>
                <li><a href="/v1/orders">Orders</a>, <a href="/v1/cases?status=OPEN">open cases</a> and
                <a href="/v1/dead-letters">dead letters</a>: with an API key, for example
                <code>curl -H "Authorization: Bearer $KEY" %s/v1/orders</code></li>
                <li><a href="/health/ready">Health</a></li>
                </ul>
                </body>
                </html>
                """.formatted(links.temporalUi(), links.temporalNamespace(), links.publicUrl());
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
    @Public("It shows addresses only")
    public String page() {
        return page;
    }
}
