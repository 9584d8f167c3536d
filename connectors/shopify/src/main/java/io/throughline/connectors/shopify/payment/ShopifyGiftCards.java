package io.throughline.connectors.shopify.payment;

import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.counter.CardCodes;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gift cards of Shopify in place of money. {@code giftCardCreate} takes no idempotency key, but a code of ours, which Shopify gives to one card only; so a second
 * call of the same reference is refused as TAKEN, and the card of the first is looked for by its code and its note. Shopify's search may be a while behind.
 */
public final class ShopifyGiftCards implements GiftCards {
    private static final String CARD = "GiftCard";
    private static final String TAKEN = "TAKEN";

    private final Shops shops;
    private final CardCodes codes;

    public ShopifyGiftCards(Shops shops, CardCodes codes) {
        this.shops = shops;
        this.codes = codes;
    }

    @Override
    public Optional<Receipt> find(Claim claim) {
        return shops
                .of(claim.account())
                .call(Operation.GIFT_CARDS_BY_CODE, Map.of("code", code(claim)), Found.class)
                .giftCards()
                .nodes()
                .stream()
                .filter(card -> card.isOf(claim))
                .findFirst()
                .map(card -> Receipt.of(Gid.number(card.id())));
    }

    @Override
    public Reply give(Claim claim, String vendorKey) {
        Created answer = shops.of(claim.account())
                .call(Operation.GIFT_CARD_CREATE, Map.of("input", input(claim)), CreateAnswer.class)
                .giftCardCreate();
        if (answer.userErrors().stream()
                .anyMatch(error -> error.code().filter(TAKEN::equals).isPresent())) {
            return find(claim)
                    .map(Reply::done)
                    .orElseThrow(() -> SystemFailure.outcomeUnknown(
                            FailureCode.OUTCOME_UNKNOWN,
                            "Shopify has made the gift card of " + claim.reference() + ", and does not find it yet",
                            null));
        }
        return UserError.refusal(answer.userErrors(), FailureCode.REFUND_REFUSED)
                .orElseGet(() -> answer.giftCard()
                        .map(card -> Reply.done(Receipt.of(card.number())))
                        .orElseGet(() -> Reply.refused(
                                FailureCode.REFUND_REFUSED, "Shopify gave neither a gift card nor an error")));
    }

    private Map<String, Object> input(Claim claim) {
        return Map.of(
                "code",
                code(claim),
                "note",
                claim.reference(),
                "initialAmount",
                Map.of(
                        "amount",
                        claim.amount().toDecimal().toPlainString(),
                        "currencyCode",
                        claim.amount().currency().code()));
    }

    private String code(Claim claim) {
        return codes.of(claim.account(), claim.reference());
    }

    @Override
    public Standing standing(Claim claim, String card) {
        return shops.of(claim.account())
                .call(Operation.GIFT_CARD_READ, Map.of("id", Gid.of(CARD, card)), ReadCard.class)
                .giftCard()
                .map(read -> read.enabled() && read.deactivatedAt().isEmpty() ? Standing.THROUGH : Standing.FAILED)
                .orElse(Standing.PENDING);
    }

    private record Found(Connection<Card> giftCards) {}

    private record Card(String id, Optional<String> note) {
        boolean isOf(Claim claim) {
            return note.filter(claim.reference()::equals).isPresent();
        }
    }

    private record CreateAnswer(Created giftCardCreate) {}

    private record Created(Optional<Reference> giftCard, List<UserError> userErrors) {}

    private record ReadCard(Optional<Seen> giftCard) {}

    private record Seen(boolean enabled, Optional<String> deactivatedAt) {}
}
