package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.inbox.Inbox.Handler;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stored message means: a hint is written beside the facts that it is about, and the process is woken. Nothing is read from
 * outside here, so that a slow vendor never holds up the inbox; the process reads, where an operator can see it.
 */
public final class InboxHandler implements Handler {
    private static final Pattern ORDER_SUBJECT = Pattern.compile("order/([^/]+)/([^/]+)");
    private static final Pattern WORK_SUBJECT = Pattern.compile("work/([^/]+)/(.+)");
    private static final Pattern CASE_SUBJECT = Pattern.compile("case/(C-[0-9]+)");

    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

    private static final int OVERTAKEN_TRIES = 3;
    private static final Duration OVERTAKEN_DELAY = Duration.ofSeconds(1);

    private final Accounts accounts;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final Cases cases;
    private final Processes processes;

    public InboxHandler(Accounts accounts, Orders orders, FulfillmentOrders work, Cases cases, Processes processes) {
        this.accounts = accounts;
        this.orders = orders;
        this.work = work;
        this.cases = cases;
        this.processes = processes;
    }

    @Override
    public Handling handle(InboxMessage message) {
        Matcher order = ORDER_SUBJECT.matcher(message.subject());
        if (order.matches()) {
            return ofOrder(message, new OrderKey(AccountId.of(order.group(1)), order.group(2)));
        }
        Matcher workSubject = WORK_SUBJECT.matcher(message.subject());
        if (workSubject.matches()) {
            return ofWork(message, AccountId.of(workSubject.group(1)), workSubject.group(2));
        }
        Matcher caseSubject = CASE_SUBJECT.matcher(message.subject());
        if (caseSubject.matches()) {
            return ofCase(new CaseId(caseSubject.group(1)));
        }
        return new Handling.Unreadable("no process knows the subject " + message.subject());
    }

    private Handling ofOrder(InboxMessage message, OrderKey key) {
        if (message.topic().equals("throughline/cancel")) {
            return orders.view(OrderId.of(key))
                    .filter(view -> !view.status().ended())
                    .map(view -> wake(view, "order"))
                    .orElseGet(Handling.Done::new);
        }
        if (known(message, key) && !message.topic().startsWith("fulfillment")) {
            return new Handling.Done();
        }
        OrderView view = orders.hint(key, channelOf(key.account()));
        if (view.status().ended()) {
            return new Handling.Done();
        }
        boolean aboutWork = message.topic().startsWith("fulfillment");
        if (!aboutWork) {
            return wake(view, "order");
        }
        work.hintAll(view.id());
        List<FulfillmentOrder> open = view.fulfillmentOrders().stream()
                .filter(one -> !one.status().terminal())
                .toList();
        open.forEach(one -> processes.wakeOrStart(view, one.id().value()));
        return open.isEmpty() ? wake(view, "order") : new Handling.Done();
    }

    /** A version that was read before is no news, and each wake-up that is spared is half a dozen events less. */
    private boolean known(InboxMessage message, OrderKey key) {
        Optional<Instant> told = version(message.body());
        return told.isPresent()
                && orders.find(OrderId.of(key))
                        .map(order -> !order.version().isBefore(told.get()))
                        .orElse(false);
    }

    private static Optional<Instant> version(String body) {
        Matcher version = VERSION.matcher(body);
        return version.find()
                ? Optional.of(OffsetDateTime.parse(version.group(1)).toInstant())
                : Optional.empty();
    }

    /** News of work at a facility; a till sale, which is nobody's work yet, becomes an order by its payment. */
    private Handling ofWork(InboxMessage message, AccountId account, String reference) {
        Optional<OrderView> view = work.hint(account, reference).flatMap(orders::view);
        if (view.isPresent()) {
            view.get().fulfillmentOrders().stream()
                    .filter(one -> one.workReference().filter(reference::equals).isPresent())
                    .filter(one -> !view.get().status().ended())
                    .forEach(one -> processes.wakeOrStart(view.get(), one.id().value()));
            return new Handling.Done();
        }
        if (message.topic().startsWith("payment.")) {
            return ofOrder(message, new OrderKey(account, reference));
        }
        // News can overtake the reply to the release that it is about.
        return message.attempts() < OVERTAKEN_TRIES
                ? new Handling.Later(OVERTAKEN_DELAY, "no work is known as " + reference + " yet")
                : new Handling.Done();
    }

    private Handling ofCase(CaseId id) {
        Optional<OrderView> view =
                cases.find(id).map(Case::subject).flatMap(InboxHandler::orderOf).flatMap(orders::view);
        view.filter(open -> !open.status().ended()).ifPresent(open -> {
            processes.wakeOrStart(open, id.value());
            processes.hurry(open.key().workflowId());
        });
        return new Handling.Done();
    }

    private Handling wake(OrderView view, String about) {
        processes.wakeOrStart(view, about);
        return new Handling.Done();
    }

    private Channel channelOf(AccountId account) {
        OutsideSystem system = accounts.get(account).system();
        return switch (system) {
            case SQUARE -> Channel.POINT_OF_SALE;
            case REST -> Channel.API;
            case SHOPIFY, TRYTON, MESSAGING -> Channel.ONLINE;
        };
    }

    private static Optional<OrderId> orderOf(String subject) {
        return subject.startsWith("O-") ? Optional.of(new OrderId(subject)) : Optional.empty();
    }
}
