package io.throughline.api.console.cases;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CaseQueuePage.Choice;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.CaseFilter;
import io.throughline.domain.intervention.Cases.Cause;
import io.throughline.domain.intervention.Cases.Sequence;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue of cases. */
@Path("/console/cases")
@ForPeople
@Hidden
public final class CaseQueueResource {
    private static final int MOST = 100;

    private final Cases cases;
    private final Accounts accounts;
    private final Pages pages;

    public CaseQueueResource(Cases cases, Accounts accounts, Pages pages) {
        this.cases = cases;
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
            @Context ContainerRequestContext request) {
        Chosen chosen = new Chosen(
                value("status", status, CaseStatus::valueOf).orElse(CaseStatus.OPEN),
                value("owner", owner, Owner::valueOf),
                value("code", code, FailureCode::valueOf),
                value("account", account, AccountId::of));
        return pages.show(page(chosen, pages.moments()), Visit.of(request));
    }

    private static <T> Optional<T> value(String name, @Nullable String given, Function<String, T> parser) {
        String present = given == null || given.isEmpty() ? null : given;
        return Parameters.optional(name, present, parser, "one of those that the page offers");
    }

    /** What somebody wants to see. */
    private record Chosen(
            CaseStatus status, Optional<Owner> owner, Optional<FailureCode> code, Optional<AccountId> account) {
        boolean fits(FailureCode other) {
            return code.map(other::equals).orElse(true)
                    && owner.map(other.owner()::equals).orElse(true);
        }

        boolean fits(Cause cause) {
            return fits(cause.code()) && account.map(cause.account()::equals).orElse(true);
        }

        Set<FailureCode> codes() {
            return owner.isEmpty() && code.isEmpty()
                    ? Set.of()
                    : Arrays.stream(FailureCode.values()).filter(this::fits).collect(Collectors.toSet());
        }

        /** No code fits both, so that no case can. */
        boolean impossible() {
            return (owner.isPresent() || code.isPresent()) && codes().isEmpty();
        }

        boolean narrowed() {
            return owner.isPresent() || code.isPresent() || account.isPresent();
        }
    }

    private CaseQueuePage page(Chosen chosen, Moments moments) {
        List<Case> found = chosen.impossible() ? List.of() : cases.list(filter(chosen));
        List<Cause> causes = chosen.status() == CaseStatus.OPEN ? cases.causes() : List.of();
        return new CaseQueuePage(
                Arrays.stream(CaseStatus.values())
                        .map(status -> new Choice(status.name(), Words.of(status), status == chosen.status()))
                        .toList(),
                choices("Everybody's", Arrays.stream(Owner.values()), Owner::name, Words::of, chosen.owner()),
                choices("Any cause", Arrays.stream(FailureCode.values()), FailureCode::name, Words::of, chosen.code()),
                choices(
                        "Any account",
                        accounts.all().stream().map(Account::id),
                        AccountId::value,
                        AccountId::value,
                        chosen.account()),
                causes.stream()
                        .filter(chosen::fits)
                        .map(cause -> CauseRow.of(cause, moments))
                        .toList(),
                found.stream().limit(MOST).map(one -> CaseRow.of(one, moments)).toList(),
                chosen.narrowed(),
                found.size() > MOST);
    }

    private static CaseFilter filter(Chosen chosen) {
        return new CaseFilter(
                Optional.of(chosen.status()),
                chosen.codes(),
                chosen.account(),
                chosen.status() == CaseStatus.OPEN ? Sequence.MOST_URGENT_FIRST : Sequence.NEWEST_FIRST,
                MOST + 1);
    }

    private static <T> List<Choice> choices(
            String all, Stream<T> values, Function<T, String> name, Function<T, String> label, Optional<T> chosen) {
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", all, chosen.isEmpty())));
        values.map(value -> new Choice(name.apply(value), label.apply(value), chosen.equals(Optional.of(value))))
                .forEach(choices::add);
        return choices;
    }
}
