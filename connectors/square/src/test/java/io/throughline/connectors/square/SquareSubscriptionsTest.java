package io.throughline.connectors.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.square.SquareClient;
import com.squareup.square.types.WebhookSubscription;
import com.squareup.square.webhooks.types.ListSubscriptionsRequest;
import com.squareup.square.webhooks.types.UpdateWebhookSubscriptionRequest;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SquareSubscriptionsTest {
    private final TestingStores testing = new TestingStores();
    private final SquareClient director = SquareClient.builder()
            .token("sandbox-square-token")
            .url(testing.sandbox.base("square").toString())
            .maxRetries(0)
            .build();

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void whatIsThereAndHearsEnoughStaysAsItIs() {
        subscribe(TestingStores.HOOK.toString());
        JsonNode before = testing.control("GET", "/square/webhook-subscription", "");

        assertThat(ensure()).isEmpty();

        assertThat(testing.control("GET", "/square/webhook-subscription", "")).isEqualTo(before);
    }

    @Test
    void whatWasSwitchedOffIsSwitchedOn() {
        subscribe(TestingStores.HOOK.toString());
        change(WebhookSubscription.builder().enabled(false).build());

        assertThat(ensure()).isEqualTo(SquareSubscriptions.TOPICS);

        assertThat(subscription().getEnabled()).contains(true);
        assertThat(ensure()).isEmpty();
    }

    @Test
    void whatHearsTooLittleHearsMoreAndNothingLess() {
        subscribe(TestingStores.HOOK.toString());
        change(WebhookSubscription.builder()
                .eventTypes(List.of("inventory.count.updated", "payment.created"))
                .build());

        assertThat(ensure()).containsExactly("order.updated", "order.fulfillment.updated", "payment.updated");

        assertThat(subscription().getEventTypes().orElseThrow())
                .contains("inventory.count.updated")
                .containsAll(SquareSubscriptions.TOPICS);
    }

    @Test
    void whatIsNotThereIsForAPersonToMake() {
        assertMissing("has no webhook subscription");
        subscribe("https://other.example/hook");
        assertMissing("has no webhook subscription");
    }

    @Test
    void aKeyThatWeDoNotHaveIsForAPersonToConfigure() {
        testing.control(
                "PUT",
                "/square/webhook-subscription",
                "{\"url\":\"" + TestingStores.HOOK + "\",\"signatureKey\":\"rotated\"}");

        assertMissing("a key that is not configured");
    }

    @Test
    void aLongFeedIsReadInPagesOldestFirst() {
        subscribe(TestingStores.HOOK.toString());
        ensure();
        for (int i = 0; i < 60; i++) {
            testing.control(
                    "POST",
                    "/square/sales?webhooks=none",
                    "{\"location\":\"LHARBOR\",\"items\":[{\"sku\":\"NW-CAP-NVY\"}]}");
        }

        List<EventFeed.Event> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            EventFeed.Page page = testing.square.feed().since(TestingStores.POS, Instant.EPOCH, cursor);
            all.addAll(page.events());
            cursor = page.next();
            pages++;
        } while (cursor.isPresent());

        long sales = all.stream()
                .filter(event -> event.topic().equals("payment.created"))
                .map(EventFeed.Event::subject)
                .distinct()
                .count();
        assertThat(sales).isEqualTo(60);
        assertThat(all).extracting(EventFeed.Event::eventId).doesNotHaveDuplicates();
        assertThat(all).extracting(EventFeed.Event::hint).isSorted();
        assertThat(pages).isEqualTo((all.size() + 99) / 100);
        assertThat(testing.sandbox.webhooks().sent(Optional.of("square"), 0)).isEmpty();
    }

    private List<String> ensure() {
        return testing.square.subscriptions().ensure(TestingStores.POS);
    }

    private void assertMissing(String why) {
        assertThatThrownBy(this::ensure)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.SUBSCRIPTION_MISSING));
    }

    private void subscribe(String url) {
        testing.control("PUT", "/square/webhook-subscription", "{\"url\":\"" + url + "\"}");
    }

    private WebhookSubscription subscription() {
        return director.webhooks()
                .subscriptions()
                .list(ListSubscriptionsRequest.builder().includeDisabled(true).build())
                .streamItems()
                .findFirst()
                .orElseThrow();
    }

    private void change(WebhookSubscription change) {
        director.webhooks()
                .subscriptions()
                .update(UpdateWebhookSubscriptionRequest.builder()
                        .subscriptionId(subscription().getId().orElseThrow())
                        .subscription(change)
                        .build());
    }
}
