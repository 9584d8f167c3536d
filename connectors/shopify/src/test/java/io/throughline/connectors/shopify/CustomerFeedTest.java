package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.reconciliation.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of customers of which no webhook came. */
final class CustomerFeedTest {
    private static final String PATH = "/shopify/" + SampleShops.DOMAIN + "/customers?webhooks=none";

    private TestingSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = TestingSandbox.start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aChangeThatWasToldToNobodyIsFoundUnderTheSameIdUntilTheNext() {
        sandbox.control("PUT", PATH, "{\"id\":8100000000001,\"first_name\":\"Ada\"}", 200);

        List<EventFeed.Event> found = since(Instant.now().minus(Duration.ofMinutes(1)));

        assertThat(found).singleElement().satisfies(event -> {
            assertThat(event.subject()).isEqualTo("customer/" + SampleShops.NORTHWIND + "/8100000000001");
            assertThat(event.hint()).isEqualTo("{}");
        });
        assertThat(since(Instant.now().minus(Duration.ofMinutes(1)))).isEqualTo(found);
        assertThat(since(Instant.now().plus(Duration.ofMinutes(1)))).isEmpty();
    }

    @Test
    void manyComePageByPage() {
        for (int number = 1; number <= 101; number++) {
            sandbox.control("PUT", PATH, "{\"id\":" + (8_100_000_000_000L + number) + "}", 200);
        }
        Instant since = Instant.now().minus(Duration.ofMinutes(5));

        EventFeed.Page first = sandbox.connector().feed().since(SampleShops.NORTHWIND, since, Optional.empty());
        EventFeed.Page second = sandbox.connector().feed().since(SampleShops.NORTHWIND, since, first.next());

        assertThat(first.events()).hasSize(100);
        assertThat(second.events()).hasSize(1).doesNotContainAnyElementsOf(first.events());
        assertThat(second.next()).isEmpty();
    }

    private List<EventFeed.Event> since(Instant since) {
        return sandbox.connector()
                .feed()
                .since(SampleShops.NORTHWIND, since, Optional.empty())
                .events();
    }
}
