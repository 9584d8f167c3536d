package io.throughline.api.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.order.Order;
import java.util.Optional;

/** A submission in canonical form, with the person it is for, who is stored apart, and the basket that it is to take over. */
record SubmittedOrder(Order order, PersonalData person, Optional<BasketId> basket) {}
