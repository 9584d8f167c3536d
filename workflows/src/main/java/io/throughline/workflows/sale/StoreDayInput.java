package io.throughline.workflows.sale;

import io.throughline.domain.sale.StoreDayId;

/** What a store's day starts with. {@code localFirst}: its own steps may be tried inside the workflow's task. */
public record StoreDayInput(StoreDayId day, boolean localFirst) {}
