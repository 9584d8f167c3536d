package io.throughline.activities.inventory;

import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.workflows.inventory.ErpStockLook;
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
    private final StockBooks books;
    private final IncomingSupply supply;
    private final Catalog catalog;
    private final Watermarks watermarks;
    private final Obstacles obstacles;
    private final DriftCheck drift;
    private final Rhythm rhythm;
    private final Clock clock;

    /**
     * When an ERP is asked again: {@code soonest} after it had news, and each time that it has none twice as late, up to {@code latest}, or
     * {@code whileAwaited} when somebody waits for what it is to bring. {@code compare} is how often its stock on hand is compared.
     */
    public record Rhythm(Duration soonest, Duration whileAwaited, Duration latest, Duration compare) {
        Duration after(Duration rest, boolean news, boolean awaited) {
            Duration later = news || rest.isZero() ? soonest : rest.multipliedBy(2);
            Duration bounded = shorter(later, latest);
            return awaited ? shorter(bounded, whileAwaited) : bounded;
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    public ErpStockStepsImpl(
            ErpStock erp,
            StockBooks books,
            IncomingSupply supply,
            Catalog catalog,
            Watermarks watermarks,
            Cases cases,
            Rhythm rhythm,
            Clock clock) {
        this.erp = erp;
        this.books = books;
        this.supply = supply;
        this.catalog = catalog;
        this.watermarks = watermarks;
        this.obstacles = new Obstacles("erp-stock", cases);
        this.drift = new DriftCheck(books, cases, watermarks, rhythm.compare(), clock);
        this.rhythm = rhythm;
        this.clock = clock;
    }

    @Override
    public ErpStockPass takeIn(AccountId account, ErpStockPass pass) {
        return obstacles.overcome(account, "erp-stock.take-in", () -> takeInPage(account, pass));
    }

    private ErpStockPass takeInPage(AccountId account, ErpStockPass pass) {
        Instant since = Optional.ofNullable(pass.since()).orElseGet(() -> begin(account));
        ErpStock.Page page = erp.since(account, since, Optional.ofNullable(pass.cursor()));
        page.moved().stream().filter(movement -> catalog.knows(movement.sku())).forEach(books.ledger()::record);
        page.awaited().stream().filter(awaited -> catalog.knows(awaited.sku())).forEach(supply::expect);
        boolean last = page.next().isEmpty();
        Optional<Instant> upTo = new FeedMark(watermarks, account, FEED).after(pass.upTo(), page.upTo(), last);
        Duration rest = last ? rest(account, pass.rest(), since, upTo) : pass.rest();
        return new ErpStockPass(since, page.next().orElse(null), upTo.orElse(null), rest, last && drift.due(account));
    }

    /** What lies in the overlap was told before. */
    private Duration rest(AccountId account, Duration before, Instant since, Optional<Instant> upTo) {
        boolean news = upTo.filter(since.plus(OVERLAP)::isBefore).isPresent();
        return rhythm.after(before, news, supply.awaitedFrom(account));
    }

    @Override
    public ErpStockLook observe(AccountId account, ErpStockLook look) {
        return obstacles.overcome(account, "erp-stock.observe", () -> observePage(account, look));
    }

    private ErpStockLook observePage(AccountId account, ErpStockLook look) {
        ErpStock.Shelves page = erp.onHand(account, Optional.ofNullable(look.cursor()));
        books.observations()
                .observeBooks(
                        account,
                        page.onHand().stream()
                                .filter(told -> catalog.knows(told.sku()))
                                .toList());
        return new ErpStockLook(page.next().orElse(null));
    }

    @Override
    public int compare(AccountId account) {
        return obstacles.overcome(account, "erp-stock.compare", () -> drift.compareWhenDue(account));
    }

    private Instant begin(AccountId account) {
        return watermarks.readFrom(account, FEED, OVERLAP, clock.instant().minus(FIRST_LOOK_BACK));
    }
}
