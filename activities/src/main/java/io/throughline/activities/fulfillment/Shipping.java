package io.throughline.activities.fulfillment;

import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.PickupCodes;

/** What the way of goods to their customers needs beside their work: parcels, who brings them, where to, and the codes of who collects. */
public record Shipping(Parcels parcels, Carrier carrier, PersonalDataStore people, PickupCodes codes) {}
