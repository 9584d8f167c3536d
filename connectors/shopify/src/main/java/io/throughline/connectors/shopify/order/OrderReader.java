package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Unpaged;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an order page by page, each within the cost that Shopify allows one query. Pages of two versions never become one order:
 * when it changes in the middle, the reading begins again.
 */
final class OrderReader {
    /** As many transactions as {@code order_read} asks for. */
    static final int FIRST_TRANSACTIONS = 20;

    /** As many as {@code order_transactions} asks for. */
    static final int MOST_TRANSACTIONS = 100;

    private static final int MOST_READINGS = 3;

    Optional<OrderDocument.Whole> read(AdminApi shop, String orderGid) {
        for (int reading = 1; reading <= MOST_READINGS; reading++) {
            Optional<OrderDocument.Head> head = shop.call(
                            Operation.ORDER_READ, Map.of("id", orderGid), OrderDocument.Found.class)
                    .order();
            if (head.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(whole(shop, head.get()));
            } catch (ChangedMeanwhile changed) {
                // Read again from its beginning.
            }
        }
        throw SystemFailure.withoutEffect(
                FailureCode.SYSTEM_ERROR, orderGid + " changed " + MOST_READINGS + " times while it was read", null);
    }

    private static OrderDocument.Whole whole(AdminApi shop, OrderDocument.Head head) throws ChangedMeanwhile {
        List<OrderDocument.Line> lines = new ArrayList<>(head.lineItems().nodes());
        Optional<String> next = head.lineItems().next();
        while (next.isPresent()) {
            Connection<OrderDocument.Line> page = linesPage(shop, head, next.get());
            lines.addAll(page.nodes());
            next = page.next();
        }
        List<OrderDocument.Work> work = new ArrayList<>(head.fulfillmentOrders().nodes());
        next = head.fulfillmentOrders().next();
        while (next.isPresent()) {
            Connection<OrderDocument.Work> page = workPage(shop, head, next.get());
            work.addAll(page.nodes());
            next = page.next();
        }
        return new OrderDocument.Whole(
                head, lines, work.stream().map(item -> withAllLines(shop, item)).toList(), transactions(shop, head));
    }

    /** A capture or a refund that is not seen would be made twice, or be missing in the books. */
    private static List<OrderDocument.Transaction> transactions(AdminApi shop, OrderDocument.Head head)
            throws ChangedMeanwhile {
        if (!Unpaged.mayBeCutOff(head.transactions(), FIRST_TRANSACTIONS)) {
            return head.transactions();
        }
        OrderDocument.Transactions all = shop.call(
                        Operation.ORDER_TRANSACTIONS, Map.of("id", head.id()), OrderDocument.TransactionsFound.class)
                .order()
                .orElseThrow(ChangedMeanwhile::new);
        requireSameVersion(head, all.updatedAt());
        Unpaged.requireWhole(
                all.transactions(), MOST_TRANSACTIONS, FailureCode.ORDER_UNREADABLE, "transactions of " + head.id());
        return all.transactions();
    }

    private static Connection<OrderDocument.Line> linesPage(AdminApi shop, OrderDocument.Head head, String after)
            throws ChangedMeanwhile {
        OrderDocument.LinesPage page = shop.call(
                        Operation.ORDER_LINE_ITEMS_PAGE,
                        Map.of("id", head.id(), "after", after),
                        OrderDocument.LinesFound.class)
                .order()
                .orElseThrow(ChangedMeanwhile::new);
        requireSameVersion(head, page.updatedAt());
        return page.lineItems();
    }

    private static Connection<OrderDocument.Work> workPage(AdminApi shop, OrderDocument.Head head, String after)
            throws ChangedMeanwhile {
        OrderDocument.WorkPage page = shop.call(
                        Operation.ORDER_WORK_PAGE,
                        Map.of("id", head.id(), "after", after),
                        OrderDocument.WorkFound.class)
                .order()
                .orElseThrow(ChangedMeanwhile::new);
        requireSameVersion(head, page.updatedAt());
        return page.fulfillmentOrders();
    }

    private static OrderDocument.Work withAllLines(AdminApi shop, OrderDocument.Work work) {
        List<OrderDocument.WorkLine> lines = new ArrayList<>(work.lineItems().nodes());
        Optional<String> next = work.lineItems().next();
        while (next.isPresent()) {
            Connection<OrderDocument.WorkLine> page = shop.call(
                            Operation.FULFILLMENT_ORDER_LINES_PAGE,
                            Map.of("id", work.id(), "after", next.get()),
                            OrderDocument.WorkLinesFound.class)
                    .fulfillmentOrder()
                    .map(OrderDocument.WorkLinesPage::lineItems)
                    .orElseGet(() -> new Connection<>(Optional.empty(), List.of()));
            lines.addAll(page.nodes());
            next = page.next();
        }
        return work.withLines(lines);
    }

    private static void requireSameVersion(OrderDocument.Head head, Instant updatedAt) throws ChangedMeanwhile {
        if (!updatedAt.equals(head.updatedAt())) {
            throw new ChangedMeanwhile();
        }
    }

    private static final class ChangedMeanwhile extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }
}
