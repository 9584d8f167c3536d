package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Bag;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.MailingAddress;
import io.throughline.connectors.shopify.client.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An order as the queries {@code order_read}, {@code order_line_items_page}, {@code order_work_page} and {@code order_transactions} give
 * it.
 */
final class OrderDocument {
    private OrderDocument() {}

    record Found(Optional<Head> order) {}

    record LinesFound(Optional<LinesPage> order) {}

    record LinesPage(Instant updatedAt, Connection<Line> lineItems) {}

    record WorkFound(Optional<WorkPage> order) {}

    record WorkPage(Instant updatedAt, Connection<Work> fulfillmentOrders) {}

    record TransactionsFound(Optional<Transactions> order) {}

    record Transactions(Instant updatedAt, List<Transaction> transactions) {
        Transactions {
            transactions = List.copyOf(transactions);
        }
    }

    /** The order with the first page of its lines and of its fulfillment orders, and with the first of its transactions. */
    record Head(
            String id,
            String legacyResourceId,
            String name,
            Instant createdAt,
            Instant updatedAt,
            Optional<Instant> cancelledAt,
            Optional<String> sourceName,
            Optional<Reference> retailLocation,
            List<String> tags,
            String currencyCode,
            String presentmentCurrencyCode,
            boolean taxesIncluded,
            boolean dutiesIncluded,
            Optional<String> email,
            Optional<String> phone,
            Optional<MailingAddress> billingAddress,
            Optional<MailingAddress> shippingAddress,
            Bag currentTotalPriceSet,
            Optional<Bag> currentTotalDutiesSet,
            Bag totalTipReceivedSet,
            Rounding totalCashRoundingAdjustment,
            Connection<Shipping> shippingLines,
            List<Disputed> disputes,
            List<Transaction> transactions,
            Connection<Line> lineItems,
            Connection<Work> fulfillmentOrders) {
        Head {
            tags = List.copyOf(tags);
            disputes = List.copyOf(disputes);
            transactions = List.copyOf(transactions);
        }
    }

    /** An order of which everything was read at one and the same version. */
    record Whole(Head head, List<Line> lines, List<Work> work, List<Transaction> transactions) {
        Whole {
            transactions = List.copyOf(transactions);
            lines = List.copyOf(lines);
            work = List.copyOf(work);
        }
    }

    record Disputed(String id, String initiatedAs, String status) {}

    record Rounding(Bag paymentSet) {}

    record Tax(String title, Optional<BigDecimal> rate, Bag priceSet) {}

    record Line(
            String id,
            Optional<String> sku,
            String title,
            int quantity,
            int currentQuantity,
            boolean requiresShipping,
            boolean isGiftCard,
            Bag originalUnitPriceSet,
            List<Allocation> discountAllocations,
            List<Tax> taxLines) {
        Line {
            discountAllocations = List.copyOf(discountAllocations);
            taxLines = List.copyOf(taxLines);
        }
    }

    record Allocation(Bag allocatedAmountSet) {}

    record Shipping(Optional<String> id, String title, boolean isRemoved, Bag discountedPriceSet, List<Tax> taxLines) {
        Shipping {
            taxLines = List.copyOf(taxLines);
        }
    }

    record Transaction(
            String id,
            String kind,
            String status,
            Optional<String> gateway,
            Optional<Instant> processedAt,
            boolean multiCapturable,
            Optional<Instant> authorizationExpiresAt,
            Optional<Reference> parentTransaction,
            Bag amountSet) {}

    /** A fulfillment order, as far as an order's deliveries need it. */
    record Work(
            String id,
            String status,
            Assigned assignedLocation,
            Optional<Method> deliveryMethod,
            List<Hold> fulfillmentHolds,
            Connection<WorkLine> lineItems) {
        Work {
            fulfillmentHolds = List.copyOf(fulfillmentHolds);
        }

        Work withLines(List<WorkLine> all) {
            return new Work(
                    id,
                    status,
                    assignedLocation,
                    deliveryMethod,
                    fulfillmentHolds,
                    new Connection<>(Optional.empty(), new ArrayList<>(all)));
        }
    }

    record Hold(String reason) {}

    record Assigned(Optional<Reference> location) {}

    record Method(String methodType) {}

    record WorkLine(String id, int totalQuantity, int remainingQuantity, Reference lineItem) {}

    record WorkLinesFound(Optional<WorkLinesPage> fulfillmentOrder) {}

    record WorkLinesPage(Connection<WorkLine> lineItems) {}
}
