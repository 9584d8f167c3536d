package io.throughline.api.counter;

import io.swagger.v3.oas.annotations.media.Schema;

/** A gift card as it is written on the slip of who gets it. */
@Schema(name = "CounterGiftCard")
public record GiftCardView(
        @Schema(description = "Who knows it can pay with it: print it, and keep it nowhere")
        String code,

        String amount,
        String currency,

        @Schema(description = "The shop's own name of the card")
        String reference) {}
