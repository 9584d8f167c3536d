package io.throughline.worker.attention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.Attention.OpenOrder;
import io.throughline.domain.intervention.Attention.Overdue;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.worker.attention.Runs.Run;
import io.throughline.worker.inbox.InboxHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for what shows itself nowhere: open orders without a process, processes that stand still, and processes of orders that are none
 * or have ended; of other processes ({@link SweptType}), what {@link PeerSweep} says. Each becomes one case, which is closed when its cause has
 * gone. A turn asks Temporal a bounded number of questions and goes on where the one before has stopped; of all workers one takes it.
 */
public final class AttentionSweep {
    static final String STEP = "attention.process";

    /** Each has a mark of its own. */
    private static final String OF_ORDERS = "attention.orders";

    private static final String OF_PEERS = "attention.peers";
    private static final String OF_RUNS = "attention.runs";

    private static final Set<FailureCode> CODES =
            EnumSet.of(FailureCode.PROCESS_MISSING, FailureCode.PROCESS_STANDS_STILL, FailureCode.PROCESS_UNEXPECTED);

    private static final String OF_CASES = "attention.cases";
    private static final String OF_OVERDUE = "attention.overdue";
    private static final String OF_FORSAKEN = "attention.forsaken";
    private static final String GONE = "its cause has gone";

    /** What has just begun is still being written down. */
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(20);

    /** A process has that long to come to its end after its order. */
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(10);

    /** What was decided is carried out within seconds; a process that is begun by it has to last. */
    static final Duration HELPS_WITHIN = Duration.ofMinutes(2);

    /** A process takes in news within a second or two, and a wake-up that was lost is no hurry of seconds. */
    private static final Duration TAKES_NOTICE_WITHIN = Duration.ofSeconds(30);

    /** Processes say every few seconds that they are there. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final int MOST_RETRIED = 100;
    private static final int MOST_FORSAKEN = 500;
    private static final int MOST_RUNS = 500;
    static final int MOST_CASES = 500;
    private static final Pattern ORDER_RUN =
            Pattern.compile("order/([a-z0-9][a-z0-9-]{0,39})/([A-Za-z0-9][A-Za-z0-9._:-]{0,99})");

    private final Attention attention;
    private final Runs runs;
    private final RetriedTasks retried;
    private final EndedRuns ended;
    private final Peers openPeers;
    private final PeerSweep peers;
    private final ProcessCases processCases;
    private final Cases cases;
    private final Inbox inbox;
    private final Duration every;
    private final int ordersATurn;
    private final Clock clock;

    public AttentionSweep(
            Attention attention,
            Runs runs,
            RetriedTasks retried,
            Peers peers,
            Cases cases,
            Inbox inbox,
            Duration every,
            int ordersATurn,
            Clock clock) {
        this.attention = attention;
        this.runs = runs;
        this.retried = retried;
        this.processCases = new ProcessCases(cases, inbox);
        this.ended = new EndedRuns(attention, runs, every, clock);
        this.openPeers = peers;
        this.peers = new PeerSweep(peers, runs, cases, processCases, clock);
        this.cases = cases;
        this.inbox = inbox;
        this.every = every;
        this.ordersATurn = ordersATurn;
        this.clock = clock;
    }

    /** What has ended without its order is looked at first: it is few, and known at once however many orders are open. */
    public void endsOfRuns() {
        ended.turn(page -> {
            for (OrderKey open : attention.open(keys(page))) {
                examine(new OpenOrder(OrderId.of(open), open));
            }
            peers.missed(page);
        });
    }

    /** Whose tasks this process is given again and again. Each process looks at its own ones: nobody else is given them. */
    public void retriedTasks() {
        List<String> heard = retried.take(MOST_RETRIED);
        for (OrderKey open : attention.open(keys(heard))) {
            examine(new OpenOrder(OrderId.of(open), open));
        }
        peers.stalled(heard);
    }

