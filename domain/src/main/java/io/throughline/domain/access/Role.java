package io.throughline.domain.access;

/** What a key may do; a resource names the roles that it admits, and nobody else gets in. */
public enum Role {
    VIEWER,
    SUPPORT,
    FINANCE,
    ADMIN,
    INTEGRATION,
    /** A device of a store, for the work of the facilities that its key names. */
    STORE
}
