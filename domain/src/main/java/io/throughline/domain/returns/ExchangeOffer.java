package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.BasketId;
import java.time.Duration;

/**
 * What is to be taken in exchange, as it is authorised with a return: the account of the new order, the basket that keeps its goods already,
 * and for how long it keeps them at least beyond the day until when the return's goods are waited for. {@code advance}: the new order does not wait
 * for the goods, as far as the policy lets so much money be given before they come.
 */
public record ExchangeOffer(
        AccountId account, Exchange.Wanted wanted, BasketId basket, Duration keptBeyond, boolean advance) {}
