package io.throughline.connectors.shopify.client;

import java.util.List;
import java.util.Optional;

/** One page of a list; {@code pageInfo} is there only where it was asked for. */
public record Connection<T>(Optional<PageInfo> pageInfo, List<T> nodes) {
    public Connection {
        nodes = List.copyOf(nodes);
    }

    /** Where the following page begins, if there is one. */
    public Optional<String> next() {
        return pageInfo.filter(PageInfo::hasNextPage).flatMap(PageInfo::endCursor);
    }

    /** Shopify's place in a list. */
    public record PageInfo(boolean hasNextPage, Optional<String> endCursor) {}
}
