package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Handler;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a stored message means: a hint is written beside the facts that it is about, and the process is woken. The process reads what is
 * outside, where an operator can see it and a slow vendor holds up nobody; only sales at tills and returns at channels, which have no process, are read here, by
 * their desks.
 */
public final class InboxHandler implements Handler {
    private static final Pattern ORDER_SUBJECT = Pattern.compile("order/([^/]+)/([^/]+)");
    private static final Pattern WORK_SUBJECT = Pattern.compile("work/([^/]+)/(.+)");
    private static final Pattern CASE_SUBJECT = Pattern.compile("case/(C-[0-9]+)");

    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

    private static final int OVERTAKEN_TRIES = 3;
    private static final Duration OVERTAKEN_DELAY = Duration.ofSeconds(1);
    private static final int READING_TRIES = 3;
    private static final Duration READING_DELAY = Duration.ofMillis(500);

    /** Where Shopify itself would have the work done: tells nothing of work that we have given out, which is always later. */
    private static final String ROUTED = "fulfillment_orders/order_routing_complete";

    /** Work items are held, or let go, at the channel: work goes on or stops wherever it is, once the order was read. */
    private static final Set<String> HOLDS =
            Set.of("fulfillment_orders/placed_on_hold", "fulfillment_orders/hold_released");

    /** Work items lie elsewhere, or are other ones, at the channel: where somebody else has done that, the order is read anew. */
    private static final Set<String> MOVES =
            Set.of("fulfillment_orders/moved", "fulfillment_orders/split", "fulfillment_orders/merged");

    private static final String MOVED = "fulfillment_orders/moved";
    private static final Pattern DESTINATION = Pattern.compile("\"destination\"\\s*:\\s*\"([^\"]+)\"");

    /** The order is to have a process. */
    public static final String BEGIN = "throughline/attention";

    /** What its process tries again and again is to be tried at once. */
    private static final String HURRY = "throughline/redrive";

    private static final String ORDER = "order";
    private static final String CHANNEL = "channel";
    private static final String REFUND_TOPICS = "refund.";

    private final Accounts accounts;
    private final Facilities facilities;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final Cases cases;
    private final DeadLetters deadLetters;
    private final OrderProcesses processes;
    private final TillDesk tills;
    private final List<InboxDesk> desks;

