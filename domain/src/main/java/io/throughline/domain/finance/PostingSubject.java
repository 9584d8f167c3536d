package io.throughline.domain.finance;

/** What documents of the books are about: an order, or the day of a store. Its value names it in the trace, the effects and the cases, too. */
public interface PostingSubject {
    String value();
}
