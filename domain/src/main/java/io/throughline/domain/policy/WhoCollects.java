package io.throughline.domain.policy;

/** How a store checks who collects goods that lie ready. */
public enum WhoCollects {
    /** It is left to the store. */
    ANYBODY,
    /** Who shows the code that the customer was told, or a document of which the store says what it was. */
    CODE_OR_DOCUMENT
}
