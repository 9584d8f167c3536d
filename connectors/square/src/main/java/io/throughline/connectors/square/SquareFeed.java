package io.throughline.connectors.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.square.core.ObjectMappers;
import com.squareup.square.types.Event;
import com.squareup.square.types.SearchEventsFilter;
import com.squareup.square.types.SearchEventsQuery;
import com.squareup.square.types.SearchEventsRequest;
import com.squareup.square.types.SearchEventsResponse;
import com.squareup.square.types.SearchEventsSort;
import com.squareup.square.types.SortOrder;
import com.squareup.square.types.TimeRange;
import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened at Square, asked for instead of waited for: the same events, with the same ids, as the webhooks bring. A lost
 * webhook is found here, in Square's own words up to 28 days later.
 */
public final class SquareFeed {

    private static final int PAGE = 100;

    private final Merchants merchants;

    SquareFeed(Merchants merchants) {
        this.merchants = merchants;
    }

    /** Events at or after an instant, oldest first. */
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        SearchEventsRequest.Builder request = SearchEventsRequest.builder()
                .limit(PAGE)
                .query(SearchEventsQuery.builder()
                        .filter(SearchEventsFilter.builder()
                                .createdAt(TimeRange.builder()
                                        .startAt(since.toString())
                                        .build())
                                .build())
                        .sort(SearchEventsSort.builder()
                                .field("DEFAULT")
                                .order(SortOrder.ASC)
                                .build())
                        .build());
        cursor.ifPresent(request::cursor);
        SearchEventsRequest search = request.build();
        SearchEventsResponse answer =
                merchants.of(account).mustRead(client -> client.events().searchEvents(search));
        List<SquareEvent> events = answer.getEvents().orElse(List.of()).stream()
                .flatMap(event -> read(account, event).stream())
                .toList();
        return new Page(events, answer.getCursor());
    }

    private static Optional<SquareEvent> read(AccountId account, Event event) {
        JsonNode root = ObjectMappers.JSON_MAPPER.valueToTree(event);
        return SquareWebhooks.parse(account, root);
    }

    /** One page of events; {@code next} is the cursor of the following page, if there is one. */
    public record Page(List<SquareEvent> events, Optional<String> next) {
        public Page {
            events = List.copyOf(events);
        }
    }
}
