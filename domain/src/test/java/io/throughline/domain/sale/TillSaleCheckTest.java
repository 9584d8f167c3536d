package io.throughline.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TillSaleCheckTest {
    private static final Instant VERSION = Instant.parse("2026-11-23T17:00:05Z");

    private final TillSale sale = SampleTillSales.mugs("S1", VERSION, 2);
    private final TillSaleCheck check = new TillSaleCheck(SampleTillSales.MUG::equals);

    @Test
    void whatIsRightIsBookedUnderTheTillsOwnId() {
        assertThat(check.wrongWith(sale)).isEmpty();

        StoreSale booked = sale.toStoreSale();
        assertThat(booked.id()).isEqualTo("S1");
        assertThat(booked.version()).isEqualTo(VERSION.toEpochMilli());
        assertThat(booked.total()).hasToString("41.00 USD");
        assertThat(SoldGoods.movements(booked, Optional.empty()))
                .singleElement()
                .satisfies(movement -> assertThat(movement.quantity()).isEqualTo(-2));
    }

    @Test
    void whatComesBackIsANegativeSale() {
        TillSale back = SampleTillSales.mugs("S2", VERSION, -1);

        assertThat(check.wrongWith(back)).isEmpty();
        assertThat(back.toStoreSale().total()).hasToString("-19.00 USD");
    }

    @Test
    void eachFaultSaysWhatToDo() {
        assertThat(check.wrongWith(SampleTillSales.nowhere(sale)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("LNOWHERE", "then try again"));
        assertThat(check.wrongWith(SampleTillSales.comingTo("42.00", sale)))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("41.00 USD", "42.00 USD", "hand it in corrected"));
        assertThat(check.wrongWith(SampleTillSales.mugs("S1", VERSION, Sku.of("Gift wrapping"), 1)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("Gift wrapping", "then try again"));
    }

    @Test
    void itsSubjectNamesIt() {
        assertThat(sale.id()).hasToString("till-sale/" + sale.id().account() + "/S1");
        assertThat(TillSaleId.of(sale.id().value())).contains(sale.id());
        assertThat(TillSaleId.of("sale/ST-HARBOR/S1")).isEmpty();
    }
}
