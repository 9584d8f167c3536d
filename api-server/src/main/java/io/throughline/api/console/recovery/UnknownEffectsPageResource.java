package io.throughline.api.console.recovery;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.recovery.UnknownEffectsPage.EffectRow;
import io.throughline.api.console.recovery.UnknownEffectsPage.Unattended;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.effect.EffectRedrives.Driven;
import io.throughline.domain.effect.EffectRedrives.Filter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Effects of which nobody knows whether they have happened: first which they are, then, some hundred a go, to be looked for at once. */
@Path("/console/recovery/effects")
@ForPeople
@Hidden
public final class UnknownEffectsPageResource {
    private static final int SHOWN = 50;

    private final EffectRedrives redrives;
    private final Pages pages;

    public UnknownEffectsPageResource(EffectRedrives redrives, Pages pages) {
        this.redrives = redrives;
        this.pages = pages;
    }

    @GET
    @Allow(Role.ADMIN)
    public Response show(
            @QueryParam("account") @Nullable String account,
            @QueryParam("operation") @Nullable String operation,
            @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        try {
            Map<String, String> fields = fields(Optional.ofNullable(account), Optional.ofNullable(operation));
            return pages.show(page(fields, Optional.empty(), List.of()), visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(Map.of(), Optional.empty(), List.of()), visit, refused);
        }
    }

    @POST
    @Path("/redrives")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response redrive(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        try {
            Map<String, String> fields =
                    fields(visit.form().text("account"), visit.form().text("operation"));
            Progress before = Progress.at(visit.form());
            Driven driven = redrive(fields, before, visit.caller().actor());
            Progress progress = before.plus(driven.woken(), driven.next());
            return pages.show(page(fields, Optional.of(progress), driven.left()), visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(Map.of(), Optional.empty(), List.of()), visit, refused);
        }
    }

    private Driven redrive(Map<String, String> fields, Progress before, String actor) {
        try {
            return redrives.redrive(filter(fields), before.next(), actor);
        } catch (IllegalArgumentException otherMark) {
            throw Progress.unknown();
        }
    }

    private static Map<String, String> fields(Optional<String> account, Optional<String> operation) {
        Map<String, String> fields = new TreeMap<>();
        account.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> fields.put("account", text));
        operation.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> fields.put("operation", text));
        return fields;
    }

    private static Filter filter(Map<String, String> fields) {
        return new Filter(
                Optional.ofNullable(fields.get("account")).map(DeadLettersPageResource::account),
                Optional.ofNullable(fields.get("operation")));
    }

    private UnknownEffectsPage page(Map<String, String> fields, Optional<Progress> progress, List<EffectKey> left) {
        EffectRedrives.Preview found = redrives.preview(filter(fields), SHOWN);
        Moments moments = pages.moments();
        return new UnknownEffectsPage(
                fields,
                found.matching(),
                found.sample().stream().map(effect -> row(effect, moments)).toList(),
                progress,
                left.stream().map(UnknownEffectsPageResource::unattended).toList());
    }

    private static EffectRow row(Effect effect, Moments moments) {
        return new EffectRow(
                effect.key().account().value(),
                effect.key().operation(),
                effect.key().subject(),
                Subjects.address(effect.key().subject()),
                effect.attempts(),
                effect.code().map(Enum::name).orElse("–"),
                moments.of(effect.firstFailedAt()));
    }

    private static Unattended unattended(EffectKey key) {
        return new Unattended(
                key.operation(),
                key.subject(),
                Subjects.address(key.subject()),
                "./throughline admin settle %s %s %s %d happened --reference <its-number-there>"
                        .formatted(key.account(), key.subject(), key.operation(), key.intent()));
    }
}
