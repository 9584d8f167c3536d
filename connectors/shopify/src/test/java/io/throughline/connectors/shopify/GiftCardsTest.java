package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.counter.CardCodes;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.counter.GiftCards.Claim;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gift cards in place of money: one of a reference, whatever key or reply gets lost, for its code is ours. */
@Execution(ExecutionMode.SAME_THREAD)
final class GiftCardsTest {
    private static final AtomicInteger CLAIMS = new AtomicInteger();
    private static final TestingSandbox sandbox = TestingSandbox.start();
    private static final CardCodes CODES = new CardCodes(Map.of(SampleShops.NORTHWIND, "a secret for these tests"));

    private final GiftCards cards = sandbox.connector().giftCards(CODES);
    private final Claim claim = claim("12.00");

    @AfterEach
    void mend() {
        sandbox.noMoreFaults();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void isMadeOnceUnderItsCodeAndFoundByIt() {
        assertThat(cards.find(claim)).isEmpty();

        Reply first = cards.give(claim, key());
        Reply second = cards.give(claim, key());

        assertThat(first).isInstanceOf(Reply.Done.class).isEqualTo(second);
        Receipt receipt = ((Reply.Done) first).receipt();
        assertThat(cards.find(claim)).contains(receipt);
        assertThat(cards.standing(claim, receipt.reference())).isEqualTo(Standing.THROUGH);
        assertThat(made(claim)).isEqualTo(1);
        JsonNode card = card(receipt);
        assertThat(card.path("code").asText()).isEqualTo(CODES.of(SampleShops.NORTHWIND, claim.reference()));
        assertThat(card.path("amount").asText()).isEqualTo("12.00");
        assertThat(claim.asked()).doesNotContain(card.path("code").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose_reply", "truncate"})
    void afterALostReplyTheCardIsFound(String kind) {
        sandbox.fault("giftCardCreate", kind);

        assertThatThrownBy(() -> cards.give(claim, key()))
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        failure -> assertThat(failure.effectPossible()).isTrue());

        assertThat(cards.find(claim)).isPresent();
        assertThat(cards.give(claim, key())).isInstanceOf(Reply.Done.class);
        assertThat(made(claim)).isEqualTo(1);
    }

    @Test
    void whatTheShopDoesNotAllowIsRefused() {
        Claim nothing = claim("0.00");

        assertThat(cards.give(nothing, key())).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.REFUND_REFUSED);
            assertThat(refused.detail()).contains("GREATER_THAN");
        });
    }

    @Test
    void aCardThatIsNotSeenIsOnItsWayAndAStoppedOneHasFailed() {
        assertThat(cards.standing(claim, "999999999")).isEqualTo(Standing.PENDING);

        Receipt receipt = ((Reply.Done) cards.give(claim, key())).receipt();
        sandbox.control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/gift-cards/" + receipt.reference() + "/deactivate",
                "",
                204);

        assertThat(cards.standing(claim, receipt.reference())).isEqualTo(Standing.FAILED);
    }

    private static long made(Claim claim) {
        return stored().valueStream()
                .filter(card -> card.path("note").asText().equals(claim.reference()))
                .count();
    }

    private static JsonNode card(Receipt receipt) {
        return stored().valueStream()
                .filter(card -> card.path("id").asText().equals(receipt.reference()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode stored() {
        return sandbox.control("GET", "/shopify/" + SampleShops.DOMAIN + "/gift-cards", "", 200);
    }

    private static Claim claim(String amount) {
        return new Claim(
                SampleShops.NORTHWIND,
                "RC-TESTS/" + CLAIMS.incrementAndGet(),
                Money.of(amount, CurrencyCode.of("USD")));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
