package io.throughline.domain.access;

/** What a key may do; a resource names the roles that it admits, and nobody else gets in. */
public enum Role {
    VIEWER,
    SUPPORT,
    FINANCE,
    ADMIN,
    INTEGRATION
}
