package io.throughline.api.returns;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnFilter;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.Verdict;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/** The returns as this API reads and writes them: each thing that is told is stored before it is answered, and answered as it then stands. */
public final class ReturnBook {
    private final Returns returns;
    private final ReturnIntake intake;
    private final Links links;
    private final ReturnReach reach;

    public ReturnBook(Returns returns, ReturnIntake intake, Links links) {
        this.returns = returns;
        this.intake = intake;
        this.links = links;
        this.reach = new ReturnReach(returns);
    }

    public ReturnReach reach() {
        return reach;
    }

    /** One that the caller may see. */
    public Return get(String id, Caller caller) {
        Return found = get(id);
        if (!reach.maySee(caller, found)) {
            throw ProblemException.notFound("such return");
        }
        return found;
    }

    public List<Return> list(ReturnFilter filter) {
        return returns.list(filter);
    }

    public ReturnIntake intake() {
        return intake;
    }

    public Return get(String id) {
        return Parameters.name(id, ReturnId::new)
                .flatMap(returns::find)
                .orElseThrow(() -> ProblemException.notFound("such return"));
    }

    public List<Return> ofOrder(OrderId order) {
        return returns.ofOrder(order).reversed();
    }

    public List<Return> recent(int limit) {
        return returns.recent(limit);
    }

    public static Person person(Caller caller) {
        return new Person(caller.owner(), caller.actor());
    }

    /** The key counts for the one thing that it was sent with: {@code about} is the address. */
    public static Submission submission(HttpHeaders headers, Caller caller, String about, Object content) {
        return submission(caller, IdempotencyKey.of(headers).value(), about, content);
    }

    /** The same where a page bears the key. */
    public static Submission submission(Caller caller, String key, String about, Object content) {
        return new Submission(person(caller), key, Sha256.hex(StrictJson.canonical(List.of(about, content))));
    }

    /** 202 with the return as it stands, or the problem. */
    public Response answer(Outcome outcome) {
        ReturnId id = check(outcome);
        return outcome instanceof Outcome.Replayed
                ? accepted(id).header(IdempotencyKey.REPLAYED, "true").build()
                : accepted(id).build();
    }

    /** The return that was told of, now or before; or the problem. */
    public static ReturnId check(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored -> stored.id();
            case Outcome.Replayed replayed -> replayed.id();
            case Outcome.KeyReused reused ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "An earlier request had this Idempotency-Key and other content.");
            case Outcome.Conflict conflict -> throw new ProblemException(ProblemType.CONFLICT, conflict.why());
            case Outcome.Denied denied ->
                throw new ProblemException(
                        ProblemType.CONFLICT, "Not all of it is taken back.", errors(denied.verdicts()));
        };
    }

    private Response.ResponseBuilder accepted(ReturnId id) {
        return Response.accepted(ReturnSummary.of(returns.find(id).orElseThrow()))
                .location(links.returned(id));
    }

    private static List<FieldError> errors(List<Verdict> verdicts) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Refused refused) {
                errors.add(new FieldError(
                        "/lines/" + i, refused.reason() + " (" + refused.rule() + "): " + refused.why()));
            }
        }
        return errors;
    }
}
