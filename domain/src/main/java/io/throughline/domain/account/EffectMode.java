package io.throughline.domain.account;

/** Whether calls that change an outside system are sent, and whether it is heard at all. */
public enum EffectMode {
    LIVE,
    /** They are computed and recorded, not sent. */
    SHADOW,
    /** It is left alone: nothing is asked of it, heard from it or begun for it. */
    OFF
}
