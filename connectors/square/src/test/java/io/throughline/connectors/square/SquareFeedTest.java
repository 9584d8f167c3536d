package io.throughline.connectors.square;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.reconciliation.EventFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SquareFeedTest {
    private final TestingStores testing = new TestingStores();

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void aLongFeedIsReadInPagesOldestFirst() {
        new TestingSubscription(testing).make(TestingStores.HOOK.toString());
        testing.square.subscriptions().ensure(TestingStores.POS);
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
}
