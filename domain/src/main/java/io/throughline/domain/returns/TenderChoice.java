package io.throughline.domain.returns;

import io.throughline.domain.order.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * To what a refund goes, by the policy and by what was asked for. {@code rule} is the one that says so where nobody has chosen it;
 * {@code objection} says why it can't be as it was asked for.
 */
record TenderChoice(RefundTo to, Optional<String> rule, Optional<String> objection) {
    /** {@code allowed} are the lines that are taken back. A rule that gives nothing but credit is for who returns by choice, and no fault of ours. */
    static TenderChoice of(
            Purchase purchase,
            ReturnPolicy policy,
            ReturnRequest request,
            List<ReturnRequest.Line> allowed,
            Instant now) {
        if (purchase.channel() == Channel.MARKETPLACE) {
            return ofMarketplace(request);
        }
        if (purchase.paidByCredit()) {
            return ofExchange(request);
        }
        ReturnPolicy.StoreCredit credit = policy.storeCredit();
        List<Ruled> ruled = request.cause() instanceof ReturnCause.ByChoice
                ? allowed.stream()
                        .flatMap(line ->
                                rule(purchase, policy, line, now).map(rule -> new Ruled(line.lineId(), rule)).stream())
                        .toList()
                : List.of();
        Optional<String> rule =
                ruled.stream().map(one -> "storeCredit.only." + one.rule()).findFirst();
        if (!ruled.isEmpty() && ruled.size() == allowed.size()) {
            return new TenderChoice(RefundTo.STORE_CREDIT, rule, Optional.empty());
        }
        if (request.refundTo() == RefundTo.STORE_CREDIT) {
            return new TenderChoice(
                    RefundTo.STORE_CREDIT,
                    Optional.empty(),
                    credit.byChoice()
                            ? Optional.empty()
                            : Optional.of("store credit is not offered for it (storeCredit.byChoice)"));
        }
        return new TenderChoice(
                RefundTo.ORIGINAL,
                Optional.empty(),
                rule.map(name -> "for line " + ruled.getFirst().lineId() + " nothing but store credit is given (" + name
                        + "): return it by itself" + (credit.byChoice() ? ", or ask for STORE_CREDIT" : "")));
    }

    /** It has taken the money, and gives that back. */
    private static TenderChoice ofMarketplace(ReturnRequest request) {
        return new TenderChoice(
                request.refundTo(),
                Optional.empty(),
                request.refundTo() == RefundTo.STORE_CREDIT
                        ? Optional.of("a marketplace gives its buyers no store credit")
                        : Optional.empty());
    }

    /** The credit that had paid goes back to what it came of, whatever that was. */
    private static TenderChoice ofExchange(ReturnRequest request) {
        return new TenderChoice(
                request.refundTo(),
                Optional.empty(),
                request.refundTo() == RefundTo.STORE_CREDIT
                        ? Optional.of(
                                "what was taken in exchange is paid back to what had paid for it: ask for ORIGINAL")
                        : Optional.empty());
    }

    private static Optional<String> rule(Purchase purchase, ReturnPolicy policy, ReturnRequest.Line line, Instant now) {
        Purchase.Line bought = purchase.line(line.lineId()).orElseThrow();
        Duration since = Duration.between(bought.handedOverAt().orElse(purchase.placedAt()), now);
        return policy.ourFault().contains(line.reason())
                ? Optional.empty()
                : policy.storeCredit().rule(purchase.channel(), bought.sold().sku(), since);
    }

    private record Ruled(String lineId, String rule) {}
}
