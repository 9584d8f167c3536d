package io.throughline.connectors.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.square.types.WebhookSubscription;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to the one subscription of a merchant, which only a person can make. */
class SquareSubscriptionsTest {
    private final TestingStores testing = new TestingStores();
    private final TestingSubscription subscription = new TestingSubscription(testing);

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void whatWasSwitchedOffIsSwitchedOn() {
        subscription.make(TestingStores.HOOK.toString());
        subscription.change(WebhookSubscription.builder().enabled(false).build());

        assertThat(ensure()).isEqualTo(SquareSubscriptions.TOPICS);

        assertThat(subscription.get().getEnabled()).contains(true);
        assertThat(ensure()).isEmpty();
    }

    @Test
    void whatElseItHearsStays() {
        subscription.make(TestingStores.HOOK.toString());
        subscription.change(WebhookSubscription.builder()
                .eventTypes(List.of("inventory.count.updated", "payment.created"))
                .build());

        ensure();

        assertThat(subscription.get().getEventTypes().orElseThrow()).contains("inventory.count.updated");
    }

    @Test
    void whatIsNotThereIsForAPersonToMake() {
        assertMissing("has no webhook subscription");
        subscription.make("https://other.example/hook");
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
}
