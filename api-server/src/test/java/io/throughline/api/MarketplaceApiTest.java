package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.OrderRules;
import io.throughline.wire.SharedSecrets;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A marketplace hands over its orders with its own key, and asks for their cancellation by signed webhooks. */
final class MarketplaceApiTest {
    private static final AccountId BAZAAR = AccountId.of("bazaar");
    private static final String SECRET = "synthetic-marketplace-signing-secret";

    private final TestingApi api = TestingApi.get();
    private final String key = api.keyRing()
            .make("bazaar", Set.of(Role.INTEGRATION), Optional.empty())
            .reveal();
    private final String name = "MP-" + UUID.randomUUID();
    private final Instant placedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void itsOrdersAreItsOwnWithTheirDeadlines() {
        Answer answer = submit(body(placedAt));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.text("/workflowId")).isEqualTo("order/bazaar/" + name);
        Order order = stored();
        assertThat(order.channel()).isEqualTo(Channel.MARKETPLACE);
        assertThat(order.isPaid()).isTrue();
        heard(order);
        Answer detail = api.get("/v1/orders/" + order.id(), Role.SUPPORT);
        assertThat(detail.text("/marketplace/account")).isEqualTo("bazaar");
        assertThat(detail.text("/marketplace/acknowledgeBy"))
                .isEqualTo(placedAt.plus(Duration.ofMinutes(30)).toString());
        assertThat(detail.text("/marketplace/shipBy")).isNotEmpty();
    }

    @Test
    void theSameOrderTwiceIsOneAndAnotherUnderItsNameIsRefused() {
        submit(body(placedAt));
        Answer again = submit(body(placedAt));
        Answer other = submit(body(placedAt).replace("NW-TEE-BLK-M", "NW-CAP-NVY"));

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void whatWasNotAgreedIsRefusedAndSaysWhatToDo() {
        assertInvalid(body(placedAt).replace("USD", "EUR"), "/currency", "in which 'bazaar' pays");
        assertInvalid(
                body(placedAt).replace("\"gateway\":\"bazaar\"", "\"gateway\":\"card\""),
                "/tenders/0/gateway",
                "owes us");
        assertInvalid(body(placedAt).replace("\"MARKETPLACE\"", "\"API\""), "/channel", "MARKETPLACE");
        assertInvalid(body(placedAt.minus(Duration.ofDays(30))), "/placedAt", "it had to be shipped by");
        assertInvalid(
                body(placedAt).replace("\"method\":\"SHIPPING\"", "\"method\":\"PICKUP\",\"facility\":\"ST-HARBOR\""),
                "/delivery/method",
                "nothing that a marketplace sells is collected");
        assertInvalid(
                body(placedAt).replace("\"channel\":\"MARKETPLACE\"", "\"soldAt\":\"ST-HARBOR\""),
                "/soldAt",
                "sold in no store");
        assertInvalid(body(placedAt).replace("NW-TEE-BLK-M", "NW-GIFT-50"), "/lines", "no gift cards");
        assertThat(api.database().submittedOrders().read(new OrderKey(BAZAAR, name)))
                .isEmpty();
    }

    @Test
    void anotherClientsOrderIsNoneOfTheMarketplace() {
        Answer answer = api.postOnce("/v1/orders", Role.INTEGRATION, name, body(placedAt));

        assertThat(answer.text("/workflowId")).isEqualTo("order/rest/" + name);
        assertThat(api.database().marketplaceOrders().find(OrderId.of(new OrderKey(AccountId.of("rest"), name))))
                .isEmpty();
    }

    @Test
    void aCancellationIsAskedForBySignatureAndAnsweredAtOnce() {
        submit(body(placedAt));
        heard(stored());

        Answer answer = webhook(SECRET, wish(name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/outcome")).isEqualTo("CANCELLING");
        assertThat(webhook(SECRET, wish(name)).text("/outcome"))
                .as("asked again it is the same wish")
                .isEqualTo("CANCELLING");
        OrderId id = stored().id();
        assertThat(api.database().orders().view(id).orElseThrow().cancelRequestedAt())
                .isPresent();
        assertThat(api.database().marketplaceOrders().find(id).orElseThrow().cancellationAskedAt())
                .isPresent();
    }

    @Test
    void whatItsBuyerWantsToGiveBackIsAReturnByPolicyAndIsOneHoweverOftenItIsAsked() {
        submit(body(placedAt));
        heard(stored());
        Answer early = webhook(SECRET, wishToReturn("MB-1", 1, "NO_LONGER_WANTED"));
        assertThat(early.text("/outcome")).as(early.body()).isEqualTo("REFUSED");
        assertThat(early.text("/why/0")).contains("NOT_HANDED_OVER");
        shipped(stored());

        Answer answer = webhook(SECRET, wishToReturn("MB-2", 1, "NO_LONGER_WANTED"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/outcome")).isEqualTo("AUTHORISED");
        String id = answer.text("/returnId");
        assertThat(webhook(SECRET, wishToReturn("MB-2", 1, "NO_LONGER_WANTED")).text("/returnId"))
                .isEqualTo(id);
        assertThat(webhook(SECRET, wishToReturn("MB-2", 2, "NO_LONGER_WANTED")).status())
                .isEqualTo(422);
        Answer more = webhook(SECRET, wishToReturn("MB-3", 2, "DEFECTIVE"));
        assertThat(more.text("/outcome")).isEqualTo("REFUSED");
        assertThat(more.text("/why/0")).contains("MORE_THAN_IS_LEFT");

        Answer found = api.get("/v1/returns?id=MB-2-" + name, Role.VIEWER);
        assertThat(found.text("/returns/0/returnId")).as(found.body()).isEqualTo(id);
        assertThat(api.query("select subject from inbox_message where subject like 'return/bazaar/" + id + "'"))
                .contains("return/bazaar/" + id);
    }

    /** So much is given without goods by a second person only, and above 25.00 by nobody without a photo. */
    @Test
    void moneyWithoutGoodsIsAClaimByPolicy() {
        submit(body(placedAt));
        heard(stored());
        shipped(stored());

        Answer unseen = webhook(SECRET, wishToKeep("MB-4", 2, "DAMAGED"));
        assertThat(unseen.text("/outcome")).as(unseen.body()).isEqualTo("REFUSED");
        assertThat(unseen.text("/why/0")).contains("claims.photosAbove");
        Answer unwanted = webhook(SECRET, wishToKeep("MB-6", 1, "NO_LONGER_WANTED"));
        assertThat(unwanted.text("/why/0")).as(unwanted.body()).contains("have to come back");
        Answer never = webhook(SECRET, wishToReturn("MB-7", 1, "NOT_RECEIVED"));
        assertThat(never.text("/why/0")).as(never.body()).contains("goodsStay");
        Answer one = webhook(SECRET, wishToKeep("MB-5", 1, "DAMAGED"));
        assertThat(one.text("/outcome")).as(one.body()).isEqualTo("AUTHORISED");
        assertThat(api.get("/v1/returns/" + one.text("/returnId"), Role.VIEWER).text("/summary/kind"))
                .isEqualTo("CLAIM");
    }

    @Test
    void aReturnThatNobodyCanReadOrNobodySignedIsRefused() {
        assertThat(webhook("another-secret", wishToReturn("MB-1", 1, "OTHER")).status())
                .isEqualTo(401);
        assertThat(webhook(SECRET, wishToReturn("MB-1", 1, "OTHER")).status())
                .as("no such order")
                .isEqualTo(404);
        Answer unreadable = webhook(SECRET, wishToReturn("MB-1", 1, "BORED"));
        assertThat(unreadable.status()).isEqualTo(422);
        assertThat(unreadable.body()).contains("NO_LONGER_WANTED");
    }

    /** It has left the harbor store. */
    private void shipped(Order order) {
        FulfillmentOrderId work = ShippedOrders.reserved(api, order, SampleFacilities.ST_HARBOR, 0)
                .allocate(
                        order.id(),
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        SampleFacilities.ST_HARBOR,
                                        DeliveryMethod.SHIPPING,
                                        Optional.empty(),
                                        order.deliveries().getFirst().lines())),
                                "nearest"))
                .orElseThrow()
                .getFirst()
                .id();
        api.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        Instant.now(),
                        Optional.empty());
    }

    private String wishToReturn(String request, int units, String reason) {
        return "{\"id\":\"e-1\",\"type\":\"order.return_requested\",\"orderId\":\"" + name + "\",\"returnId\":\""
                + request + "-" + name + "\",\"lines\":[{\"line\":\"1\",\"quantity\":" + units + ",\"reason\":\""
                + reason + "\"}]}";
    }

    private String wishToKeep(String request, int units, String reason) {
        return wishToReturn(request, units, reason).replace("\"lines\"", "\"goodsStay\":true,\"lines\"");
    }

    @Test
    void aMarketplaceHearsOfNoEdits() {
        submit(body(placedAt));
        heard(stored());

        Answer answer =
                api.post("/v1/orders/" + stored().id() + "/edits", Role.SUPPORT, "{\"order\":" + body(placedAt) + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("hears of no edits");
    }

    @Test
    void whatNobodySignedOrNobodyKnowsIsRefused() {
        assertThat(webhook("another-secret", wish(name)).status()).isEqualTo(401);
        assertThat(webhook(SECRET, wish(name)).status()).isEqualTo(404);
        assertThat(webhook(SECRET, "{\"type\":\"order.gift_wrapped\"}").status())
                .isEqualTo(422);
        assertThat(webhook(SECRET, "not JSON").status()).isEqualTo(422);
    }

    private void assertInvalid(String body, String pointer, String words) {
        Answer answer = submit(body);
        assertThat(answer.status()).as(body + answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(pointer, words);
    }

    private Order stored() {
        return api.database()
                .submittedOrders()
                .read(new OrderKey(BAZAAR, name))
                .orElseThrow()
                .order();
    }

    /** As its process does first of all. */
    private void heard(Order order) {
        api.database()
                .orders()
                .hint(
                        order.key(),
                        Channel.MARKETPLACE,
                        new OrderRules("standard-4", Optional.of("routing-1"), Set.of()));
        api.database().orders().accept(order, PersonalData.none(), Instant.now());
    }

    private Answer submit(String body) {
        return api.send(api.to("/v1/orders")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", name)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer webhook(String secret, String body) {
        return api.send(api.to("/webhooks/marketplace")
                .header("Content-Type", "application/json")
                .header(
                        "X-Marketplace-Signature",
                        SharedSecrets.of(List.of(secret)).sign(body.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String wish(String order) {
        return "{\"id\":\"e-1\",\"type\":\"order.cancellation_requested\",\"orderId\":\"" + order + "\"}";
    }

    private String body(Instant placed) {
        return """
                {"externalId":"%s","channel":"MARKETPLACE","placedAt":"%s","currency":"USD","taxesIncluded":true,
                "lines":[{"id":"1","sku":"NW-TEE-BLK-M","quantity":2,"unitPrice":"25.00","total":"50.00"}],
                "total":"50.00",
                "tenders":[{"id":"paid","gateway":"bazaar","amount":"50.00","capturedAt":"%s"}],
                "delivery":{"method":"SHIPPING","address":{"city":"Boston","postalCode":"02110","country":"US"}}}
                """.formatted(name, placed, placed);
    }
}
