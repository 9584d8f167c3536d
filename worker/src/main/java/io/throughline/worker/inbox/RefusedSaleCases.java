package io.throughline.worker.inbox;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.sale.RefusedSale;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out what was decided about sales that tills have handed over and that could not be booked. What is right in itself can be tried again, once its
 * product is known and its hour has come; the rest must be handed in again, mended, which closes the case where it is booked.
 */
public final class RefusedSaleCases implements InboxDesk {
    private final StoreSales sales;
    private final Cases cases;
    private final Function<Sku, Optional<Sold>> products;
    private final Clock clock;

    /** What is written of a product that is sold. */
    public record Sold(String title, boolean giftCard) {}

    /** {@code products} may be sold. */
    public RefusedSaleCases(StoreSales sales, Cases cases, Function<Sku, Optional<Sold>> products, Clock clock) {
        this.sales = sales;
        this.cases = cases;
        this.products = products;
        this.clock = clock;
    }

    /** One of its products is known by now. What still can't be booked is as it was; its case asks on. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return RefusedSaleId.of(messages.getLast().subject()).map(id -> {
            sales.refused(id).ifPresent(this::book);
            return new Handling.Done();
        });
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<RefusedSaleId> sale = RefusedSaleId.of(decided.subject());
        if (decided.status() == CaseStatus.DECIDED) {
            sale.ifPresent(id -> carryOut(decided, decided.decision().orElseThrow(), id));
        }
        return sale.isPresent();
    }

    private void carryOut(Case decided, Decision decision, RefusedSaleId id) {
        if (decision.action() == Action.ACCEPT_DIFFERENCE) {
            sales.leaveOut(id, decision.at());
            sales.refused(id).ifPresent(more -> cases.reopen(decided.id(), decision, decided.code(), more.reason()));
            return;
        }
        Optional<RefusedSale> refused = sales.refused(id);
        if (refused.isEmpty()) {
            cases.close(decided.id(), "the sale is booked");
            return;
        }
        book(refused.get()).ifPresent(reason -> cases.reopen(decided.id(), decision, decided.code(), reason));
    }

    /** Why it still can't be; empty: it is booked, which has closed its case. */
    private Optional<String> book(RefusedSale refused) {
        if (refused.sale().isEmpty()) {
            return Optional.of(refused.reason() + ": hand it in mended, under the same id");
        }
        StoreSale told = refused.sale().get();
        if (told.soldAt().isAfter(clock.instant())) {
            return Optional.of("it was sold at " + told.soldAt() + ", which is still to come: hand it in mended");
        }
        List<StoreSale.Line> lines = new ArrayList<>();
        for (StoreSale.Line line : told.lines()) {
            Optional<Sold> product = products.apply(line.sku());
            if (product.isEmpty()) {
                return Optional.of(line.sku() + " is not in the catalogue: add it there, then try again");
            }
            lines.add(described(line, product.get()));
        }
        return switch (sales.take(withLines(told, lines)).verdict()) {
            case ACCEPTED, CORRECTED -> Optional.empty();
            case KNOWN, SUPERSEDED, CONFLICT, LEFT_OUT ->
                Optional.of("another sale is booked under its id: hand it in with a version above " + told.version()
                        + ", or under an id of its own");
        };
    }

    private static StoreSale.Line described(StoreSale.Line line, Sold product) {
        return new StoreSale.Line(
                line.sku(),
                product.title(),
                product.giftCard(),
                line.quantity(),
                line.unitPrice(),
                line.discount(),
                line.total(),
                line.taxes());
    }

    private static StoreSale withLines(StoreSale sale, List<StoreSale.Line> lines) {
        return new StoreSale(
                sale.facility(),
                sale.id(),
                sale.version(),
                sale.register(),
                sale.soldAt(),
                sale.currency(),
                sale.taxesIncluded(),
                lines,
                sale.charges(),
                sale.tenders());
    }
}
