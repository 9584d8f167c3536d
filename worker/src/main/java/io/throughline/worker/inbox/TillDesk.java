package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Reading;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.TillSales;
import io.throughline.domain.sale.Tills;
import io.throughline.domain.sale.Tills.Told;
import io.throughline.domain.trace.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes in what the tills of the stores have sold. A sale waits for nothing, so no process stands for it: it is read where its message
 * is handled, and booked at once. At most so many are read at a time, so that a slow system leaves room for the other messages.
 */
public final class TillDesk implements InboxDesk {
    private static final String STEP = "till.book";
    private static final Duration BUSY_DELAY = Duration.ofMillis(100);

    private final Accounts accounts;
    private final Tills tills;
    private final TillSales sales;
    private final TillSaleCheck check;
    private final AwaitedProducts awaited;
    private final Cases cases;
    private final Trace trace;
    private final Clock clock;
    private final Readers readers;

    public TillDesk(
            Accounts accounts,
            Tills tills,
            TillSales sales,
            TillSaleCheck check,
            AwaitedProducts awaited,
            Cases cases,
            Trace trace,
            Clock clock,
            int readers) {
        this.accounts = accounts;
        this.tills = tills;
        this.sales = sales;
        this.check = check;
        this.awaited = awaited;
        this.cases = cases;
        this.trace = trace;
        this.clock = clock;
        this.readers = new Readers(readers, BUSY_DELAY, "other sales are just being read");
    }

    /** Whether the account's own orders are sales at tills. */
    boolean hears(AccountId account) {
        return accounts.get(account).system().sellsAtTills();
    }

    /** News of what the account knows by this name, which is nobody's order. What was heard before it was last read is no news. */
    Handling heard(OrderKey key, List<InboxMessage> messages) {
        TillSaleId id = new TillSaleId(key);
        Optional<TillSales.Known> known = sales.find(id);
        List<InboxMessage> news = messages.stream()
                .filter(message -> known.map(sale ->
                                !message.receivedAt().isBefore(sale.reading().beganAt()))
                        .orElse(true))
                .toList();
        if (news.isEmpty()) {
            return new Handling.Done();
        }
        return readers.read(() -> read(id, known, news.getFirst().attempts()));
    }

    private Handling read(TillSaleId id, Optional<TillSales.Known> known, int attempts) {
        Instant readAt = clock.instant();
        return switch (judged(id)) {
            case Told.Sold(TillSale sale) -> {
                book(sale, readAt);
                yield new Handling.Done();
            }
            case Told.Unreadable(Instant version, String reason) -> {
                setAside(id, known, new Reading(version, readAt), reason);
                yield new Handling.Done();
            }
            case Told.OwnWork() -> InboxHandler.overtaken(attempts, id.key());
            case Told.Nothing() -> new Handling.Done();
        };
    }

    /** What can't be booked is as good as unreadable. */
    private Told judged(TillSaleId id) {
        Told told = tills.read(id.key());
        return told instanceof Told.Sold(TillSale sale)
                ? check.wrongWith(sale)
                        .<Told>map(reason -> refused(sale, reason))
                        .orElse(told)
                : told;
    }

    /** Whoever waits for products is told before there is a case that their coming should close. */
    private Told refused(TillSale sale, String reason) {
        List<Sku> unknown = check.unknown(sale);
        if (!unknown.isEmpty()) {
            awaited.await(sale.id().key(), sale.id().value(), unknown);
        }
        return new Told.Unreadable(sale.version(), reason);
    }

    private void book(TillSale sale, Instant readAt) {
        sales.book(sale, readAt);
        cases.current(sale.id().value(), STEP).ifPresent(open -> cases.close(open.id(), "the sale is booked"));
    }

    /** What was read before as it stands has its case, or somebody has decided to leave it out. */
    private void setAside(TillSaleId id, Optional<TillSales.Known> known, Reading reading, String reason) {
        if (known.filter(before -> before.isOf(reading.version())).isEmpty()) {
            trace.link("work/" + id.key(), id.value());
            trace.link(id.key().externalId(), id.value());
            cases.open(id.account(), id.value(), STEP, FailureCode.SALE_NOT_BOOKED, reason);
        }
        sales.setAside(id, reading);
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<TillSaleId> sale = TillSaleId.of(decided.subject());
        if (decided.status() == CaseStatus.DECIDED) {
            Decision decision = decided.decision().orElseThrow();
            sale.ifPresent(id -> carryOut(decided, decision, id));
        }
        return sale.isPresent();
    }

    private void carryOut(Case decided, Decision decision, TillSaleId id) {
        if (decision.action() == Action.ACCEPT_DIFFERENCE) {
            // Or it would be booked after all as soon as its product came.
            awaited.await(id.key(), id.value(), List.of());
            cases.close(decided.id(), "the sale is left out");
            return;
        }
        Instant readAt = clock.instant();
        switch (judged(id)) {
            case Told.Sold(TillSale sale) -> book(sale, readAt);
            case Told.Unreadable(Instant _, String reason) ->
                cases.reopen(decided.id(), decision, decided.code(), reason);
            case Told.OwnWork(), Told.Nothing() -> cases.close(decided.id(), "there is no such sale any more");
        }
    }
}
