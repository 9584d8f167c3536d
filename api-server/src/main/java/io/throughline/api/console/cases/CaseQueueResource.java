package io.throughline.api.console.cases;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CaseQueuePage.Filter;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.GroupDesk;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Search;
import io.throughline.domain.intervention.CaseFiles.Sequence;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.ServiceLevel;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue of cases. */
@Path("/console/cases")
@ForPeople
@Hidden
public final class CaseQueueResource {
    private static final int MOST = 100;
    private static final int MOST_CAUSES = 12;
    private static final String ONE_OF_THEM = "one of those that the page offers";

    private final CaseFiles cases;
    private final GroupDesk groups;
    private final CasePolicies policies;
    private final CaseRows rows;
    private final Accounts accounts;
    private final Pages pages;

    public CaseQueueResource(CaseFiles cases, GroupDesk groups, CasePolicies policies, Accounts accounts, Pages pages) {
        this.cases = cases;
        this.groups = groups;
        this.policies = policies;
        this.rows = new CaseRows(policies);
        this.accounts = accounts;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(
            @QueryParam("status") @Nullable String status,
            @QueryParam("owner") @Nullable String owner,
            @QueryParam("code") @Nullable String code,
            @QueryParam("account") @Nullable String account,
            @QueryParam("clock") @Nullable String clock,
            @QueryParam("assigned") @Nullable String assigned,
            @QueryParam("asleep") @Nullable String asleep,
            @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Moments moments = pages.moments();
        CasePolicy policy = policies.at(moments.now());
        Chosen chosen = new Chosen(
                value("status", status, CaseStatus::valueOf).orElse(CaseStatus.OPEN),
                value("owner", owner, name -> known(name, policy)),
                value("code", code, FailureCode::valueOf),
                value("account", account, AccountId::of),
                value("clock", clock, ServiceLevel::valueOf),
                value("assigned", assigned, Whose::valueOf),
                value("asleep", asleep, Sleep::valueOf));
        return pages.show(page(chosen, policy, visit, moments), visit);
    }

    private static <T> Optional<T> value(String name, @Nullable String given, Function<String, T> parser) {
        String present = given == null || given.isEmpty() ? null : given;
        return Parameters.optional(name, present, parser, ONE_OF_THEM);
    }

    private static String known(String group, CasePolicy policy) {
        if (!policy.groups().containsKey(group)) {
            throw new IllegalArgumentException(group);
        }
        return group;
    }

    private enum Whose {
        MINE
    }

    /** What sleeps is not to be seen unless somebody asks for it. */
    private enum Sleep {
        ASLEEP,
        BOTH
    }

    /** What somebody wants to see. */
    private record Chosen(
            CaseStatus status,
            Optional<String> owner,
            Optional<FailureCode> code,
            Optional<AccountId> account,
            Optional<ServiceLevel> clock,
            Optional<Whose> assigned,
            Optional<Sleep> asleep) {
        Set<FailureCode> codes(CasePolicy policy) {
            Set<FailureCode> owned = owner.map(policy::codesOf).orElseGet(() -> Set.of(FailureCode.values()));
            return code.map(one -> owned.contains(one) ? Set.of(one) : Set.<FailureCode>of())
                    .orElse(owned);
        }

        boolean open() {
            return status == CaseStatus.OPEN;
        }

        boolean byCode() {
            return owner.isPresent() || code.isPresent();
        }

        /** Beyond what causes can be told apart by. */
        boolean bySingleCase() {
            return account.isPresent() || clock.isPresent() || assigned.isPresent() || asleep.isPresent();
        }

        Optional<Boolean> snoozed() {
            return open()
                    ? asleep.map(wanted -> wanted == Sleep.ASLEEP ? Optional.of(true) : Optional.<Boolean>empty())
                            .orElse(Optional.of(false))
                    : Optional.empty();
        }
    }

    private CaseQueuePage page(Chosen chosen, CasePolicy policy, Visit visit, Moments moments) {
        Set<FailureCode> codes = chosen.codes(policy);
        // No case has a code that fits both a group and another cause.
        List<CaseFile> found = codes.isEmpty() ? List.of() : cases.list(search(chosen, codes, visit));
        return new CaseQueuePage(
                filters(chosen, policy),
                CaseViews.mayReadWords(visit.caller()) ? running(moments) : List.of(),
                causes(chosen, codes, policy, moments),
                found.stream().limit(MOST).map(one -> rows.of(one, moments)).toList(),
                chosen.byCode() || chosen.bySingleCase() || !chosen.open(),
                found.size() > MOST);
    }

    private List<BulkRow> running(Moments moments) {
        return groups.running().stream().map(bulk -> BulkRow.of(bulk, moments)).toList();
    }

    private List<CauseRow> causes(Chosen chosen, Set<FailureCode> codes, CasePolicy policy, Moments moments) {
        return chosen.open() && !chosen.bySingleCase()
                ? cases.groups(500).stream()
                        .filter(group -> codes.contains(group.code()))
                        .limit(MOST_CAUSES)
                        .map(group -> CauseRow.of(group, policy, moments))
                        .toList()
                : List.of();
    }

    private static Search search(Chosen chosen, Set<FailureCode> codes, Visit visit) {
        return new Search(
                Optional.of(chosen.status()),
                chosen.byCode() ? codes : Set.of(),
                chosen.account(),
                chosen.assigned().map(mine -> visit.caller().owner()),
                chosen.clock().filter(level -> chosen.open()),
                chosen.snoozed(),
                Optional.empty(),
                Optional.empty(),
                chosen.open() ? Sequence.MOST_URGENT_FIRST : Sequence.NEWEST_FIRST,
                MOST + 1);
    }

    private List<Filter> filters(Chosen chosen, CasePolicy policy) {
        return List.of(
                new Filter(
                        "status",
                        "State",
                        Arrays.stream(CaseStatus.values())
                                .map(status -> new Choice(status.name(), Words.of(status), status == chosen.status()))
                                .toList()),
                new Filter(
                        "owner",
                        "Owner",
                        Choice.among(
                                "Everybody's",
                                policy.groups().keySet().stream().sorted(),
                                Function.identity(),
                                Words::of,
                                chosen.owner())),
                new Filter(
                        "code",
                        "Cause",
                        Choice.among(
                                "Any cause",
                                Arrays.stream(FailureCode.values()),
                                FailureCode::name,
                                Words::of,
                                chosen.code())),
                new Filter(
                        "account",
                        "Account",
                        Choice.among(
                                "Any account",
                                accounts.all().stream().map(Account::id),
                                AccountId::value,
                                AccountId::value,
                                chosen.account())),
                new Filter(
                        "clock",
                        "Clock",
                        Choice.among(
                                "Any",
                                Arrays.stream(ServiceLevel.values()),
                                ServiceLevel::name,
                                level -> level == ServiceLevel.BREACHED ? "Late" : Words.of(level),
                                chosen.clock())),
                new Filter(
                        "assigned",
                        "Assigned",
                        Choice.among(
                                "To anybody", Stream.of(Whose.MINE), Whose::name, mine -> "To me", chosen.assigned())),
                new Filter(
                        "asleep",
                        "Asleep",
                        Choice.among(
                                "Left out",
                                Arrays.stream(Sleep.values()),
                                Sleep::name,
                                sleep -> sleep == Sleep.BOTH ? "Too" : "Only",
                                chosen.asleep())));
    }
}
