package io.throughline.api.console.recovery;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Bar;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.recovery.RebuildsPage.Last;
import io.throughline.api.console.recovery.RebuildsPage.ModelRow;
import io.throughline.api.rebuild.RebuildsResource;
import io.throughline.domain.access.Role;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuild;
import io.throughline.domain.rebuild.Rebuilds;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Has what follows from facts made anew from them, and shows how far that is. */
@Path("/console/recovery/rebuilds")
@ForPeople
@Hidden
public final class RebuildsPageResource {
    private static final int WHOLE = 100;

    private final Rebuilds rebuilds;
    private final Pages pages;

    public RebuildsPageResource(Rebuilds rebuilds, Pages pages) {
        this.rebuilds = rebuilds;
        this.pages = pages;
    }

    @GET
    @Allow(Role.ADMIN)
    public Response show(@Context ContainerRequestContext request) {
        Moments moments = pages.moments();
        RebuildsPage page = new RebuildsPage(Arrays.stream(ReadModel.values())
                .map(model -> new ModelRow(
                        model.word(),
                        model.tells(),
                        model.isMended(),
                        rebuilds.latest(model).map(last -> last(last, moments))))
                .toList());
        return pages.show(page, Visit.of(request));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response rebuild(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        rebuilds.ask(
                RebuildsResource.find(visit.form().text("model").orElse("")),
                visit.caller().actor());
        return Response.seeOther(URI.create("/console/recovery/rebuilds")).build();
    }

    private static Last last(Rebuild rebuild, Moments moments) {
        List<Bar> bars = new ArrayList<>();
        Bar.add(
                bars,
                rebuild.endedAt().isPresent() ? Tone.GOOD : Tone.WAITING,
                "of " + WHOLE,
                0,
                rebuild.percent(),
                WHOLE);
        return new Last(
                state(rebuild),
                bars,
                rebuild.percent(),
                rebuild.checked(),
                rebuild.differed(),
                rebuild.mended(),
                rebuild.askedBy(),
                moments.of(rebuild.askedAt()),
                rebuild.apart());
    }

    private static Badge state(Rebuild rebuild) {
        if (rebuild.endedAt().isEmpty()) {
            return new Badge("Under way", Tone.WAITING);
        }
        if (rebuild.differed() == 0) {
            return new Badge("As the facts say", Tone.GOOD);
        }
        return rebuild.left() == 0 ? new Badge("Mended", Tone.GOOD) : new Badge("Differs", Tone.BAD);
    }
}
