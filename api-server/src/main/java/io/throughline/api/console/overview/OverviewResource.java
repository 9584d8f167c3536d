package io.throughline.api.console.overview;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CauseRow;
import io.throughline.api.console.overview.OverviewPage.Axis;
import io.throughline.api.console.overview.OverviewPage.Queue;
import io.throughline.api.console.overview.OverviewPage.Stage;
import io.throughline.api.console.overview.OverviewPage.Stream;
import io.throughline.api.console.systems.SystemRows;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.CaseFiles.Load;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderFlow.Passed;
import io.throughline.domain.order.OrderFlow.Standing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
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

    private static final int MOST_CAUSES = 25;

    private final CaseFiles cases;
    private final CasePolicies policies;
    private final OrderFlow flow;
    private final UsualFlow usual;
    private final SystemRows systems;
    private final Pages pages;

    public OverviewResource(
            CaseFiles cases, CasePolicies policies, OrderFlow flow, UsualFlow usual, SystemRows systems, Pages pages) {
        this.cases = cases;
        this.policies = policies;
        this.flow = flow;
        this.usual = usual;
        this.systems = systems;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(pages.moments(), visit), visit);
    }

    private OverviewPage page(Moments moments, Visit visit) {
        CasePolicy policy = policies.at(moments.now());
        List<Load> load = cases.load();
        List<Group> causes = cases.groups(MOST_CAUSES + 1);
        List<Standing> standings = flow.receivedSince(moments.now().minus(DAY));
        return new OverviewPage(
                policy.groups().keySet().stream()
                        .sorted()
                        .filter(owner -> !policy.codesOf(owner).isEmpty())
                        .map(owner -> queue(owner, policy, load))
                        .toList(),
                causes.stream()
                        .limit(MOST_CAUSES)
                        .map(cause -> CauseRow.of(cause, policy, moments))
                        .toList(),
                causes.size() > MOST_CAUSES,
                standings.stream().mapToInt(Standing::orders).sum(),
                List.of(
                        axis("Order", standings, Standing::status, Badge::of),
                        axis("Payment", standings, Standing::payment, Badge::of),
                        axis("Posting", standings, Standing::posting, Badge::of)),
                usual.latest().map(OverviewResource::streams).orElseGet(List::of),
                systems.read(moments),
                visit.caller().hasAny(Role.ADMIN));
    }

    private static List<Stream> streams(UsualFlow.Against flow) {
        return List.of(
                stream("Orders received", flow, Passed::received),
                stream("Given to facilities", flow, Passed::givenOut),
                stream("Shipped or handed over", flow, Passed::handedOver),
                stream("Payments taken", flow, Passed::paid),
                stream("Invoiced", flow, Passed::invoiced),
                stream("Orders completed", flow, Passed::completed));
    }

    private static Stream stream(String stage, UsualFlow.Against flow, Function<Passed, Long> count) {
        return Stream.of(stage, count.apply(flow.lately()), flow.usual().map(count));
    }

    private static Queue queue(String owner, CasePolicy policy, List<Load> load) {
        List<Load> theirs = load.stream()
                .filter(one -> policy.owner(one.code()).equals(owner))
                .toList();
        return new Queue(
                Words.of(owner),
                "/console/cases?owner=" + owner,
                theirs.stream().mapToInt(Load::cases).sum(),
                theirs.stream().mapToInt(Load::atRisk).sum(),
                theirs.stream().mapToInt(Load::overdue).sum());
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
}
