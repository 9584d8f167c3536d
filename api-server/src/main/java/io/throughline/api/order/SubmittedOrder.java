package io.throughline.api.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.order.Order;

/** A submission in canonical form, with the person it is for, who is stored apart. */
record SubmittedOrder(Order order, PersonalData person) {}
