package io.throughline.connectors.shopify.client;

/** A node of which nothing but its global id was asked for. */
public record Reference(String id) {
    public String number() {
        return Gid.number(id);
    }
}
