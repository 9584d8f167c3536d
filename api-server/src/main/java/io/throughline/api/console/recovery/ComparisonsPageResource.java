package io.throughline.api.console.recovery;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.account.Comparing;
import io.throughline.api.account.Comparing.Found;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.recovery.ComparisonsPage.AccountRow;
import io.throughline.api.console.recovery.ComparisonsPage.Comparison;
import io.throughline.api.console.recovery.ComparisonsPage.RepairRow;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.Repairs.Repair;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has an account compared now, and lists what that has repaired; the page keeps itself up to date until it is through. */
@Path("/console/recovery/comparisons")
@ForPeople
@Hidden
public final class ComparisonsPageResource {
    private static final String ADDRESS = "/console/recovery/comparisons";

    private final Comparing comparing;
    private final Pages pages;

    public ComparisonsPageResource(Comparing comparing, Pages pages) {
        this.comparing = comparing;
        this.pages = pages;
    }

    @GET
    @Allow(Role.ADMIN)
    public Response show(
            @QueryParam("account") @Nullable String account,
            @QueryParam("since") @Nullable String since,
            @Context ContainerRequestContext request) {
        Optional<Instant> asked = Parameters.optional("since", since, WrittenTime::instant, "an instant");
        Moments moments = pages.moments();
        Map<AccountId, Instant> complete = comparing.completeUpTo();
        ComparisonsPage page = new ComparisonsPage(
                comparing.accounts().stream()
                        .map(id -> new AccountRow(
                                id.value(), address(id), moments.of(Optional.ofNullable(complete.get(id)))))
                        .toList(),
                Optional.ofNullable(account)
                        .filter(name -> !name.isBlank())
                        .map(comparing::find)
                        .map(id -> comparison(id, asked, moments)));
        return pages.show(page, Visit.of(request));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response compare(@Context ContainerRequestContext request) {
        AccountId account =
                comparing.find(Visit.of(request).form().text("account").orElse(""));
        Instant asked = comparing.ask(account);
        return Response.seeOther(URI.create(address(account) + "&since=" + asked))
                .build();
    }

    private static String address(AccountId account) {
        return ADDRESS + "?account=" + account;
    }

    private Comparison comparison(AccountId account, Optional<Instant> asked, Moments moments) {
        Found found = comparing.found(account, asked);
        return new Comparison(
                account.value(),
                state(found, asked),
                moments.of(asked),
                found.count().found(),
                found.count().handled(),
                found.count().found() - found.repairs().size(),
                found.repairs().stream().map(repair -> row(repair, moments)).toList());
    }

    private static Badge state(Found found, Optional<Instant> asked) {
        return asked.map(found::isThrough).orElse(true)
                ? new Badge("Through", Tone.GOOD)
                : new Badge("Comparing", Tone.WAITING);
    }

    private static RepairRow row(Repair repair, Moments moments) {
        return new RepairRow(
                repair.subject(),
                Subjects.address(repair.subject()),
                repair.topic(),
                moments.of(repair.foundAt()),
                repair.handled() ? new Badge("Taken in", Tone.GOOD) : new Badge("Handed over", Tone.WAITING));
    }
}
