package io.throughline.api.console;

import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.measure.Standing;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;

/** A state in one word, with its colour. */
public record Badge(String text, Tone tone) {
    public static Badge of(OrderStatus status) {
        return new Badge(Words.of(status), Tone.of(status));
    }

    public static Badge of(PaymentStatus status) {
        return new Badge(Words.of(status), Tone.of(status));
    }

    public static Badge of(PostingStatus status) {
        return new Badge(Words.of(status), Tone.of(status));
    }

    public static Badge of(FulfillmentStatus status) {
        return new Badge(Words.of(status), Tone.of(status));
    }

    public static Badge of(GoodsStatus status) {
        return new Badge(Words.of(status), Tone.of(status));
    }

    public static Badge of(MoneyStatus status) {
        return new Badge(Words.of(status), Tone.of(status));
    }

    public static Badge of(CounterReturn.Stage stage) {
        return new Badge(Words.of(stage), Tone.of(stage));
    }

    public static Badge of(Standing standing) {
        return new Badge(Words.of(standing), Tone.of(standing));
    }

    public static Badge of(EffectLedger.State state) {
        return new Badge(Words.of(state), Tone.of(state));
    }
}
