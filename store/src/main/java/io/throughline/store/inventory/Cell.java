package io.throughline.store.inventory;

import io.throughline.domain.inventory.Measure;

/** One measure of one SKU at one facility: what a chain of movements is of. */
record Cell(Place place, Measure measure) {}
