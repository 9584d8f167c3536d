package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.finance.SalesInvoice;
import java.util.List;
import java.util.Map;

/** What the lines of sales and invoices have in common: product, quantity and a price that comes to the channel's net amount. */
final class DocumentLines {
    private DocumentLines() {}

    static List<ObjectNode> of(SalesInvoice.Line line, Map<String, References.Product> products) {
        References.Product product = products.get(line.product());
        if (product == null) {
            throw new TrytonRefusal("Tryton knows no product " + line.product());
        }
        return UnitPrices.rowsFor(line.quantity(), line.net()).stream()
                .map(row -> {
                    ObjectNode record = Values.object()
                            .put("type", "line")
                            .put("product", product.id())
                            .put("unit", product.unit())
                            .put("quantity", (double) row.quantity())
                            .put("description", line.description());
                    record.set("unit_price", Values.decimal(row.price()));
                    return record;
                })
                .toList();
    }
}
