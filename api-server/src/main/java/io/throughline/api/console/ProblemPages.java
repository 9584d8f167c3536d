package io.throughline.api.console;

import io.throughline.api.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;

/** Makes a page of whatever problem a request for a page has ended with. */
public final class ProblemPages implements ContainerResponseFilter {
    private final Pages pages;

    public ProblemPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        boolean forPeople = path.equals("console") || path.startsWith("console/");
        if (forPeople && response.getEntity() instanceof Problem problem) {
            Response page = pages.plain(problem.status(), "problem", new ProblemPage(problem));
            page.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
            response.getHeaders().remove("WWW-Authenticate");
            response.setEntity(page.getEntity(), new Annotation[0], page.getMediaType());
        }
    }
}
