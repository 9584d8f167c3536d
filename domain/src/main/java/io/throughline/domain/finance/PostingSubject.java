package io.throughline.domain.finance;

/** What documents of the books are about: an order, a return, the day of a store, or the stock of a SKU at a facility. Its value names it in the trace, the effects and the cases, too. */
public interface PostingSubject {
    String value();
}
