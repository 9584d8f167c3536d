package io.throughline.connectors.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.square.core.ObjectMappers;
import com.squareup.square.types.SearchEventsFilter;
import com.squareup.square.types.SearchEventsQuery;
import com.squareup.square.types.SearchEventsRequest;
import com.squareup.square.types.SearchEventsResponse;
import com.squareup.square.types.SearchEventsSort;
import com.squareup.square.types.SortOrder;
import com.squareup.square.types.TimeRange;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Square's events, searched for. Square lets nobody look further back than 28 days; sales older than that are still found by their
 * orders.
 */
final class SquareFeed implements EventFeed {

    private static final int PAGE = 100;
    private static final Duration FURTHEST_BACK = Duration.ofDays(27);

    private final Merchants merchants;
    private final Clock clock;

    SquareFeed(Merchants merchants, Clock clock) {
        this.merchants = merchants;
        this.clock = clock;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        SearchEventsRequest.Builder request =
                SearchEventsRequest.builder().limit(PAGE).query(query(since));
        cursor.ifPresent(request::cursor);
        SearchEventsRequest search = request.build();
        SearchEventsResponse answer =
                merchants.of(account).mustRead(client -> client.events().searchEvents(search));
        List<EventFeed.Event> events = answer.getEvents().orElse(List.of()).stream()
                .flatMap(event -> read(account, event).stream())
                .toList();
        return new Page(events, answer.getCursor());
    }

    /** A cursor only goes on with the very same query, so a start that is cut off is cut at the same day for a whole pass. */
    private SearchEventsQuery query(Instant since) {
        Instant furthest = clock.instant().minus(FURTHEST_BACK).truncatedTo(ChronoUnit.DAYS);
        return SearchEventsQuery.builder()
                .filter(SearchEventsFilter.builder()
                        .eventTypes(SquareSubscriptions.OF_ORDERS)
                        .createdAt(TimeRange.builder()
                                .startAt((since.isBefore(furthest) ? furthest : since).toString())
                                .build())
                        .build())
                .sort(SearchEventsSort.builder()
                        .field("DEFAULT")
                        .order(SortOrder.ASC)
                        .build())
                .build();
    }

    private static Optional<EventFeed.Event> read(AccountId account, com.squareup.square.types.Event event) {
        JsonNode root = ObjectMappers.JSON_MAPPER.valueToTree(event);
        return SquareWebhooks.parse(account, root)
                .filter(parsed -> parsed.order().isPresent())
                .map(parsed -> new EventFeed.Event(parsed.topic(), parsed.eventId(), parsed.subject(), hint(parsed)));
    }

    private static String hint(SquareEvent event) {
        return ObjectMappers.JSON_MAPPER.valueToTree(event.hint()).toString();
    }
}
