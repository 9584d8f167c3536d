package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.store.PostgresExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every start of a worker says of the stock at the beginning. */
class OpeningStockTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Sku TEE = Sku.of("OPENED-TEE");
    private static final Sku CAP = Sku.of("OPENED-CAP");

    private final InventoryLedger inventory = POSTGRES.inventory();

    @BeforeEach
    void openOnce() {
        inventory.recordUnknown(List.of(opening(TEE, 5)));
    }

    /** Who waits for the lock is given up after ten seconds, and with him the start. */
    @Test
    @Timeout(8)
    void whatIsKnownIsNotWaitedForWhoeverHoldsTheShelf() throws SQLException {
        try (Connection halted = DriverManager.getConnection(
                        POSTGRES.config().jdbcUrl(),
                        POSTGRES.config().user(),
                        POSTGRES.config().password());
                Statement statement = halted.createStatement()) {
            halted.setAutoCommit(false);
            statement.execute("select 1 from stock_balance where sku = '" + TEE + "' for update");

            inventory.recordUnknown(List.of(opening(TEE, 5), opening(CAP, 3)));

            assertThat(onHand(CAP)).as("what is missing is booked all the same").isEqualTo(3);
            halted.rollback();
        }
    }

    @Test
    void itIsBookedOnceHoweverOftenItIsSaid() {
        inventory.record(new Movement(
                HARBOR,
                TEE,
                -2,
                Movement.Kind.SALE,
                SampleStockRules.POS,
                "opened-sale",
                POSTGRES.clock().instant()));
        int left = onHand(TEE);

        inventory.recordUnknown(List.of(opening(TEE, 5)));
        inventory.recordUnknown(List.of());

        assertThat(onHand(TEE)).isEqualTo(left);
    }

    private int onHand(Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(HARBOR))
                .mapToInt(Balance::onHand)
                .sum();
    }

    private static Movement opening(Sku sku, int units) {
        return new Movement(
                HARBOR,
                sku,
                units,
                Movement.Kind.OPENING,
                StockSource.OPENING,
                HARBOR + "/" + sku,
                PostgresExtension.START);
    }
}
