package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Reference;
import io.throughline.domain.order.Tender;
import java.time.Instant;

/** Money movements. A kind or a status that Shopify may add one day is UNKNOWN, never an error. */
final class TenderMapper {
    private TenderMapper() {}

    static Tender tender(OrderDocument.Transaction transaction, Instant placedAt) {
        return new Tender(
                new Reference(transaction.id()).number(),
                kind(transaction.kind()),
                status(transaction.status()),
                transaction.gateway().orElse("unknown"),
                transaction.amountSet().toMoneyBag(),
                transaction.parentTransaction().map(Reference::number),
                transaction.multiCapturable(),
                transaction.processedAt().orElse(placedAt),
                transaction.authorizationExpiresAt());
    }

    private static Tender.Kind kind(String kind) {
        return switch (kind) {
            case "AUTHORIZATION", "EMV_AUTHORIZATION" -> Tender.Kind.AUTHORIZATION;
            case "CAPTURE" -> Tender.Kind.CAPTURE;
            case "SALE" -> Tender.Kind.SALE;
            case "VOID" -> Tender.Kind.VOID;
            case "REFUND" -> Tender.Kind.REFUND;
            default -> Tender.Kind.UNKNOWN;
        };
    }

    private static Tender.Status status(String status) {
        return switch (status) {
            case "SUCCESS" -> Tender.Status.SUCCESS;
            case "PENDING", "AWAITING_RESPONSE" -> Tender.Status.PENDING;
            case "FAILURE", "ERROR" -> Tender.Status.FAILURE;
            default -> Tender.Status.UNKNOWN;
        };
    }
}
