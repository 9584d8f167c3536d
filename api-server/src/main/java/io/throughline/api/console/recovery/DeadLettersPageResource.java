package io.throughline.api.console.recovery;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.recovery.DeadLettersPage.LetterRow;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.InboxReplays;
import io.throughline.domain.inbox.InboxReplays.Filter;
import io.throughline.domain.inbox.InboxReplays.Kind;
import io.throughline.domain.inbox.InboxReplays.Put;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that could not be read: first which they are, then, some hundred a go, to be read again. */
@Path("/console/recovery/dead-letters")
@ForPeople
@Hidden
public final class DeadLettersPageResource {
    private static final List<String> FIELDS = List.of("account", "topic", "subject", "from", "until");
    private static final int SHOWN = 50;

    private final InboxReplays replays;
    private final Pages pages;

    public DeadLettersPageResource(InboxReplays replays, Pages pages) {
        this.replays = replays;
        this.pages = pages;
    }

    @GET
    @Allow(Role.ADMIN)
    public Response show(
            @QueryParam("account") @Nullable String account,
            @QueryParam("topic") @Nullable String topic,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @Context ContainerRequestContext request) {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "account", account);
        put(fields, "topic", topic);
        put(fields, "subject", subject);
        put(fields, "from", from);
        put(fields, "until", until);
        Visit visit = Visit.of(request);
        try {
            return pages.show(page(fields, Optional.empty()), visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(Map.of(), Optional.empty()), visit, refused);
        }
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.put(name, value.strip());
        }
    }

    @POST
    @Path("/replays")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response replay(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Map<String, String> fields = fields(visit.form());
        try {
            Progress before = Progress.at(visit.form());
            Put put =
                    replays.replay(filter(fields), after(before), visit.caller().actor());
            Optional<String> next = put.more() ? Optional.of(Long.toString(put.last())) : Optional.empty();
            return pages.show(page(fields, Optional.of(before.plus(put.replayed(), next))), visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(Map.of(), Optional.empty()), visit, refused);
        }
    }

    private static Map<String, String> fields(Form form) {
        Map<String, String> fields = new LinkedHashMap<>();
        FIELDS.forEach(name -> form.text(name).ifPresent(value -> fields.put(name, value)));
        return fields;
    }

    private static long after(Progress before) {
        try {
            return before.next().map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException other) {
            throw Progress.unknown();
        }
    }

    private static Filter filter(Map<String, String> fields) {
        return new Filter(
                Kind.DEAD_LETTERS,
                Optional.ofNullable(fields.get("account")).map(DeadLettersPageResource::account),
                Optional.ofNullable(fields.get("topic")),
                Optional.ofNullable(fields.get("subject")),
                Optional.ofNullable(fields.get("from")).map(DeadLettersPageResource::instant),
                Optional.ofNullable(fields.get("until")).map(DeadLettersPageResource::instant));
    }

    static AccountId account(String name) {
        try {
            return AccountId.of(name);
        } catch (IllegalArgumentException unfit) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "An account has a name such as square-northwind.");
        }
    }

    private static Instant instant(String text) {
        try {
            return WrittenTime.instant(text);
        } catch (IllegalArgumentException | DateTimeException unfit) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, "Say from and until as instants, such as 2026-11-23T09:00:00Z.");
        }
    }

    private DeadLettersPage page(Map<String, String> fields, Optional<Progress> progress) {
        InboxReplays.Preview found = replays.preview(filter(fields), SHOWN);
        Moments moments = pages.moments();
        return new DeadLettersPage(
                fields,
                found.matching(),
                found.sample().stream().map(letter -> row(letter, moments)).toList(),
                progress);
    }

    private static LetterRow row(InboxMessage letter, Moments moments) {
        return new LetterRow(
                letter.id(),
                letter.account().value(),
                letter.topic(),
                letter.subject(),
                Subjects.address(letter.subject()),
                moments.of(letter.receivedAt()),
                letter.attempts());
    }
}
