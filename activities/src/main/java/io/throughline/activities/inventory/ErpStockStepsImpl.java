package io.throughline.activities.inventory;

import io.temporal.activity.Activity;
import io.throughline.activities.call.Obstacles;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.PassedOverProducts;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.domain.transfer.ErpTransfers.Tolerance;
import io.throughline.workflows.inventory.ErpStockLook;
import io.throughline.workflows.inventory.ErpStockPass;
import io.throughline.workflows.inventory.ErpStockSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Books what an ERP tells. The watermark is an instant of the ERP's own clock; each pass begins some minutes before it, since what takes
 * long there is told late. Products that are not in the catalogue (an ERP buys more than is sold) are passed over; all about one that comes
 * into it later is asked for then.
 */
public final class ErpStockStepsImpl implements ErpStockSteps {
    private static final String FEED = "erp-stock";
    private static final Duration OVERLAP = Duration.ofMinutes(3);
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(30);

    /** Before the ERP's own cursor, while a first reading asks for what is on order. */
    private static final String ON_ORDER = "on-order/";

    /** Instead of the ERP's own cursor, while products that were passed over are taken in. */
    private static final String SOLD_BY_NOW = "sold-by-now";

    /** Instead of the ERP's own cursor, while it is told of what the ledger has adjusted: how many documents were told. */
    private static final String TELLING = "telling/";

    static final int MOST_PRODUCTS_AT_ONCE = 20;

    /** At midnight many stores have something to tell, and what the ERP has to tell must not wait for all of them. */
    static final int MOST_DOCUMENTS_AT_ONCE = 20;

