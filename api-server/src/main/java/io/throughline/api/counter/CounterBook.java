package io.throughline.api.counter;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.trace.Spellings;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.BlindPreview;
import io.throughline.domain.counter.CardCodes;
import io.throughline.domain.counter.CounterIntake;
import io.throughline.domain.counter.CounterIntake.Outcome;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.returns.Verdict;
import io.throughline.domain.trace.Trace;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The returns over counters as this API reads and writes them: what is told is stored before it is answered, and answered as it then stands. */
public final class CounterBook {
    private final CounterReturns returns;
    private final CounterIntake intake;
    private final Trace trace;
    private final CardCodes codes;
    private final Links links;

    public CounterBook(CounterReturns returns, CounterIntake intake, Trace trace, CardCodes codes, Links links) {
        this.returns = returns;
        this.intake = intake;
        this.trace = trace;
        this.codes = codes;
        this.links = links;
    }

    CounterReturns returns() {
        return returns;
    }

    public CounterIntake intake() {
        return intake;
    }

    /** A store's device sees those of its own stores. */
    static boolean maySee(Caller caller, CounterReturn one) {
        return caller.worksFor(one.store()) || caller.hasAny(Role.VIEWER, Role.FINANCE);
    }

    /** The newest first, of those that the caller may see. */
    public List<CounterReturn> recent(int limit, Caller caller) {
        return returns.recent(limit).stream().filter(one -> maySee(caller, one)).toList();
    }

    public CounterReturn get(String id, Caller caller) {
        return Parameters.name(id, CounterReturnId::new)
                .flatMap(returns::find)
                .filter(one -> maySee(caller, one))
                .orElseThrow(() -> ProblemException.notFound("such return over a counter"));
    }

    /** By its own name, or by that of a refund of it. */
    Optional<CounterReturn> scanned(String id) {
        return Parameters.name(id, CounterReturnId::new)
                .or(() -> Spellings.lookUp(trace, Spellings.asked(id)).flatMap(CounterReturnId::about))
                .flatMap(returns::find);
    }

    /** The card that was given without a receipt, once the channel has shown that it is there; empty: there is none, or not yet. */
    Optional<GiftCardView> giftCard(CounterReturn one) {
        return one.unreceipted()
                .filter(blind -> codes.accounts().contains(blind.creditBy()))
                .flatMap(blind -> one.parts().stream()
                        .filter(part -> part.way() == CounterReturn.Way.SYSTEM && part.confirmed())
                        .findFirst()
                        .map(part -> new GiftCardView(
                                codes.of(blind.creditBy(), one.reference(part)),
                                part.amount().toDecimal().toPlainString(),
                                part.amount().currency().code(),
                                part.given().map(CounterReturn.Given::reference).orElse(""))));
    }

    /** 202 with the return as it stands, or the problem. */
    Response answer(Outcome outcome) {
        CounterReturnId id = check(outcome);
        return outcome instanceof Outcome.Replayed
                ? accepted(id).header(IdempotencyKey.REPLAYED, "true").build()
                : accepted(id).build();
    }

    /** The return that was told of, now or before; or the problem. */
    public static CounterReturnId check(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored(CounterReturnId id) -> id;
            case Outcome.Replayed(CounterReturnId id) -> id;
            case Outcome.KeyReused reused ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "An earlier request had this Idempotency-Key and other content.");
            case Outcome.Conflict(String why) -> throw new ProblemException(ProblemType.CONFLICT, why);
            case Outcome.Unwanted(List<BlindPreview.Objection> objections) ->
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Without a receipt this is not taken back.",
                        objections.stream()
                                .map(one -> new FieldError(
                                        one.line().map(line -> "/lines/" + line).orElse(""),
                                        one.rule() + ": " + one.why()))
                                .toList());
            case Outcome.Denied(List<Verdict> verdicts) ->
                throw new ProblemException(ProblemType.CONFLICT, "Not all of it is taken back.", errors(verdicts));
        };
    }

    private Response.ResponseBuilder accepted(CounterReturnId id) {
        return Response.accepted(CounterReturnView.of(returns.find(id).orElseThrow()))
                .location(links.counterReturn(id));
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
