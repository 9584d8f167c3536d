package io.throughline.api.console.order;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The newest orders. */
public record OrdersPage(List<OrderRow> orders) implements Page {
    @Override
    public String template() {
        return "orders";
    }

    @Override
    public String title() {
        return "Orders";
    }

    @Override
    public Section section() {
        return Section.ORDERS;
    }
}
