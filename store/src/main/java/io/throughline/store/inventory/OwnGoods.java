package io.throughline.store.inventory;

/**
 * Which goods of a shelf {@code b} an account's system takes off by itself, as SQL: those of the orders that it made, of the sales of its
 * tills, of the work that it was given, and what it told itself. It takes them off the SKU that was sold: of a bundle's parts it knows nothing,
 * nor of a SKU that an order of its has another name for.
 */
final class OwnGoods {
    private OwnGoods() {}

    /**
     * The units of {@code b} that are reserved for its own orders of the SKU {@code sold}. It has committed these where they are handed over: of what
     * this shelf has still to send there it knows nothing.
     */
    static String reserved(String sold) {
        return """
            select sum(r.quantity) as reserved from reservation r
            join customer_order o on o.id = r.order_id and o.account = :account
            join fulfillment_order f on f.id = r.fulfillment_order_id and f.facility = r.facility
            where r.sku = b.sku and r.facility = b.facility and r.state = 'CONFIRMED'
                and exists (select from jsonb_array_elements(f.lines) line
                    where line ->> 'lineId' = r.line_id and line ->> 'sku' = %1$s)
                and not exists (select from product_name n
                    where n.account = o.account and n.order_id = o.id and n.sku = %1$s)
            """.formatted(sold);
    }

    /**
     * Whether it took the movement {@code m} of {@code b} off the SKU {@code sold}, which is a bundle or the very SKU that moved: what becomes
     * of a part has the part's name behind that of what was sold.
     */
    static String moved(String sold) {
        String named =
                "'/' || m.kind || '/' || %1$s || case when %1$s = m.sku then '' else '/' || m.sku end".formatted(sold);
        return """
            (m.source = :account and (right(m.source_id, length(m.sku) + 1) = '/' || m.sku) = (%1$s <> m.sku)
            or exists (
                select from fulfillment_order f
                join customer_order o on o.id = f.order_id, jsonb_array_elements(f.lines) line
                where m.source = 'throughline' and f.id = split_part(m.source_id, '/', 1)
                    and ((o.account = :account and not exists (select from product_name n
                            where n.account = o.account and n.order_id = o.id and n.sku = %1$s))
                        or f.work_account = :account)
                    and line ->> 'sku' = %1$s
                    and m.source_id = f.id || '/' || (line ->> 'lineId') || '/' || m.sku)
            or exists (
                select from till_sale t
                where m.source = 'throughline' and m.source_id like 'sale/%%'
                    and t.account = :account and t.external_id = split_part(m.source_id, '/', 3)
                    and right(m.source_id, length(%2$s)) = %2$s))
            """.formatted(sold, named);
    }
}