    /**
     * Orders whose process should have done something by now. One that rests all the same, and waits for no person, has lost its wake-up, and
     * gets another.
     */
    public void overdueOrders() {
        attention.take(OF_OVERDUE, every).ifPresent(mark -> {
            Instant until = clock.instant().minus(TAKES_NOTICE_WITHIN);
            Attention.OverduePage page = attention.overdue(mark, until, ordersATurn);
            page.orders().forEach(overdue -> {
                if (examine(overdue.order()).filter(Run::idle).isPresent() && !isShown(overdue.order())) {
                    wakeOnce(overdue);
                }
            });
            attention.reached(OF_OVERDUE, page.next());
        });
    }

    /** Once for what it is late with, however long that lasts. */
    private void wakeOnce(Overdue overdue) {
        OrderKey key = overdue.order().key();
        inbox.store(
                key.account(),
                InboxHandler.BEGIN,
                overdue.order().id() + "/" + overdue.since(),
                key.workflowId(),
                "{}");
    }

    /** Effects whose process went away in the midst of them: they stand until their lease is over. */
    public void forsakenEffects() {
        attention
                .take(OF_FORSAKEN, every)
                .ifPresent(_ -> attention.forsaken(SILENCE, MOST_FORSAKEN).forEach(effect -> {
                    if (!isShown(effect.order()) && !isMissing(effect.order())) {
                        show(
                                effect.order(),
                                FailureCode.PROCESS_STANDS_STILL,
                                "whoever was carrying out " + effect.operation() + " at " + effect.account()
                                        + " has gone; what became of it is looked for from " + effect.until() + " on");
                    }
                }));
    }

    /** Open orders, some of them in each turn, and all of them again and again. */
    public void openOrders() {
        attention.take(OF_ORDERS, every).ifPresent(mark -> {
            Attention.Page page = attention.openOrders(mark, clock.instant().minus(SETTLES_WITHIN), ordersATurn);
            page.orders().forEach(this::examine);
            attention.reached(OF_ORDERS, page.next());
        });
    }

    /** And what is open beside them: so what was lost together with Temporal's data is missed, too. */
    public void openPeers() {
        attention.take(OF_PEERS, every).ifPresent(mark -> {
            OpenProcesses.Page page = openPeers.open(mark, clock.instant().minus(SETTLES_WITHIN), ordersATurn);
            peers.missed(page.workflowIds());
            attention.reached(OF_PEERS, page.next());
        });
    }

    /** Processes of orders, a page in each turn. */
    public void runsOfOrders() {
        attention.take(OF_RUNS, every).ifPresent(mark -> {
            Runs.Page page = runs.running(mark, MOST_RUNS);
            attention
                    .over(keys(page.workflowIds()), clock.instant().minus(ENDS_WITHIN))
                    .forEach(this::examineWithoutOrder);
            attention.reached(OF_RUNS, page.next());
        });
    }

    /**
     * What has a case is looked at in every turn, so that it is closed soon after its cause has gone. Where there are more than a turn looks at,
     * the next one goes on: those that last keep no other from being closed.
     */
    public void openCases() {
        attention.take(OF_CASES, every).ifPresent(mark -> {
            Optional<CaseId> after = mark.isEmpty() ? Optional.empty() : Optional.of(new CaseId(mark));
            List<Case> page = cases.unclosedOf(CODES, after, MOST_CASES);
            Set<OrderKey> forsaken = page.isEmpty() ? Set.of() : forsakenOrders();
            page.forEach(shown -> lookAgain(shown, forsaken));
            attention.reached(
                    OF_CASES,
                    page.size() < MOST_CASES ? "" : page.getLast().id().value());
        });
    }

    private Set<OrderKey> forsakenOrders() {
        return attention.forsaken(SILENCE, MOST_FORSAKEN).stream()
                .map(effect -> effect.order().key())
                .collect(Collectors.toSet());
    }

