package io.throughline.domain.effect;

/** This process, as one that carries out effects. */
public interface EffectHolder {
    /** It is there. Who has not said so for a while holds what it has begun for nobody. */
    void alive();
}
