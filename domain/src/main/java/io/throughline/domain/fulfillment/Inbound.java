package io.throughline.domain.fulfillment;

/** Goods that another facility sends to the one that is to hand them over; until they have {@code arrived}, nobody is asked to hand them over. */
public record Inbound(FacilityId from, boolean arrived) {}
