package io.throughline.domain.fulfillment;

import java.time.Instant;

/** What a carrier says of a parcel, and since when it is so. */
public record TrackingNews(ParcelStatus status, Instant at) {}