    private final ErpStock erp;
    private final StockBooks books;
    private final IncomingSupply supply;
    private final ErpTransfers transfers;
    private final PassedOverProducts passedOver;
    private final Trace trace;
    private final Catalog catalog;
    private final Watermarks watermarks;
    private final Obstacles obstacles;
    private final UnfitStatements unfit;
    private final DriftCheck drift;
    private final AdjustmentPosting adjustments;
    private final SignsOfLife signs;
    private final Pages pages;
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
            Facilities facilities,
            StockBooks books,
            IncomingSupply supply,
            ErpTransfers transfers,
            PassedOverProducts passedOver,
            Trace trace,
            Catalog catalog,
            Watermarks watermarks,
            Cases cases,
            Rhythm rhythm,
            AdjustmentPosting adjustments,
            Clock clock) {
        this.erp = erp;
        this.books = books;
        this.supply = supply;
        this.transfers = transfers;
        this.passedOver = passedOver;
        this.trace = trace;
        this.catalog = catalog;
        this.watermarks = watermarks;
        this.obstacles = new Obstacles("erp-stock", cases);
        this.unfit = new UnfitStatements(cases);
        this.drift = new DriftCheck(books, cases, watermarks, rhythm.compare(), Movement::following, clock);
        this.adjustments = adjustments;
        this.signs = new SignsOfLife(books, facilities, watermarks, clock);
        this.pages = new Pages(clock);
        this.rhythm = rhythm;
        this.clock = clock;
    }

    @Override
    public ErpStockPass takeIn(AccountId account, ErpStockPass pass) {
        return obstacles.overcome(
                account,
                "erp-stock.take-in",
                () -> pages.takeIn(pass, ErpStockPass::over, from -> takeInPage(account, from)));
    }

    private ErpStockPass takeInPage(AccountId account, ErpStockPass pass) {
        Instant since = Optional.ofNullable(pass.since()).orElseGet(() -> begin(account));
        ErpStock.Page page = read(account, since, Optional.ofNullable(pass.cursor()));
        Set<Sku> others = others(page);
        if (!others.isEmpty()) {
            passedOver.passOver(account, others);
        }
        book(account, page, sku -> !others.contains(sku));
        boolean last = page.next().isEmpty();
        if (last) {
            signs.heardFrom(account);
        }
        Optional<Instant> upTo = new FeedMark(watermarks, account, FEED).after(pass.upTo(), page.upTo(), last);
        Duration rest = last ? rest(account, pass.rest(), since, upTo) : pass.rest();
        return new ErpStockPass(
                since,
                page.next().orElse(null),
                upTo.orElse(null),
                rest,
                last && (drift.due(account) || adjustments.isAnyDue(account)));
    }

    /** After the first reading, which looks back some days, comes what was ordered before. */
    private ErpStock.Page read(AccountId account, Instant since, Optional<String> cursor) {
        Optional<String> onOrder =
                cursor.filter(text -> text.startsWith(ON_ORDER)).map(text -> text.substring(ON_ORDER.length()));
        if (onOrder.isPresent()) {
            ErpStock.Page page = erp.onOrder(account, onOrder.filter(text -> !text.isEmpty()));
            return page.goingOn(page.next().map(ON_ORDER::concat));
        }
        ErpStock.Page page = erp.since(account, since, cursor);
        boolean first = watermarks.completeUpTo(account, FEED).isEmpty();
        return page.next().isEmpty() && first ? page.goingOn(Optional.of(ON_ORDER)) : page;
    }

    /** The products of a page that are not in the catalogue. */
    private Set<Sku> others(ErpStock.Page page) {
        return Stream.of(
                        page.moved().stream().map(Movement::sku),
                        page.awaited().stream().map(Expected::sku),
                        page.arrived().stream()
                                .flatMap(arrival -> arrival.goods().stream())
                                .map(ErpStock.Arrival.Goods::sku),
                        page.ended().stream()
                                .flatMap(transfer -> transfer.lines().stream().map(ErpTransfer.Line::sku)))
                .flatMap(skus -> skus)
                .distinct()
                .filter(sku -> !catalog.knows(sku))
                .collect(Collectors.toSet());
    }

    private void book(AccountId account, ErpStock.Page page, Predicate<Sku> sold) {
        page.moved().stream()
                .filter(moved -> sold.test(moved.sku()))
                .forEach(moved -> unfit.passBy(
                        account, moved.source(), () -> books.ledger().record(moved)));
        // What came in part is split: the rest is on order under a new name first, or who waits for it would be told
        // that nobody expects it.
        page.awaited().stream()
                .filter(awaited -> sold.test(awaited.sku()))
                .sorted(Comparator.comparing((Expected awaited) -> awaited.outstanding() == 0))
                .forEach(awaited -> unfit.passBy(account, awaited.source(), () -> supply.expect(awaited)));
        page.arrived().forEach(arrival -> tell(account, arrival, sold));
        page.ended().forEach(transfer -> end(account, transfer.of(sold)));
    }

    /** After its movements, which a page before has told. */
    private void end(AccountId account, ErpTransfer transfer) {
        StockSource source = new StockSource(account.value(), transfer.id().subject(), 1);
        unfit.passBy(
                account,
                source,
                () -> transfers.ended(transfer, Tolerance.of(books.policies().at(clock.instant()), transfer)));
    }

    /** However often it is read, it is told once: that something has come, and each line of it. */
    private void tell(AccountId account, ErpStock.Arrival arrival, Predicate<Sku> sold) {
        String subject = "purchase-order/" + account + "/" + arrival.purchaseOrder();
        trace.append(
                subject,
                "arrived/" + arrival.delivery() + "/" + arrival.facility(),
                "purchase-order.received",
                "goods have arrived at " + arrival.facility(),
                Map.of("facility", arrival.facility().value()));
        arrival.goods()
                .filter(goods -> sold.test(goods.sku()))
                .ifPresent(goods -> trace.append(
                        subject,
                        "goods/" + goods.id(),
                        "purchase-order.goods",
                        goods.units() + " of " + goods.sku() + " have arrived at " + arrival.facility(),
                        Map.of(
                                "facility", arrival.facility().value(),
                                "delivery", arrival.delivery(),
                                "sku", goods.sku().value(),
                                "quantity", Integer.toString(goods.units()))));
    }

    /** What lies in the overlap was told before. */
    private Duration rest(AccountId account, Duration before, Instant since, Optional<Instant> upTo) {
        boolean news = upTo.filter(since.plus(OVERLAP)::isBefore).isPresent();
        return rhythm.after(before, news, supply.awaitedFrom(account));
    }

    @Override
    public ErpStockLook observe(AccountId account, ErpStockLook look) {
        return obstacles.overcome(account, "erp-stock.observe", () -> tellOrObserve(account, look));
    }

    /**
     * The ERP is told of what the ledger has adjusted before it is asked what it has: each of its numbers is from before a document or from after it, and
     * it is known which.
     */
    private ErpStockLook tellOrObserve(AccountId account, ErpStockLook look) {
        Optional<String> cursor = Optional.ofNullable(look.cursor());
        int told = cursor.filter(text -> text.startsWith(TELLING))
                .map(text -> Integer.parseInt(text.substring(TELLING.length())))
                .orElse(0);
        if (cursor.isPresent() && told == 0) {
            return observePage(account, look);
        }
        if (told < MOST_DOCUMENTS_AT_ONCE && tellOne(account)) {
            return new ErpStockLook(TELLING + (told + 1));
        }
        return drift.due(account) ? observePage(account, ErpStockLook.BEGIN) : new ErpStockLook(null);
    }

    /** A document takes the ERP longer than a step may that has no queue. */
    private boolean tellOne(AccountId account) {
        if (!adjustments.isAnyDue(account)) {
            return false;
        }
        if (Activity.getExecutionContext().getInfo().isLocal()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, "documents for " + account + " are posted by its queue", null);
        }
        return adjustments.postNext(account);
    }

    /** First comes what was passed over and is sold by now, some products with each page: whoever goes on after a crash finds those taken in. */
    private ErpStockLook observePage(AccountId account, ErpStockLook look) {
        Optional<String> cursor = Optional.ofNullable(look.cursor()).filter(text -> !text.equals(SOLD_BY_NOW));
        if (cursor.isEmpty() && !takeInWhatIsSoldByNow(account)) {
            return new ErpStockLook(SOLD_BY_NOW);
        }
        ErpStock.Shelves page = erp.onHand(account, cursor);
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

    /** False: there may be more of it. */
    private boolean takeInWhatIsSoldByNow(AccountId account) {
        List<Sku> sold = passedOver.of(account).stream()
                .filter(catalog::knows)
                .limit(MOST_PRODUCTS_AT_ONCE)
                .toList();
        sold.forEach(product -> {
            Optional<String> cursor = Optional.empty();
            do {
                ErpStock.Page page = erp.about(account, product, cursor);
                book(account, page, product::equals);
                cursor = page.next();
            } while (cursor.isPresent());
            passedOver.takenIn(account, product);
        });
        return sold.size() < MOST_PRODUCTS_AT_ONCE;
    }

    private Instant begin(AccountId account) {
        return watermarks.readFrom(account, FEED, OVERLAP, clock.instant().minus(FIRST_LOOK_BACK));
    }
}
