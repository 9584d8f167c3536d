package io.throughline.domain.inventory;

/** What an outside system shows of one SKU at one place; {@code item} is its own name of the SKU. */
public record ShownStock(String item, int onHand, int reserved, int safetyStock) {
    /** Of an item that is not kept at the place. */
    public static ShownStock none(String item) {
        return new ShownStock(item, 0, 0, 0);
    }
}
