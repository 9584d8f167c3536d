package io.throughline.worker.inbox;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What messages about stock mean: an import that is there is booked, and an order that got the stock it waited for tries again.
 */
public final class StockSubjects implements InboxDesk {
    private static final Pattern IMPORT = Pattern.compile("stock-import/(I-[0-9]+)");
    private static final Pattern FREED = Pattern.compile("freed/(O-.+)");
    private static final String ACTOR = "throughline";
    private static final int OVERTAKEN_TRIES = 10;
    private static final Duration OVERTAKEN_DELAY = Duration.ofSeconds(1);

    private final Consumer<ImportId> imports;
    private final Orders orders;
    private final Cases cases;
    private final Interventions interventions;
    private final Clock clock;

    /** {@code imports} starts the process of an import, or finds that it runs. */
    public StockSubjects(
            Consumer<ImportId> imports, Orders orders, Cases cases, Interventions interventions, Clock clock) {
        this.imports = imports;
        this.orders = orders;
        this.cases = cases;
        this.interventions = interventions;
        this.clock = clock;
    }

    /** However often it was said, it means the same. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        InboxMessage message = messages.getFirst();
        Matcher imported = IMPORT.matcher(message.subject());
        if (imported.matches()) {
            imports.accept(new ImportId(imported.group(1)));
            return Optional.of(new Handling.Done());
        }
        Matcher freed = FREED.matcher(message.subject());
        return freed.matches()
                ? Optional.of(tryAgain(new OrderId(freed.group(1)), message.attempts()))
                : Optional.empty();
    }

    private Handling tryAgain(OrderId order, int attempts) {
        Optional<Case> waits = cases.ofSubject(order.value()).stream()
                .filter(found -> found.code() == FailureCode.STOCK_MISSING && found.status() == CaseStatus.OPEN)
                .findFirst();
        if (waits.isPresent()) {
            interventions.decide(
                    waits.get().id(),
                    new Decision(
                            Action.RETRY,
                            ACTOR,
                            true,
                            Optional.of("stock that it waited for has come"),
                            Map.of(),
                            clock.instant()));
            return new Handling.Done();
        }
        // The stock can come before the process has said that it waits.
        boolean overtaken = orders.view(order)
                .map(OrderView::status)
                .filter(OrderStatus.APPROVED::equals)
                .isPresent();
        return overtaken && attempts < OVERTAKEN_TRIES
                ? new Handling.Later(OVERTAKEN_DELAY, "the order does not wait yet")
                : new Handling.Done();
    }
}
