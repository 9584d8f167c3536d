package io.throughline.domain.order;

import io.throughline.domain.money.Money;
import java.math.BigDecimal;

/** A tax of one jurisdiction on one line, as the channel computed it: {@code rate} is a fraction (0.0625), {@code amount} in the shop's currency. */
public record TaxLine(String title, BigDecimal rate, Money amount) {}
