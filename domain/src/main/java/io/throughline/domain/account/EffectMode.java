package io.throughline.domain.account;

/** Whether calls that change an outside system are sent. SHADOW computes and records them without sending. */
public enum EffectMode {
    LIVE,
    SHADOW,
    OFF
}