    private Optional<Run> examine(OpenOrder order) {
        String workflowId = order.key().workflowId();
        Optional<Run> run = runs.look(workflowId);
        if (run.filter(Run::running).isEmpty()) {
            // It may have come to its end, as it should, since its facts were read.
            if (attention.open(List.of(order.key())).contains(order.key())) {
                Case missing = show(order, FailureCode.PROCESS_MISSING, "no process stands for it");
                processCases.begin(missing, order.key().account(), workflowId);
            }
        } else {
            run.flatMap(found -> found.trouble().filter(_ -> found.failing() || !isShown(order)))
                    .ifPresent(trouble -> show(order, FailureCode.PROCESS_STANDS_STILL, trouble));
        }
        return run;
    }

    /** What a person has been told of already, they are not told again in other words; a case about something else tells nothing of it. */
    private boolean isShown(OpenOrder order) {
        Instant triedSince = clock.instant().minus(HELPS_WITHIN);
        return cases.unclosed(List.of(order.id().value())).stream()
                .anyMatch(open -> open.tellsOfStandstill(triedSince));
    }

    /** It needs a process first, and has a case for that. */
    private boolean isMissing(OpenOrder order) {
        return cases.current(order.id().value(), STEP)
                .filter(shown -> shown.code() == FailureCode.PROCESS_MISSING)
                .isPresent();
    }

    private Case show(OpenOrder order, FailureCode code, String detail) {
        return processCases.show(order.key().account(), order.id().value(), STEP, code, detail);
    }

    private void examineWithoutOrder(OrderKey key) {
        if (runs.look(key.workflowId()).filter(this::hasLasted).isPresent()) {
            cases.open(
                    key.account(),
                    key.workflowId(),
                    STEP,
                    FailureCode.PROCESS_UNEXPECTED,
                    "the process goes on, and its order has ended or is not known");
        }
    }

    private void lookAgain(Case shown, Set<OrderKey> forsaken) {
        peers.isGone(shown)
                .or(() -> key(shown).map(key -> isGone(shown.code(), key, forsaken.contains(key))))
                .ifPresent(gone -> {
                    if (gone) {
                        cases.close(shown.id(), GONE);
                    } else {
                        openAgain(shown);
                    }
                });
    }

    /** What was decided has had its time and has not helped: it waits for a person again. */
    private void openAgain(Case shown) {
        shown.decision()
                .filter(_ -> shown.status() == CaseStatus.DECIDED)
                .filter(tried -> tried.at().isBefore(clock.instant().minus(HELPS_WITHIN)))
                .ifPresent(tried -> cases.reopen(shown.id(), tried, shown.code(), shown.detail()));
    }

    private boolean isGone(FailureCode code, OrderKey key, boolean forsaken) {
        Optional<Run> run = runs.look(key.workflowId());
        boolean running = run.filter(Run::running).isPresent();
        boolean open = attention.open(List.of(key)).contains(key);
        return switch (code) {
            case PROCESS_UNEXPECTED -> !running || open;
            case PROCESS_MISSING -> !open || run.filter(this::hasLasted).isPresent();
            default ->
                !open || !running || (!forsaken && run.flatMap(Run::trouble).isEmpty());
        };
    }

    private boolean hasLasted(Run run) {
        return run.hasLasted(clock.instant());
    }

    private Optional<OrderKey> key(Case shown) {
        return OrderId.about(shown.subject())
                .map(attention::keyOf)
                .orElseGet(() -> keys(List.of(shown.subject())).stream().findFirst());
    }

    private static List<OrderKey> keys(List<String> workflowIds) {
        Set<OrderKey> keys = new HashSet<>();
        for (String id : workflowIds) {
            Matcher order = ORDER_RUN.matcher(id);
            if (order.matches()) {
                keys.add(new OrderKey(AccountId.of(order.group(1)), order.group(2)));
            }
        }
        return List.copyOf(keys);
    }
}