    public InboxHandler(
            Accounts accounts,
            Facilities facilities,
            Orders orders,
            FulfillmentOrders work,
            Cases cases,
            Inbox inbox,
            OrderProcesses processes,
            TillDesk tills,
            List<InboxDesk> desks) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.orders = orders;
        this.work = work;
        this.cases = cases;
        this.deadLetters = new DeadLetters(cases, inbox::replay, inbox::discard);
        this.processes = processes;
        this.tills = tills;
        this.desks = Stream.concat(Stream.of(tills), desks.stream()).toList();
    }

    @Override
    public Handling handle(InboxMessage message) {
        return handle(List.of(message));
    }

    /** A burst about one order is one wake-up: each that is spared is half a dozen events less. */
    @Override
    public Optional<Handling> handleTogether(List<InboxMessage> gathered) {
        return Optional.of(handle(gathered));
    }

    private Handling handle(List<InboxMessage> messages) {
        String subject = messages.getFirst().subject();
        Matcher order = ORDER_SUBJECT.matcher(subject);
        if (order.matches()) {
            AccountId account = AccountId.of(order.group(1));
            return ofOrder(heard(messages, account), new OrderKey(account, order.group(2)));
        }
        Matcher workSubject = WORK_SUBJECT.matcher(subject);
        if (workSubject.matches()) {
            AccountId account = AccountId.of(workSubject.group(1));
            if (messages.stream().anyMatch(message -> message.topic().startsWith(REFUND_TOPICS))) {
                desks.forEach(desk -> desk.heardOfRefund(account));
            }
            return ofWork(heard(messages, account), account, workSubject.group(2));
        }
        Matcher caseSubject = CASE_SUBJECT.matcher(subject);
        if (caseSubject.matches()) {
            return ofCase(new CaseId(caseSubject.group(1)));
        }
        Optional<Handling> elsewhere =
                desks.stream().flatMap(desk -> desk.handle(messages).stream()).findFirst();
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        return new Handling.Unreadable(
                subject.startsWith("unreadable/")
                        ? UnreadReason.of(messages.getFirst())
                        : "no process knows the subject " + subject);
    }

    /**
     * What an account says that is off begins nothing; the comparison finds it once the account is on again. What we have stored of
     * ourselves, such as an order that was acknowledged to a client, or a client's cancellation, is taken in.
     */
    private List<InboxMessage> heard(List<InboxMessage> messages, AccountId account) {
        return accounts.isOff(account)
                ? messages.stream().filter(InboxHandler::fromUs).toList()
                : messages;
    }

    private Handling ofOrder(List<InboxMessage> messages, OrderKey key) {
        if (isTillSale(key)) {
            return tills.heard(key, messages);
        }
        Optional<Reading> stored = orders.reading(OrderId.of(key));
        List<InboxMessage> news =
                messages.stream().filter(message -> !known(message, stored)).toList();
        if (news.isEmpty()) {
            // Whoever has read the order first need not have told those who wait for what became of it.
            desks.forEach(desk -> desk.heardOf(key));
            return new Handling.Done();
        }
        if (stored.isEmpty() && beingRead(key, news)) {
            return new Handling.Later(READING_DELAY, "the order is just being read for the first time");
        }
        boolean toldToUs = news.stream().allMatch(InboxHandler::isToldToUs);
        Optional<OrderView> view = toldToUs
                ? orders.view(OrderId.of(key))
                : Optional.of(orders.hint(key, channelOf(key.account()), processes.rulesOfToday()));
        view.filter(open -> !open.status().ended()).ifPresent(open -> wake(open, news));
        desks.forEach(desk -> desk.heardOf(key));
        return new Handling.Done();
    }

    /** A change that was read before is no news. */
    private static boolean known(InboxMessage message, Optional<Reading> stored) {
        return !aboutWork(message)
                && stored.isPresent()
                && version(message.body())
                        .filter(told -> stored.get().knows(told, message.receivedAt()))
                        .isPresent();
    }

    /** Another message has just started the process, which begins with reading; whether these are news will be seen then. */
    private boolean beingRead(OrderKey key, List<InboxMessage> news) {
        return news.getFirst().attempts() < READING_TRIES
                && news.stream().allMatch(message -> version(message.body()).isPresent())
                && orders.view(OrderId.of(key)).isPresent();
    }

    private void wake(OrderView order, List<InboxMessage> news) {
        Set<String> about = new LinkedHashSet<>();
        if (news.stream().anyMatch(InboxHandler::isToldToUs)) {
            about.add(ORDER);
        }
        news.stream().filter(InboxHandler::reportsWork).map(InboxMessage::body).forEach(about::add);
        if (news.stream().anyMatch(InboxHandler::changesOrder)) {
            about.add(CHANNEL);
        }
        if (news.stream().anyMatch(InboxHandler::aboutWork)) {
            work.hintAll(order.id());
            order.fulfillmentOrders().stream()
                    .filter(one -> !one.status().terminal())
                    .forEach(one -> about.add(one.id().value()));
        }
        processes.wakeOrStart(order, about.isEmpty() ? ORDER : String.join(" ", about));
        if (news.stream().anyMatch(message -> message.topic().equals(HURRY))) {
            processes.hurry(order.key().workflowId());
        }
    }

    /** What our own facts say; nobody has to ask the channel. */
    private static boolean isToldToUs(InboxMessage message) {
        return asksToCancel(message)
                || reportsWork(message)
                || message.topic().equals(BEGIN)
                || message.topic().equals(HURRY);
    }

    /** What is held at the channel, and where its items lie, is read with the order. */
    private static boolean changesOrder(InboxMessage message) {
        boolean ofItems = HOLDS.contains(message.topic()) || MOVES.contains(message.topic());
        return !isToldToUs(message) && (!aboutWork(message) || ofItems);
    }

    private static boolean asksToCancel(InboxMessage message) {
        return message.topic().equals("throughline/cancel");
    }

    /** A device of a store has told us of its work, or its facility was paused: that is written down already. The body names the work. */
    private static boolean reportsWork(InboxMessage message) {
        return message.topic().equals("throughline/work");
    }

    private static boolean fromUs(InboxMessage message) {
        return message.topic().startsWith("throughline/");
    }

    private static boolean aboutWork(InboxMessage message) {
        return message.topic().startsWith("fulfillment");
    }

    private static Optional<Instant> version(String body) {
        Matcher version = VERSION.matcher(body);
        return version.find()
                ? Optional.of(OffsetDateTime.parse(version.group(1)).toInstant())
                : Optional.empty();
    }

    /** One that was accepted as an order, before sales began no process, goes on as such. */
    private boolean isTillSale(OrderKey key) {
        return tills.hears(key.account()) && orders.view(OrderId.of(key)).isEmpty();
    }

    /** News of work at a facility, or of a sale at a till, which is nobody's work. */
    private Handling ofWork(List<InboxMessage> messages, AccountId account, String reference) {
        if (messages.stream().allMatch(message -> message.topic().equals(ROUTED))) {
            return new Handling.Done();
        }
        boolean holds = messages.stream().anyMatch(message -> HOLDS.contains(message.topic()));
        boolean moves = messages.stream().anyMatch(message -> MOVES.contains(message.topic()));
        Optional<OrderView> view = work.hint(account, reference)
                .or(() -> holds || moves ? work.mirrored(account, reference) : Optional.empty())
                .flatMap(orders::view);
        if (view.isPresent()) {
            view.filter(open -> !open.status().ended()).ifPresent(open -> {
                wake(open, reference);
                if (holds || messages.stream().anyMatch(message -> movedByOthers(message, open, reference))) {
                    readAnew(open, reference);
                }
            });
            return new Handling.Done();
        }
        if (tills.hears(account)) {
            return ofOrder(messages, new OrderKey(account, reference));
        }
        return overtaken(messages.getFirst().attempts(), reference);
    }

    /** News can overtake the reply to the release that it is about. */
    static Handling overtaken(int attempts, Object work) {
        return attempts < OVERTAKEN_TRIES
                ? new Handling.Later(OVERTAKEN_DELAY, "no work is known as " + work + " yet")
                : new Handling.Done();
    }

    /** Nobody waits for news of work that has come to its end. */
    private void wake(OrderView order, String workReference) {
        String about = order.fulfillmentOrders().stream()
                .filter(one -> one.workReference().filter(workReference::equals).isPresent())
                .filter(one -> !one.status().terminal())
                .map(one -> one.id().value())
                .collect(Collectors.joining(" "));
        if (!about.isEmpty()) {
            processes.wakeOrStart(order, about);
        }
    }

    /** We move an item to where its work is done before that is given out: what comes to that place, or before that, is our own doing. */
    private boolean movedByOthers(InboxMessage message, OrderView order, String channelWork) {
        Optional<String> destination = destination(message.body());
        boolean tells = MOVES.contains(message.topic()) && (!message.topic().equals(MOVED) || destination.isPresent());
        return tells
                && order.openWork().stream()
                        .filter(one ->
                                one.channelWork().filter(channelWork::equals).isPresent())
                        .filter(one -> one.status().reached(FulfillmentStatus.RELEASED))
                        .anyMatch(one ->
                                destination.isEmpty() || !destination.equals(location(order.key(), one.facility())));
    }

    private Optional<String> location(OrderKey order, FacilityId facility) {
        return facilities.find(facility).map(Facility::locations).map(locations -> locations.get(order.account()));
    }

    private static Optional<String> destination(String body) {
        Matcher destination = DESTINATION.matcher(body);
        return destination.find() ? Optional.of(destination.group(1)) : Optional.empty();
    }

    /** The order is read anew. The same item may be planned for several facilities. */
    private void readAnew(OrderView order, String channelWork) {
        orders.hint(order.key(), channelOf(order.key().account()), processes.rulesOfToday());
        Stream<String> waiting = order.fulfillmentOrders().stream()
                .filter(one -> one.channelWork().filter(channelWork::equals).isPresent())
                .filter(one -> one.status() == FulfillmentStatus.ALLOCATED)
                .map(one -> one.id().value());
        processes.wakeOrStart(order, Stream.concat(Stream.of(CHANNEL), waiting).collect(Collectors.joining(" ")));
    }

    private Handling ofCase(CaseId id) {
        Optional<Case> decided = cases.find(id);
        if (decided.filter(found -> deadLetters.resolve(found) || desks.stream().anyMatch(desk -> desk.resolve(found)))
                .isPresent()) {
            return new Handling.Done();
        }
        Optional<OrderView> view =
                decided.map(Case::subject).flatMap(OrderId::about).flatMap(orders::view);
        view.filter(open -> !open.status().ended()).ifPresent(open -> {
            processes.wakeOrStart(open, id.value());
            processes.hurry(open.key().workflowId());
        });
        if (view.isPresent() && view.get().status().ended()) {
            decided.filter(found -> found.status() == CaseStatus.DECIDED)
                    .ifPresent(found -> cases.close(id, "decided when the order had ended"));
        }
        return new Handling.Done();
    }

    private Channel channelOf(AccountId account) {
        OutsideSystem system = accounts.get(account).system();
        return switch (system) {
            case SQUARE -> Channel.POINT_OF_SALE;
            case MARKETPLACE -> Channel.MARKETPLACE;
            case REST -> Channel.API;
            case SHOPIFY, TRYTON, MESSAGING, CARRIER, WMS -> Channel.ONLINE;
        };
    }
}
