package io.throughline.domain.inventory;

/** Which reservation loses its stock when a sale that already happened has taken it. Only work that has not left is asked. */
public enum Displacement {
    /** Who came last waits. */
    NEWEST_FIRST,
    OLDEST_FIRST,
    /** As few orders as possible are hurt. */
    LARGEST_FIRST
}
