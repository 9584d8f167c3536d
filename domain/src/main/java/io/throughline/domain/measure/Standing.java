package io.throughline.domain.measure;

/** How something stands to what was promised of it. */
public enum Standing {
    WITHIN,
    AT_RISK,
    BREACHED
}
