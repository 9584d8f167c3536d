package io.throughline.connectors.tryton;

import java.time.LocalDate;

/** A Tryton that the contract is played against, with the few things that only its administrator may do. */
interface ErpUnderTest {
    TrytonSettings settings();

    void closePeriod(String name);

    void reopenPeriod(String name);

    /** Nothing moves any more on that day or before. */
    void closeStock(LocalDate day);

    void reopenStock(LocalDate day);

    /** Takes a product out of use, and back into it. */
    void setProductActive(String code, boolean active);

    /** How many invoices and payments carry this reference, whatever their state. */
    int documents(String reference);

    String invoiceState(String reference);
}
