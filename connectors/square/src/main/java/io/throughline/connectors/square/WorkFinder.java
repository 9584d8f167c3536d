package io.throughline.connectors.square;

import com.squareup.square.types.GetOrdersRequest;
import com.squareup.square.types.Order;
import com.squareup.square.types.SearchOrdersDateTimeFilter;
import com.squareup.square.types.SearchOrdersFilter;
import com.squareup.square.types.SearchOrdersQuery;
import com.squareup.square.types.SearchOrdersRequest;
import com.squareup.square.types.SearchOrdersResponse;
import com.squareup.square.types.SearchOrdersSort;
import com.squareup.square.types.SearchOrdersSortField;
import com.squareup.square.types.SearchOrdersSourceFilter;
import com.squareup.square.types.SortOrder;
import com.squareup.square.types.TimeRange;
import io.throughline.connectors.square.Merchant.Refusal;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds orders at Square by id or by our reference. Square cannot search for a reference, so our orders of one location are
 * paged through, newest first and no further back than work can be old.
 */
final class WorkFinder {

    private static final Duration OLDEST = Duration.ofDays(60);
    private static final int PAGE = 500;

    private final Merchants merchants;
    private final Clock clock;

    WorkFinder(Merchants merchants, Clock clock) {
        this.merchants = merchants;
        this.clock = clock;
    }

    Optional<Order> get(AccountId account, String orderId) {
        try {
            return merchants
                    .of(account)
                    .read(client -> client.orders()
                            .get(GetOrdersRequest.builder().orderId(orderId).build()))
                    .getOrder();
        } catch (Refusal refusal) {
            if (refusal.notFound()) {
                return Optional.empty();
            }
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_ERROR, refusal.detail(), refusal);
        }
    }

    Optional<Order> search(AccountId account, String location, FulfillmentOrderId id) {
        SearchOrdersRequest.Builder request = SearchOrdersRequest.builder()
                .locationIds(List.of(location))
                .limit(PAGE)
                .query(SearchOrdersQuery.builder()
                        .filter(SearchOrdersFilter.builder()
                                .sourceFilter(SearchOrdersSourceFilter.builder()
                                        .sourceNames(List.of(StoreWork.SOURCE))
                                        .build())
                                .dateTimeFilter(SearchOrdersDateTimeFilter.builder()
                                        .createdAt(TimeRange.builder()
                                                .startAt(clock.instant()
                                                        .minus(OLDEST)
                                                        .toString())
                                                .build())
                                        .build())
                                .build())
                        .sort(SearchOrdersSort.builder()
                                .sortField(SearchOrdersSortField.CREATED_AT)
                                .sortOrder(SortOrder.DESC)
                                .build())
                        .build());
        Optional<String> cursor = Optional.empty();
        do {
            cursor.ifPresent(request::cursor);
            SearchOrdersRequest page = request.build();
            SearchOrdersResponse answer =
                    merchants.of(account).mustRead(client -> client.orders().search(page));
            Optional<Order> found = answer.getOrders().orElse(List.of()).stream()
                    .filter(order -> StoreWork.idOf(order).filter(id::equals).isPresent())
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            cursor = answer.getCursor();
        } while (cursor.isPresent());
        return Optional.empty();
    }
}
