package io.throughline.domain.fulfillment;

/** A parcel's number at its carrier. */
public record Tracking(String carrier, String number) {}
