package io.throughline.workflows.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.OrderStatus;

/** How an order ended. */
public record Closing(OrderStatus status, PostingStatus posting) {}
