package io.throughline.domain.fulfillment;

/** Our own name of a parcel, under which its carrier knows it. */
public interface ParcelReference {
    String value();
}
