package io.throughline.worker;

import io.throughline.domain.effect.EffectHolder;
import java.time.Duration;

/** Says again and again that this process is there, for as long as it is. */
final class EffectHolding extends RepeatedWork {
    private final EffectHolder holder;

    EffectHolding(EffectHolder holder, Duration every) {
        super("effect-holder", every);
        this.holder = holder;
    }

    @Override
    void work() {
        attempt("nobody hears that this process is there", holder::alive);
    }
}
