package io.throughline.connectors.shopify.payment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Bag;
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
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.payment.PaymentGateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Captures at Shopify, which takes no idempotency key for it: the order's transactions are read first, and a capture of the same
 * authorisation is the same capture, whatever the order came to then. Only where the authorisation may be taken in parts, the amount tells
 * two apart, and which were known before.
 */
public final class ShopifyPayments implements PaymentGateway {
    /** As many as {@code order_payment_state} asks for. */
    static final int MOST_TRANSACTIONS = 50;

    private final Shops shops;

    public ShopifyPayments(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Optional<Receipt> findCapture(Capture capture) {
        Optional<PaidOrder> order = state(capture.order());
        Optional<Receipt> found = order.flatMap(paid -> captured(paid, capture));
        if (found.isEmpty()) {
            order.ifPresent(paid -> refuseDoubt(paid, capture));
        }
        return found;
    }

    /**
     * What an authorisation that may be taken in parts was captured to another amount may be our own capture, of what the order came to then, or
     * somebody else's. To send it again could take the money twice, and to believe in it could leave it untaken: a person must look.
     */
    private static void refuseDoubt(PaidOrder order, Capture capture) {
        find(order, "CAPTURE", capture.authorisation(), movement -> true).ifPresent(other -> {
            throw SystemFailure.withoutEffect(
                    FailureCode.CAPTURE_DECLINED,
                    "authorisation " + capture.authorisation() + " was captured by " + other.reference()
                            + ", and not to " + capture.amount()
                            + ": that may be ours, of what the order came to before",
                    null);
        });
    }

    @Override
    public Reply capture(Capture capture, String vendorKey) {
        Optional<PaidOrder> order = state(capture.order());
        Optional<Receipt> done = order.flatMap(paid -> captured(paid, capture));
        if (done.isPresent()) {
            return Reply.done(done.get());
        }
        Optional<Reply> obstacle = obstacle(order, capture.order(), capture.authorisation());
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        Captured answer = shops.of(capture.order().account())
                .call(Operation.ORDER_CAPTURE, Map.of("input", input(capture)), CaptureAnswer.class)
                .orderCapture();
        return UserError.refusal(answer.userErrors(), FailureCode.CAPTURE_DECLINED)
                .orElseGet(() -> reply(answer.transaction()));
    }

    /** Why the authorisation can't be used any more. */
    private static Optional<Reply> obstacle(Optional<PaidOrder> order, OrderKey key, String authorisation) {
        if (order.isEmpty()) {
            return Optional.of(Reply.refused(FailureCode.CHANNEL_REFUSED, "Shopify has no order " + key.externalId()));
        }
        if (order.get().transactions().stream().noneMatch(each -> each.number().equals(authorisation))) {
            return Optional.of(Reply.refused(
                    FailureCode.CAPTURE_DECLINED,
                    "order " + key.externalId() + " has no authorisation " + authorisation));
        }
        return voided(order.get(), authorisation)
                .map(by -> Reply.refused(
                        FailureCode.CAPTURE_DECLINED,
                        "authorisation " + authorisation + " was voided by " + by.reference()));
    }

    private static Map<String, Object> input(Capture capture) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("id", Gid.of("Order", capture.order().externalId()));
        input.put("parentTransactionId", transactionGid(capture.authorisation()));
        input.put("amount", capture.amount().toDecimal().toPlainString());
        input.put("currency", capture.amount().currency().code());
        return input;
    }

    private static Reply reply(Optional<Movement> transaction) {
        if (transaction.isEmpty()) {
            return Reply.refused(FailureCode.CAPTURE_DECLINED, "Shopify gave neither a transaction nor an error");
        }
        Movement movement = transaction.get();
        return movement.counts()
                ? Reply.done(receipt(movement))
                : Reply.refused(
                        FailureCode.CAPTURE_DECLINED,
                        movement.status()
                                + movement.errorCode().map(code -> ": " + code).orElse(""));
    }

    /** Where it may have been cut off with other transactions, a person must look: to send it again could take the money twice. */
    private static Optional<Receipt> captured(PaidOrder order, Capture capture) {
        boolean inParts = order.mayBeTakenInParts(capture.authorisation());
        Optional<Receipt> found = find(
                order,
                "CAPTURE",
                capture.authorisation(),
                movement -> !inParts
                        || (!capture.before().contains(movement.number())
                                && movement.amountSet()
                                        .filter(amount -> amount.toMoneyBag()
                                                .presentment()
                                                .equals(capture.amount()))
                                        .isPresent()));
        if (found.isEmpty()) {
            Unpaged.requireWhole(
                    order.transactions(),
                    MOST_TRANSACTIONS,
                    FailureCode.CAPTURE_DECLINED,
                    "transactions of order " + capture.order().externalId());
        }
        return found;
    }

    private static Optional<Receipt> voided(PaidOrder order, String authorisation) {
        return find(order, "VOID", authorisation, movement -> true);
    }

    private static Optional<Receipt> find(
            PaidOrder order, String kind, String authorisation, Predicate<Movement> wanted) {
        return order.transactions().stream()
                .filter(movement -> movement.kind().filter(kind::equals).isPresent())
                .filter(movement -> movement.parentTransaction()
                        .filter(parent -> parent.number().equals(authorisation))
                        .isPresent())
                .filter(Movement::counts)
                .filter(wanted)
                .findFirst()
                .map(ShopifyPayments::receipt);
    }

    private static Receipt receipt(Movement movement) {
        return new Receipt(movement.number(), Map.of("status", movement.status()));
    }

    private Optional<PaidOrder> state(OrderKey key) {
        AdminApi shop = shops.of(key.account());
        return shop.call(
                        Operation.ORDER_PAYMENT_STATE,
                        Map.of("id", Gid.of("Order", key.externalId())),
                        PaidOrderFound.class)
                .order();
    }

    private static String transactionGid(String number) {
        return Gid.of("OrderTransaction", number);
    }

    private record PaidOrderFound(Optional<PaidOrder> order) {}

    private record PaidOrder(List<Movement> transactions) {
        boolean mayBeTakenInParts(String authorisation) {
            return transactions.stream()
                    .filter(each -> each.number().equals(authorisation))
                    .anyMatch(each -> each.multiCapturable().orElse(false));
        }
    }

    /** A transaction; a reply to a mutation names less of it than a reading. */
    private record Movement(
            String id,
            Optional<String> kind,
            String status,
            Optional<String> errorCode,
            Optional<Boolean> multiCapturable,
            Optional<Reference> parentTransaction,
            Optional<Bag> amountSet) {
        String number() {
            return Gid.number(id);
        }

        /** A pending one has been accepted and must not be sent again. */
        boolean counts() {
            return switch (status) {
                case "SUCCESS", "PENDING", "AWAITING_RESPONSE" -> true;
                default -> false;
            };
        }
    }

    private record CaptureAnswer(Captured orderCapture) {}

    private record Captured(Optional<Movement> transaction, List<UserError> userErrors) {}
}
