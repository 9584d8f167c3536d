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
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells an order's process that its stock has come, is promised for another day, or was taken by a sale. Where a person is being asked
 * about what is missing, stock that has come, or is expected again, is the answer.
 */
public final class OrderStockNews implements InboxDesk {
    /** Messages from before there was other news than stock that has come may still be stored. */
    private static final Pattern SUBJECT = Pattern.compile("(?:freed|stock-of)/(O-.+)");

    private static final Set<String> ANSWERS =
            Set.of(OrderStock.TOPIC + "FREED", OrderStock.TOPIC + "EXPECTED", "throughline/freed");
    private static final String ABOUT = "order stock";
    private static final String ACTOR = "throughline";

    private final Orders orders;
    private final Cases cases;
    private final Interventions interventions;
    private final BiConsumer<OrderView, String> wake;
    private final Clock clock;

    /** {@code wake} wakes the order's process, or starts it when there is none. */
    public OrderStockNews(
            Orders orders, Cases cases, Interventions interventions, BiConsumer<OrderView, String> wake, Clock clock) {
        this.orders = orders;
        this.cases = cases;
        this.interventions = interventions;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Matcher subject = SUBJECT.matcher(messages.getFirst().subject());
        if (!subject.matches()) {
            return Optional.empty();
        }
        OrderId order = new OrderId(subject.group(1));
        if (messages.stream().anyMatch(message -> ANSWERS.contains(message.topic()))) {
            answer(order);
        }
        orders.view(order).filter(open -> !open.status().ended()).ifPresent(open -> wake.accept(open, ABOUT));
        return Optional.of(new Handling.Done());
    }

    private void answer(OrderId order) {
        cases.ofSubject(order.value()).stream()
                .filter(found -> found.code() == FailureCode.STOCK_MISSING && found.status() == CaseStatus.OPEN)
                // Whether a promise that moved is borne is not answered by stock; its step looks itself.
                .filter(found -> !found.step().startsWith("order.promise "))
                .map(Case::id)
                .findFirst()
                .ifPresent(missing -> interventions.decide(
                        missing,
                        new Decision(
                                Action.RETRY,
                                ACTOR,
                                true,
                                Optional.of("stock that it waited for has come, or is expected again"),
                                Map.of(),
                                clock.instant())));
    }
}
