package io.throughline.connectors.shopify.payment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Bag;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.Unpaged;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.PutBack;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundGateway;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refunds in Shopify, made by the one mutation for it that takes an idempotency key, to store credit, too: {@code storeCreditAccountCredit} takes
 * none, and knows nothing of the order. Each bears our reference as its note. Nothing is restocked
 * by it: Shopify is told of stock by the ledger, like everybody else.
 */
public final class ShopifyRefunds implements RefundGateway {
    /** As many as {@code order_refunds} asks for. */
    static final int MOST_REFUNDS = 30;

    private static final String ORDER = "Order";

    private final Shops shops;

    public ShopifyRefunds(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Money suggest(Claim claim) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("orderId", gid(claim.order()));
        variables.put("items", items(claim));
        variables.put(
                "shippingAmount", claim.delivery().presentment().toDecimal().toPlainString());
        return shop(claim)
                .call(Operation.SUGGESTED_REFUND, variables, SuggestedOrder.class)
                .order()
                .map(order -> order.suggestedRefund().amountSet().shop())
                .orElseThrow(() -> SystemFailure.withoutEffect(
                        FailureCode.CHANNEL_REFUSED,
                        "Shopify has no order " + claim.order().externalId(),
                        null));
    }

    @Override
    public Optional<Receipt> findRefund(Claim claim) {
        return shop(claim)
                .call(Operation.ORDER_REFUNDS, Map.of("id", gid(claim.order())), RefundedOrder.class)
                .order()
                .flatMap(order -> made(order.refunds(), claim));
    }

    /** Where it may have been cut off with other refunds, a person must look: to make it again could give the money twice. */
    private static Optional<Receipt> made(List<Made> refunds, Claim claim) {
        Optional<Made> found = refunds.stream()
                .filter(refund ->
                        refund.note().filter(claim.reference()::equals).isPresent())
                .findFirst();
        if (found.isEmpty()) {
            Unpaged.requireWhole(
                    refunds,
                    MOST_REFUNDS,
                    FailureCode.REFUND_REFUSED,
                    "refunds of order " + claim.order().externalId());
        }
        return found.map(Made::receipt);
    }

    @Override
    public Reply refund(Claim claim, String vendorKey) {
        Refunded answer = shop(claim)
                .call(Operation.REFUND_CREATE, Map.of("input", input(claim), "key", vendorKey), RefundAnswer.class)
                .refundCreate();
        return UserError.refusal(answer.userErrors(), FailureCode.REFUND_REFUSED)
                .orElseGet(() -> answer.refund()
                        .map(refund -> Reply.done(refund.receipt()))
                        .orElseGet(() -> Reply.refused(
                                FailureCode.REFUND_REFUSED, "Shopify gave neither a refund nor an error")));
    }

    @Override
    public List<PutBack> putBack(OrderKey order, Set<String> transactions) {
        AdminApi shop = shops.of(order.account());
        return shop.call(Operation.ORDER_REFUNDS, Map.of("id", gid(order)), RefundedOrder.class).order().stream()
                .flatMap(refunded -> refunded.refunds().stream())
                .filter(refund -> refund.madeAnyOf(transactions))
                .flatMap(
                        refund -> shop
                                .call(Operation.REFUND_SHELVES, Map.of("id", refund.id()), ShelvesAnswer.class)
                                .refund()
                                .stream())
                .flatMap(refund -> refund.refundLineItems().nodes().stream())
                .flatMap(item -> item.putBack().stream())
                .toList();
    }

    private static Map<String, Object> input(Claim claim) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("orderId", gid(claim.order()));
        input.put("note", claim.reference());
        input.put("notify", false);
        input.put("currency", claim.delivery().presentment().currency().code());
        input.put("refundLineItems", items(claim));
        if (claim.delivery().presentment().isPositive()) {
            input.put(
                    "shipping",
                    Map.of("amount", claim.delivery().presentment().toDecimal().toPlainString()));
        }
        input.put(
                "transactions",
                claim.tenders().stream()
                        .filter(to -> !to.isStoreCredit())
                        .map(to -> Map.of(
                                "orderId", gid(claim.order()),
                                "kind", "REFUND",
                                "gateway", to.gateway(),
                                "parentId", Gid.of("OrderTransaction", to.payment()),
                                "amount", to.amount().presentment().toDecimal().toPlainString()))
                        .toList());
        input.put(
                "refundMethods",
                claim.tenders().stream()
                        .filter(Refund.ToTender::isStoreCredit)
                        .map(to -> Map.of(
                                "storeCreditRefund",
                                Map.of("amount", money(to.amount().presentment()))))
                        .toList());
        return input;
    }

    private static Map<String, Object> money(Money amount) {
        return Map.of(
                "amount", amount.toDecimal().toPlainString(),
                "currencyCode", amount.currency().code());
    }

    private static List<Map<String, Object>> items(Claim claim) {
        return claim.units().stream()
                .map(units -> Map.<String, Object>of(
                        "lineItemId",
                        Gid.of("LineItem", units.lineId()),
                        "quantity",
                        units.quantity(),
                        "restockType",
                        "NO_RESTOCK"))
                .toList();
    }

    private AdminApi shop(Claim claim) {
        return shops.of(claim.order().account());
    }

    private static String gid(OrderKey key) {
        return Gid.of(ORDER, key.externalId());
    }

    private record SuggestedOrder(Optional<Suggesting> order) {}

    private record Suggesting(Suggested suggestedRefund) {}

    private record Suggested(Bag amountSet) {}

    private record RefundedOrder(Optional<Refunds> order) {}

    private record Refunds(List<Made> refunds) {}

    private record RefundAnswer(Refunded refundCreate) {}

    private record Refunded(Optional<Made> refund, List<UserError> userErrors) {}

    private record Made(String id, Optional<String> note, Connection<Moved> transactions) {
        boolean madeAnyOf(Set<String> wanted) {
            return transactions.nodes().stream().map(Moved::id).map(Gid::number).anyMatch(wanted::contains);
        }

        Receipt receipt() {
            Map<String, String> details = new HashMap<>();
            transactions
                    .nodes()
                    .forEach(moved -> details.put(RefundGateway.ofPayment(moved.payment()), Gid.number(moved.id())));
            return new Receipt(Gid.number(id), details);
        }
    }

    private record ShelvesAnswer(Optional<Shelves> refund) {}

    private record Shelves(Connection<Item> refundLineItems) {}

    /** Units that were cancelled never left. */
    private record Item(
            int quantity, String restockType, boolean restocked, Reference lineItem, Optional<Reference> location) {
        Optional<PutBack> putBack() {
            boolean cameBack = restocked && !restockType.equals("CANCEL") && quantity > 0;
            return location.filter(place -> cameBack)
                    .map(place -> new PutBack(lineItem.number(), quantity, place.number()));
        }
    }

    private record Moved(String id, Optional<Reference> parentTransaction) {
        /** What becomes store credit goes back to no payment. */
        String payment() {
            return parentTransaction.map(Reference::number).orElse(Refund.STORE_CREDIT);
        }
    }
}
