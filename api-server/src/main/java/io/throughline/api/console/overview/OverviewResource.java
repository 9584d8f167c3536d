package io.throughline.api.console.overview;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CauseRow;
import io.throughline.api.console.overview.OverviewPage.Axis;
import io.throughline.api.console.overview.OverviewPage.Queue;
import io.throughline.api.console.overview.OverviewPage.Stage;
import io.throughline.api.console.overview.OverviewPage.SystemRow;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.SystemHealth;
import io.throughline.domain.account.SystemHealth.Health;
import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.Cause;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderFlow.Standing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The first page. */
@Path("/console")
@ForPeople
@Hidden
public final class OverviewResource {
    private static final Duration DAY = Duration.ofHours(24);

    private final Cases cases;
    private final OrderFlow flow;
    private final SystemHealth health;
    private final Accounts accounts;
    private final Pages pages;

    public OverviewResource(Cases cases, OrderFlow flow, SystemHealth health, Accounts accounts, Pages pages) {
        this.cases = cases;
        this.flow = flow;
        this.health = health;
        this.accounts = accounts;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        return pages.show(page(pages.moments()), Visit.of(request));
    }

    private OverviewPage page(Moments moments) {
        List<Cause> causes = cases.causes();
        List<Standing> standings = flow.receivedSince(moments.now().minus(DAY));
        return new OverviewPage(
                Arrays.stream(Owner.values()).map(owner -> queue(owner, causes)).toList(),
                causes.stream().map(cause -> CauseRow.of(cause, moments)).toList(),
                standings.stream().mapToInt(Standing::orders).sum(),
                List.of(
                        axis("Order", standings, Standing::status, Badge::of),
                        axis("Payment", standings, Standing::payment, Badge::of),
                        axis("Posting", standings, Standing::posting, Badge::of)),
                systems(moments));
    }

    private static Queue queue(Owner owner, List<Cause> causes) {
        List<Cause> theirs =
                causes.stream().filter(cause -> cause.code().owner() == owner).toList();
        return new Queue(
                Words.of(owner),
                "/console/cases?owner=" + owner,
                theirs.stream().mapToInt(Cause::cases).sum(),
                theirs.stream().mapToInt(Cause::overdue).sum());
    }

    /** In the order in which an axis is passed through. */
    private static <S extends Enum<S>> Axis axis(
            String name, List<Standing> standings, Function<Standing, S> where, Function<S, Badge> badge) {
        Map<S, Integer> counts = standings.stream()
                .collect(Collectors.groupingBy(where, TreeMap::new, Collectors.summingInt(Standing::orders)));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new Axis(
                name,
                counts.entrySet().stream()
                        .map(stage -> stage(badge.apply(stage.getKey()), stage.getValue(), all))
                        .toList());
    }

    private static Stage stage(Badge badge, int orders, int all) {
        return new Stage(badge.text(), badge.tone(), orders, Math.max(1, Math.round(100f * orders / all)));
    }

    private List<SystemRow> systems(Moments moments) {
        List<Account> all = accounts.all();
        Map<String, Health> byAccount = health.of(all.stream().map(Account::id).toList()).stream()
                .collect(Collectors.toMap(one -> one.account().value(), Function.identity()));
        return all.stream()
                .flatMap(account ->
                        java.util.Optional.ofNullable(byAccount.get(account.id().value()))
                                .map(known -> row(account, known, moments))
                                .stream())
                .toList();
    }

    private static SystemRow row(Account account, Health known, Moments moments) {
        return new SystemRow(
                account.id().value(),
                Words.of(account.system()),
                state(account, known),
                moments.of(known.lastSuccess()),
                moments.of(known.lastHeard()),
                known.failing(),
                known.unknown(),
                known.refused(),
                known.waitingMessages(),
                known.deadLetters(),
                moments.of(known.completeUpTo()));
    }

    private static Badge state(Account account, Health known) {
        if (!account.isLive()) {
            return new Badge(Words.of(account.mode()), Tone.QUIET);
        }
        if (known.unknown() > 0 || known.failing() > 0) {
            return new Badge("Failing", Tone.BAD);
        }
        return known.untroubled() ? new Badge("Well", Tone.GOOD) : new Badge("Refuses", Tone.WAITING);
    }
}
