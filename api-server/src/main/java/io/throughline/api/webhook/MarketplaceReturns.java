package io.throughline.api.webhook;

import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.webhook.MarketplaceWebhookResource.Answer;
import io.throughline.api.webhook.MarketplaceWebhookResource.Outcome;
import io.throughline.connectors.marketplace.MarketplaceWebhooks.ReturnAsked;
import io.throughline.connectors.marketplace.MarketplaceWebhooks.Units;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a marketplace asks to take back becomes a return by the policy of the order's day, as anybody's does: goods by mail, or a claim where they stay with their
 * buyer. The marketplace's own name of it is its key, so that what is asked twice is one.
 */
public final class MarketplaceReturns {
    private final ReturnIntake intake;
    private final ReturnPreviews previews;
    private final MarketplaceOrders orders;

    public MarketplaceReturns(ReturnIntake intake, ReturnPreviews previews, MarketplaceOrders orders) {
        this.intake = intake;
        this.previews = previews;
        this.orders = orders;
    }

    Answer ask(ReturnAsked asked) {
        List<String> unfit =
                asked.lines().stream().flatMap(line -> unfit(asked, line)).toList();
        return unfit.isEmpty() ? authorise(asked) : refused(asked, unfit);
    }

    /** What never came can't be sent back, and for what is only not wanted nothing is given while it stays. */
    private static Stream<String> unfit(ReturnAsked asked, Units line) {
        if (asked.goodsStay()) {
            return line.reason().isClaim()
                    ? Stream.empty()
                    : Stream.of("line " + line.lineId() + ": for " + line.reason() + " the goods have to come back");
        }
        return line.reason() == ReturnReason.NEVER_ARRIVED
                ? Stream.of("line " + line.lineId() + ": what never arrived does not come back: ask with goodsStay")
                : Stream.empty();
    }

    private Answer authorise(ReturnAsked asked) {
        ReturnRequest request = request(asked);
        String client = "marketplace " + asked.order().account();
        ReturnIntake.Outcome outcome = intake.authorise(
                new ReturnIntake.Submission(
                        new ReturnIntake.Person(client, client),
                        "marketplace-return/" + asked.request(),
                        Sha256.hex(StrictJson.canonical(asked))),
                asked.order(),
                request,
                false,
                purchase -> previews.of(purchase, request));
        return switch (outcome) {
            case ReturnIntake.Outcome.Stored(ReturnId id) -> authorised(asked, id);
            case ReturnIntake.Outcome.Replayed(ReturnId id) -> authorised(asked, id);
            case ReturnIntake.Outcome.KeyReused reused ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "The return " + asked.request() + " was asked for before with other content.");
            case ReturnIntake.Outcome.Conflict(String why) -> refused(asked, List.of(why));
            case ReturnIntake.Outcome.Denied(List<Verdict> verdicts) ->
                refused(
                        asked,
                        verdicts.stream().flatMap(MarketplaceReturns::why).toList());
        };
    }

    private static ReturnRequest request(ReturnAsked asked) {
        return new ReturnRequest(
                OrderId.of(asked.order()),
                asked.goodsStay() ? new ReturnCause.Claim(List.of()) : new ReturnCause.ByChoice(),
                asked.goodsStay() ? new ReturnedTo.Never() : new ReturnedTo.ByMail(),
                asked.lines().stream()
                        .map(line ->
                                new ReturnRequest.Line(line.lineId(), line.quantity(), line.reason(), Optional.empty()))
                        .toList());
    }

    private static Stream<String> why(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused
                ? Stream.of("line " + refused.line().lineId() + ": " + refused.reason() + " (" + refused.rule() + "), "
                        + refused.why())
                : Stream.empty();
    }

    /** Its name at the marketplace is told after it was stored; asked again, it is told then. */
    private Answer authorised(ReturnAsked asked, ReturnId id) {
        orders.returnAsked(OrderId.of(asked.order()), id, asked.request());
        return new Answer(
                asked.order().externalId(), Outcome.AUTHORISED, List.of(), Optional.of(id.value()), List.of());
    }

    private static Answer refused(ReturnAsked asked, List<String> why) {
        return new Answer(asked.order().externalId(), Outcome.REFUSED, List.of(), Optional.empty(), why);
    }
}
