package io.throughline.api.console.recovery;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.domain.access.Role;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.inbox.InboxReplays;
import io.throughline.domain.rebuild.Rebuilds;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The way to all that is recovered by hand. */
@Path("/console/recovery")
@ForPeople
@Hidden
public final class RecoveryPageResource {
    private static final InboxReplays.Filter ALL_DEAD_LETTERS = new InboxReplays.Filter(
            InboxReplays.Kind.DEAD_LETTERS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final EffectRedrives.Filter ALL_UNKNOWN =
            new EffectRedrives.Filter(Optional.empty(), Optional.empty());

    private final InboxReplays replays;
    private final EffectRedrives redrives;
    private final Rebuilds rebuilds;
    private final Pages pages;

    public RecoveryPageResource(InboxReplays replays, EffectRedrives redrives, Rebuilds rebuilds, Pages pages) {
        this.replays = replays;
        this.redrives = redrives;
        this.rebuilds = rebuilds;
        this.pages = pages;
    }

    @GET
    @Allow(Role.ADMIN)
    public Response show(@Context ContainerRequestContext request) {
        RecoveryPage page = new RecoveryPage(
                replays.preview(ALL_DEAD_LETTERS, 0).matching(),
                redrives.preview(ALL_UNKNOWN, 0).matching(),
                rebuilds.underWay().size());
        return pages.show(page, Visit.of(request));
    }
}
