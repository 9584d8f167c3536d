package io.throughline.domain.sale;

import java.util.Optional;

/**
 * What a till has handed over and can't be booked: it has happened all the same. {@code told} is the till's own JSON of it; {@code sale} is there where it is
 * right in itself and only waits, for a product to be known or for its hour to come; {@code version} is 0 where the till has told none that could be read.
 */
public record RefusedSale(RefusedSaleId id, long version, String told, Optional<StoreSale> sale, String reason) {}
