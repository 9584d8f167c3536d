package io.throughline.api.console.order;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.order.ChangePlanView;

/** What would come of it if an order were cancelled now, and the question whether that shall be. {@code reason} is what was typed so far. */
public record CancellationPage(
        String orderName, String orderId, String orderAddress, String address, ChangePlanView plan, String reason)
        implements Page {
    @Override
    public String template() {
        return "cancellation";
    }

    @Override
    public String title() {
        return "Cancel " + orderId;
    }

    @Override
    public Section section() {
        return Section.ORDERS;
    }

    /** The plan below somebody's eyes is the one that they agree to. */
    @Override
    public boolean live() {
        return false;
    }
}
