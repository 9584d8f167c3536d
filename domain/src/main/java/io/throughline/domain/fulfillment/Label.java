package io.throughline.domain.fulfillment;

import io.throughline.domain.effect.Receipt;
import java.util.Map;

/** A label that a carrier has sold: the parcel's number, and the address of what is to be printed. */
public record Label(Tracking tracking, String address) {
    private static final String CARRIER = "carrier";
    private static final String LABEL = "label";

    public static Label of(Receipt receipt) {
        return new Label(new Tracking(detail(receipt, CARRIER), receipt.reference()), detail(receipt, LABEL));
    }

    public Receipt toReceipt() {
        return new Receipt(tracking.number(), Map.of(CARRIER, tracking.carrier(), LABEL, address));
    }

    private static String detail(Receipt receipt, String name) {
        String value = receipt.details().get(name);
        if (value == null) {
            throw new IllegalArgumentException("the receipt of a label names its " + name);
        }
        return value;
    }
}
