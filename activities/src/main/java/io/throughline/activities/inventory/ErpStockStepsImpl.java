package io.throughline.activities.inventory;

import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.workflows.inventory.ErpStockPass;
import io.throughline.workflows.inventory.ErpStockSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Books what an ERP tells. The watermark is an instant of the ERP's own clock; each pass begins some minutes before it, since what takes
 * long there is told late. Products that are not in the catalogue (an ERP buys more than is sold) are passed over.
 */
public final class ErpStockStepsImpl implements ErpStockSteps {
    private static final String FEED = "erp-stock";
    private static final Duration OVERLAP = Duration.ofMinutes(3);
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(30);

    private final ErpStock erp;
    private final InventoryLedger ledger;
    private final IncomingSupply supply;
    private final Catalog catalog;
    private final Watermarks watermarks;
    private final Obstacles obstacles;
    private final Clock clock;

    public ErpStockStepsImpl(
            ErpStock erp,
            InventoryLedger ledger,
            IncomingSupply supply,
            Catalog catalog,
            Watermarks watermarks,
            Cases cases,
            Clock clock) {
        this.erp = erp;
        this.ledger = ledger;
        this.supply = supply;
        this.catalog = catalog;
        this.watermarks = watermarks;
        this.obstacles = new Obstacles("erp-stock", cases);
        this.clock = clock;
    }

    @Override
    public ErpStockPass takeIn(AccountId account, ErpStockPass pass) {
        return obstacles.overcome(account, "erp-stock.take-in", () -> takeInPage(account, pass));
    }

    private ErpStockPass takeInPage(AccountId account, ErpStockPass pass) {
        Instant since = Optional.ofNullable(pass.since()).orElseGet(() -> begin(account));
        ErpStock.Page page = erp.since(account, since, Optional.ofNullable(pass.cursor()));
        page.moved().stream().filter(movement -> catalog.knows(movement.sku())).forEach(ledger::record);
        page.awaited().stream().filter(awaited -> catalog.knows(awaited.sku())).forEach(supply::expect);
        Optional<Instant> upTo = new Passage(watermarks, account, FEED)
                .after(pass.upTo(), page.upTo(), page.next().isEmpty());
        return new ErpStockPass(since, page.next().orElse(null), upTo.orElse(null));
    }

    private Instant begin(AccountId account) {
        return watermarks.readFrom(account, FEED, OVERLAP, clock.instant().minus(FIRST_LOOK_BACK));
    }
}
