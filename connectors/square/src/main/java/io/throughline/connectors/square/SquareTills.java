package io.throughline.connectors.square;

import com.squareup.square.types.Order;
import com.squareup.square.types.OrderReturn;
import com.squareup.square.types.OrderReturnLineItem;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.Tills;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the stores' tills have sold and taken back, as Square keeps it: each a complete order that is not our own work. */
final class SquareTills implements Tills {
    private final WorkFinder finder;
    private final CatalogIndex catalog;
    private final Facilities facilities;

    SquareTills(WorkFinder finder, CatalogIndex catalog, Facilities facilities) {
        this.finder = finder;
        this.catalog = catalog;
        this.facilities = facilities;
    }

    @Override
    public Told read(OrderKey key) {
        return finder.get(key.account(), key.externalId())
                .map(order -> told(key, order))
                .orElseGet(Told.Nothing::new);
    }

    private Told told(OrderKey key, Order order) {
        if (StoreWork.idOf(order).isPresent()) {
            return new Told.OwnWork();
        }
        return SquareSales.isComplete(order) && !SquareRefunds.isOurs(order) ? sold(key, order) : new Told.Nothing();
    }

    private Told sold(OrderKey key, Order order) {
        catalog.learnVariations(
                key.account(),
                Stream.concat(SquareSales.variations(order).stream(), returnedVariations(order))
                        .toList());
        try {
            return new Told.Sold(new TillSaleMapper(key, catalog, facilities).map(order, sourcesOf(key, order)));
        } catch (SystemFailure failure) {
            if (failure.code() != FailureCode.ORDER_UNREADABLE) {
                throw failure;
            }
            return new Told.Unreadable(SaleMapper.instant(order.getUpdatedAt()), failure.getMessage());
        }
    }

    private static Stream<String> returnedVariations(Order order) {
        return TillSaleMapper.returned(order)
                .map(OrderReturnLineItem::getCatalogObjectId)
                .flatMap(Optional::stream);
    }

    /** The sales whose goods come back: they know how the money was paid that is given back. */
    private List<Order> sourcesOf(OrderKey key, Order order) {
        return TillSaleMapper.returns(order)
                .map(OrderReturn::getSourceOrderId)
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(source -> finder.get(key.account(), source).stream())
                .toList();
    }
}
