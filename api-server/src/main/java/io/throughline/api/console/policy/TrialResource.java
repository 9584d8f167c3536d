package io.throughline.api.console.policy;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.policy.TrialPage.Put;
import io.throughline.api.console.policy.TrialPage.Result;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.routing.RoutingTrialView;
import io.throughline.api.routing.Trials;
import io.throughline.domain.access.Role;
import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.PolicyActivations.Activation;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingRule;
import io.throughline.domain.routing.trial.Window;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which routing policy is in force, and what another would have made of what happened. Changes nothing. */
@Path("/console/routing")
@ForPeople
@Hidden
public final class TrialResource {
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofDays(7), Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(30));
    private static final List<Duration> PROMISES = List.of(Duration.ofDays(2), Duration.ofDays(1), Duration.ofDays(3));

    private static final int NEWEST = 20;

    private final Trials trials;
    private final PolicyActivations activations;
    private final Pages pages;

    public TrialResource(Trials trials, PolicyActivations activations, Pages pages) {
        this.trials = trials;
        this.activations = activations;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(visit, "", Optional.empty()), visit);
    }

    @POST
    @Path("/trials")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response run(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Form form = visit.form();
        String candidate = form.text("candidate").orElse("");
        try {
            Instant now = pages.moments().now();
            RoutingTrialView trial = RoutingTrialView.of(trials.run(
                    candidate,
                    new Window(now.minus(form.neededLength("window")), now),
                    form.neededLength("promise"),
                    Trials.USUAL_ORDERS));
            return pages.show(page(visit, candidate, Optional.of(TrialResult.of(trial))), visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(visit, candidate, Optional.empty()), visit, refused);
        }
    }

    private TrialPage page(Visit visit, String candidate, Optional<Result> result) {
        RoutingPolicy active = trials.active();
        Moments moments = pages.moments();
        return new TrialPage(
                active.version(),
                active.rules().stream().map(RoutingRule::name).collect(Collectors.joining(", ")),
                activations.all().reversed().stream()
                        .limit(NEWEST)
                        .map(put -> put(put, moments))
                        .toList(),
                visit.caller().hasAny(Role.ADMIN),
                candidate,
                Choice.lengths(WINDOWS, "The last "),
                Choice.lengths(PROMISES, "Within "),
                result);
    }

    private static Put put(Activation put, Moments moments) {
        return new Put(
                moments.of(put.at()),
                put.version(),
                Words.of(put.kind()),
                put.reason().author(),
                put.reason().actor(),
                put.reason().comment());
    }
}
