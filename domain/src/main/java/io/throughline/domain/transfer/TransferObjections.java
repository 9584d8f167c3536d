package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.transfer.Transfer.Line;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Why a step of a transfer can't be taken, in words that say what can be done instead; empty when it can. */
public final class TransferObjections {
    private TransferObjections() {}

    /** Whether so many units may leave, apart from what the stock allows; {@code awaited}: the order that it is for still waits for it. */
    public static Optional<String> toSending(Transfer transfer, Map<Sku, Integer> units, boolean awaited) {
        if (transfer.status() != TransferStatus.REQUESTED) {
            return Optional.of(transfer.id() + " is " + transfer.status() + ": only what is REQUESTED can be sent");
        }
        Map<Sku, Integer> requested = told(transfer, Line::requested);
        Map<Sku, Integer> leaving = positive(units);
        if (leaving.isEmpty()) {
            return Optional.of("nothing would be sent: cancel " + transfer.id() + " instead");
        }
        return leaving.entrySet().stream()
                .filter(one -> one.getValue() > requested.getOrDefault(one.getKey(), 0))
                .map(one -> requested.getOrDefault(one.getKey(), 0) + " of " + one.getKey()
                        + " were asked for: send no more, and ask for another transfer")
                .findFirst()
                .or(() -> transfer.forWork().isPresent() && !awaited
                        ? Optional.of("the order that " + transfer.id()
                                + " was for waits for it no more: keep the goods," + " and cancel " + transfer.id())
                        : Optional.empty());
    }

    /** Whether a receipt may say this of what has arrived. */
    public static Optional<String> toReceipt(Transfer transfer, Map<Sku, Integer> units) {
        if (transfer.status() == TransferStatus.RECEIVED && transfer.settled()) {
            return Optional.of(transfer.id() + " has been received and accounted for: count the place instead");
        }
        if (transfer.status() != TransferStatus.SENT && transfer.status() != TransferStatus.RECEIVED) {
            return Optional.of(transfer.id() + " is " + transfer.status() + ": only what was SENT can be received");
        }
        return units.keySet().equals(transfer.skus())
                ? Optional.empty()
                : Optional.of("a receipt tells of every SKU of " + transfer.id() + " and of no other ("
                        + words(transfer.skus()) + "), with 0 for what has not come");
    }

    public static Optional<String> toCancellation(Transfer transfer) {
        return transfer.status() == TransferStatus.RECEIVED
                ? Optional.of(transfer.id() + " is RECEIVED: ask for a transfer back")
                : Optional.empty();
    }

    /** The units of a step that was told, without the SKUs of which there are none. */
    public static Map<Sku, Integer> told(Transfer transfer, ToIntFunction<Line> units) {
        return positive(transfer.lines().stream().collect(Collectors.toMap(Line::sku, units::applyAsInt)));
    }

    public static Map<Sku, Integer> positive(Map<Sku, Integer> units) {
        return units.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String words(Collection<Sku> skus) {
        return skus.stream().sorted().map(Sku::value).collect(Collectors.joining(", "));
    }
}
