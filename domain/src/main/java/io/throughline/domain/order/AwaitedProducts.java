package io.throughline.domain.order;

import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import java.util.Collection;

/**
 * Who waits for products that the catalogue does not know: orders, sales at tills, and what stores have handed over of those and could not be booked. What is waited for is asked of the catalogue again and again, so
 * nothing is missed that lets it know a product: news of that product, a whole sync, or a restart with another configuration.
 */
public interface AwaitedProducts {
    /**
     * {@code key} waits for these, and no more for what it waited for before; {@code subject} is what its cases are about. To be written before anybody is
     * asked, so that no product comes unnoticed in between.
     */
    void await(OrderKey key, String subject, Collection<Sku> products);

    /** Wakes at most so many of those who wait for a product that there is by now; gives how many. Any number of processes may do so at once. */
    int wake(Catalog catalog, int atMost);
}
