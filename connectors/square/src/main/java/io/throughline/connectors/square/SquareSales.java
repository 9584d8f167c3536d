package io.throughline.connectors.square;

import com.squareup.square.types.Order;
import com.squareup.square.types.OrderLineItem;
import com.squareup.square.types.OrderState;
import com.squareup.square.types.SearchOrdersDateTimeFilter;
import com.squareup.square.types.SearchOrdersFilter;
import com.squareup.square.types.SearchOrdersQuery;
import com.squareup.square.types.SearchOrdersRequest;
import com.squareup.square.types.SearchOrdersResponse;
import com.squareup.square.types.SearchOrdersSort;
import com.squareup.square.types.SearchOrdersSortField;
import com.squareup.square.types.SearchOrdersStateFilter;
import com.squareup.square.types.SortOrder;
import com.squareup.square.types.TimeRange;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sales at the stores' tills, searched for by their last change. Only what is complete counts; our own work and our refunds, which also are
 * orders at Square, are none. Square searches ten locations at a time, so a cursor says which ten it belongs to. Read as orders are only those
 * that were accepted as such before sales began no process.
 */
final class SquareSales implements OrderSource {

    private static final int MOST_LOCATIONS = 10;
    private static final int PAGE = 200;

    private final Merchants merchants;
    private final WorkFinder finder;
    private final CatalogIndex catalog;
    private final Facilities facilities;

    SquareSales(Merchants merchants, WorkFinder finder, CatalogIndex catalog, Facilities facilities) {
        this.merchants = merchants;
        this.finder = finder;
        this.catalog = catalog;
        this.facilities = facilities;
    }

    @Override
    public Optional<ChannelOrder> read(OrderKey key) {
        return finder.get(key.account(), key.externalId())
                .filter(SquareSales::isSale)
                .map(order -> {
                    catalog.learnVariations(key.account(), variations(order));
                    return new ChannelOrder(new SaleMapper(key, catalog, facilities).map(order), PersonalData.none());
                });
    }

    private static boolean isSale(Order order) {
        return StoreWork.idOf(order).isEmpty() && isComplete(order) && !SquareRefunds.isOurs(order);
    }

    static boolean isComplete(Order order) {
        return order.getState().filter(OrderState.COMPLETED::equals).isPresent();
    }

    static List<String> variations(Order order) {
        return order.getLineItems().stream()
                .flatMap(List::stream)
                .map(OrderLineItem::getCatalogObjectId)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
        List<List<String>> groups = locations(account);
        Position position = cursor.map(Position::parse).orElseGet(() -> new Position(0, Optional.empty()));
        if (position.group() >= groups.size()) {
            return new Page(List.of(), Optional.empty());
        }
        SearchOrdersRequest.Builder request = SearchOrdersRequest.builder()
                .locationIds(groups.get(position.group()))
                .limit(PAGE)
                .query(query(since));
        position.cursor().ifPresent(request::cursor);
        SearchOrdersRequest search = request.build();
        SearchOrdersResponse answer =
                merchants.of(account).mustRead(client -> client.orders().search(search));
        List<Changed> changed = new ArrayList<>();
        for (Order order : answer.getOrders().orElse(List.of())) {
            if (isSale(order)) {
                changed.add(new Changed(
                        new OrderKey(account, order.getId().orElseThrow()), SaleMapper.instant(order.getUpdatedAt())));
            }
        }
        return new Page(
                changed, position.after(answer.getCursor(), groups.size()).map(Position::text));
    }

    private static SearchOrdersQuery query(Instant since) {
        return SearchOrdersQuery.builder()
                .filter(SearchOrdersFilter.builder()
                        .stateFilter(SearchOrdersStateFilter.builder()
                                .states(List.of(OrderState.COMPLETED))
                                .build())
                        .dateTimeFilter(SearchOrdersDateTimeFilter.builder()
                                .updatedAt(TimeRange.builder()
                                        .startAt(since.toString())
                                        .build())
                                .build())
                        .build())
                .sort(SearchOrdersSort.builder()
                        .sortField(SearchOrdersSortField.UPDATED_AT)
                        .sortOrder(SortOrder.ASC)
                        .build())
                .build();
    }

    private List<List<String>> locations(AccountId account) {
        List<String> all = facilities.all().stream()
                .map(facility -> facility.locations().get(account))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return Stream.iterate(0, start -> start < all.size(), start -> start + MOST_LOCATIONS)
                .map(start -> all.subList(start, Math.min(all.size(), start + MOST_LOCATIONS)))
                .toList();
    }

    /** A group of locations and Square's cursor within it. */
    private record Position(int group, Optional<String> cursor) {

        static Position parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 1 || !text.substring(0, colon).matches("[0-9]{1,6}")) {
                throw new IllegalArgumentException("not a cursor of this feed: " + text);
            }
            String rest = text.substring(colon + 1);
            return new Position(
                    Integer.parseInt(text.substring(0, colon)), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
        }

        String text() {
            return group + ":" + cursor.orElse("");
        }

        Optional<Position> after(Optional<String> next, int groups) {
            if (next.isPresent()) {
                return Optional.of(new Position(group, next));
            }
            return group + 1 < groups ? Optional.of(new Position(group + 1, Optional.empty())) : Optional.empty();
        }
    }
}
