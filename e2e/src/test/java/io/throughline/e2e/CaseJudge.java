package io.throughline.e2e;

import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.local.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Judges the queue by the facts: whatever stalled was in it within a minute, nothing was in it twice, and nothing is left in it whose
 * cause has gone. A step stalls when its document is refused by the books, or when it has been tried quickly for as long as steps are, and an order
 * also when nothing at all is heard of it for minutes; while a process was away nobody could tell. What is judged are orders, their returns, each by cases of its own, returns over counters, and stores' days; and the cases
 * of all these, of letters, of shelves, and of transfers.
 */
final class CaseJudge {
    static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration QUICK_PHASE = Duration.ofMinutes(2);
    private static final Duration IN_FLIGHT_PHASE = Duration.ofMinutes(4);

    /** A process of which so long nothing is heard stands still, whatever it waits for. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** A step that was shown is tried once a minute, and its case is closed by the try that goes through. */
    private static final Duration SLOW_RETRIES = Duration.ofMinutes(2);

    private static final Pattern RETURN = Pattern.compile("O-[0-9A-Z]{10}-R[0-9]+");

    /** No system has failed. */
    private static final String NOBODY = "-";

    private final List<Found> cases;
    private final List<Stalled> stalls;
    private final List<Away> absences;

    /**
     * {@code ofEnded}: what it is about is over: an order or a return that has ended, a letter that was read, a shelf that has all it should, a
     * transfer whose difference is accounted for.
     */
    record Found(
            String id,
            String subject,
            String step,
            FailureCode code,
            Instant opened,
            Optional<Instant> closed,
            boolean decided,
            boolean ofEnded) {
        /** An order's line is also that of its work. What stalls of a return is its own affair, as is what stalls of its order. */
        boolean isOf(String line) {
            String name = subject.startsWith("return/") ? subject.substring(subject.lastIndexOf('/') + 1) : subject;
            return name.equals(line)
                    || name.startsWith(line + (RETURN.matcher(line).matches() ? "-" : "-F"));
        }

        boolean open(Instant at) {
            return !opened.isAfter(at) && closed.filter(end -> !end.isAfter(at)).isEmpty();
        }
    }

    /**
     * An effect that did not come about from {@code since}, until it was taken further at {@code until}; of a return it has the return's name.
     * {@code failing}: since when it was tried.
     */
    record Stalled(String system, String subject, String operation, Instant failing, Instant since, Instant until) {}

    /** A process was away. */
    record Away(Instant from, Instant until) {
        Duration within(Instant first, Instant last) {
            Instant begin = from.isAfter(first) ? from : first;
            Instant end = until.isBefore(last) ? until : last;
            return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
        }
    }

    CaseJudge(List<Found> cases, List<Stalled> stalls, List<Away> absences) {
        this.cases = List.copyOf(cases);
        this.stalls = List.copyOf(stalls);
        this.absences = List.copyOf(absences);
    }

    static CaseJudge of(Stack stack, List<Away> absences) {
        return new CaseJudge(
                found(stack),
                Stream.concat(stalled(stack, QUICK_PHASE).stream(), refused(stack).stream())
                        .toList(),
                absences);
    }

    /** Of a run in which steps are tried quickly for so long, and orders wait for nobody who does not come at once. */
    static CaseJudge ofRun(Stack stack, List<Away> absences, Duration quickPhase) {
        return new CaseJudge(
                found(stack),
                Stream.of(stalled(stack, quickPhase), refused(stack), silent(stack))
                        .flatMap(List::stream)
                        .toList(),
                absences);
    }

    /** Waits until nothing is in the queue for want of a system's answer, when all systems answer; what stays there is for {@link #unanswered}. */
    static void awaitAnswers(Stack stack) {
        try {
            Awaitility.await()
                    .atMost(SLOW_RETRIES)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> unanswered(found(stack)).isEmpty());
        } catch (ConditionTimeoutException late) {
            // What is still there is what there is to tell.
        }
    }

    /** Orders that were not at their end, and of which nothing at all was written down for minutes: no effect, no decision, no message. */
    private static List<Stalled> silent(Stack stack) {
        return Facts.texts(stack, """
            with told as (
                select subject, cast(body::jsonb ->> 'at' as timestamptz) as at, lead(cast(body::jsonb ->> 'at' as timestamptz))
                    over (partition by subject order by seq) as next
                from trace_entry where subject ~ '^O-[0-9A-Z]{10}$')
            select concat_ws('|', told.subject, told.at at time zone 'UTC', coalesce(told.next, clock_timestamp()) at time zone 'UTC')
            from told join customer_order ordered on ordered.id = told.subject
            where coalesce(told.next, clock_timestamp()) - told.at > interval '2 minutes'
                and (ordered.status not in ('COMPLETED', 'CANCELLED', 'REJECTED')
                    or told.next <= coalesce(ordered.completed_at, ordered.changed_at))
            """).stream()
                .map(row -> row.split("\\|", -1))
                .map(field -> new Stalled(
                        NOBODY,
                        field[0],
                        "the process",
                        instant(field[1]),
                        instant(field[1]).plus(SILENCE),
                        instant(field[2])))
                .toList();
    }

    /** What the books have refused, until they took it; elsewhere a refusal may be nobody's case, such as a carrier's whose next one is asked. */
    private static List<Stalled> refused(Stack stack) {
        return Facts.texts(stack, """
            with told as (
                select subject, seq, body::jsonb ->> 'kind' as kind, cast(body::jsonb ->> 'at' as timestamptz) as at,
                    body::jsonb #>> '{detail,effect}' as effect
                from trace_entry where subject ~ '^(O-|RC-|store-day/)' and body like '%"effect.%')
            select concat_ws('|', coalesce(substring(effect.subject from 'O-[0-9A-Z]{10}-R[0-9]+'), effect.line),
                effect.operation, refused.at at time zone 'UTC',
                coalesce((select min(done.at) from told done
                    where done.subject = refused.subject and done.seq > refused.seq and done.kind = 'effect.done'
                        and done.effect = refused.effect), clock_timestamp()) at time zone 'UTC')
            from effect join told refused on refused.subject = effect.line and refused.kind = 'effect.refused'
                and refused.effect = concat_ws('/', effect.account, effect.subject, effect.operation, effect.intent)
            where effect.system = 'TRYTON'
            """).stream()
                .map(row -> row.split("\\|", -1))
                .map(field -> new Stalled(
                        NOBODY, field[0], field[1], instant(field[2]), instant(field[2]), instant(field[3])))
                .toList();
    }

    private static List<Found> found(Stack stack) {
        return Facts.texts(stack, """
            select concat_ws('|', 'C-' || number, one.subject, step, code, opened_at at time zone 'UTC',
                coalesce((closed_at at time zone 'UTC')::text, '-'), decision is not null,
                case
                    when one.subject like 'inbox/%' then not exists (select from inbox_message letter
                        where one.subject = 'inbox/' || letter.id and letter.state <> 'DONE')
                    when one.subject like 'transfer/%' then not exists (select from stock_transfer moved
                            where one.subject = 'transfer/' || moved.id and not moved.settled)
                        and not exists (select from erp_transfer_difference moved
                            where one.subject = 'transfer/' || moved.account || '/' || moved.transfer
                                and not moved.settled)
                    when code in ('RETURN_UNEXPECTED', 'RETURN_NOT_TAKEN', 'REFUNDED_TWICE', 'ADVANCE_OWED') then false
                    when one.subject like 'RC-%' then exists (select from counter_return ended
                        where ended.id = one.subject and ended.closed_at is not null)
                    when one.subject ~ '^O-[0-9A-Z]{10}-R' then exists (select from goods_return ended
                        where ended.id = one.subject and ended.closed_at is not null)
                    when code = 'STOCK_DISCREPANCY' then not exists (select from stock_balance shelf
                        where one.subject = 'stock/' || shelf.facility || '/' || shelf.sku
                            and (shelf.shortfall > 0 or shelf.reserved > shelf.on_hand))
                    else exists (select from customer_order ended
                        where ended.id = one.subject and ended.status in ('COMPLETED', 'CANCELLED', 'REJECTED'))
                end)
            from support_case one order by number
            """).stream().map(CaseJudge::found).toList();
    }

    private static Found found(String row) {
        String[] field = row.split("\\|", -1);
        return new Found(
                field[0],
                field[1],
                field[2],
                FailureCode.valueOf(field[3]),
                instant(field[4]),
                field[5].equals("-") ? Optional.empty() : Optional.of(instant(field[5])),
                field[6].equals("t"),
                field[7].equals("t"));
    }

    static Instant instant(String utc) {
        return Instant.parse(utc.replace(' ', 'T') + "Z");
    }

    private static List<Stalled> stalled(Stack stack, Duration quickPhase) {
        return Facts.texts(stack, """
            select concat_ws('|', coalesce(substring(subject from 'O-[0-9A-Z]{10}-R[0-9]+'), line), operation,
                first_failed_at at time zone 'UTC', changed_at at time zone 'UTC', coalesce(code, '-'), coalesce(system, '-'))
            from effect where first_failed_at is not null and line ~ '^(O-|RC-|store-day/)'
            """).stream()
                .map(row -> row.split("\\|", -1))
                .map(field -> stalled(quickPhase, field))
                .toList();
    }

    private static Stalled stalled(Duration quickPhase, String... field) {
        boolean inFlight = field[4].equals(FailureCode.EFFECT_IN_FLIGHT.name());
        Instant failing = instant(field[2]);
        Instant since = failing.plus(inFlight ? IN_FLIGHT_PHASE : quickPhase);
        return new Stalled(field[5], field[0], field[1], failing, since, instant(field[3]));
    }

    /** What should have been in the queue or was about to be: had there been none, nothing would have been judged. */
    long judged() {
        return stalls.stream()
                .filter(stall -> stall.until().isAfter(stall.since()))
                .count();
    }

    /** The same of what began to fail at one system in that time. */
    long judged(String system, Instant from, Instant until) {
        return stalls.stream()
                .filter(stall -> stall.system().equals(system))
                .filter(stall ->
                        !stall.failing().isBefore(from) && stall.failing().isBefore(until))
                .filter(stall -> stall.until().isAfter(stall.since()))
                .count();
    }

    /** One line per thing that is not as it should be. */
    List<String> judge() {
        List<String> wrong = new ArrayList<>();
        doubles(wrong);
        leftovers(wrong);
        stalls.forEach(stall -> late(stall).ifPresent(wrong::add));
        return wrong;
    }

    /** Two of one subject, step and code at the same time. */
    private void doubles(List<String> wrong) {
        Map<String, Found> last = new HashMap<>();
        cases.stream().sorted(Comparator.comparing(Found::opened)).forEach(one -> {
            Found before = last.put(one.subject() + " " + one.step() + " " + one.code(), one);
            if (before != null && before.open(one.opened())) {
                wrong.add("twice in the queue: " + before.id() + " and " + one.id() + ", " + one.code() + " of "
                        + one.subject());
            }
        });
    }

    private void leftovers(List<String> wrong) {
        cases.stream()
                .filter(one -> one.closed().isEmpty())
                .filter(Found::ofEnded)
                .filter(one -> one.decided() || !one.code().outlivesOrder())
                .forEach(one -> wrong.add("still in the queue: " + one.id() + ", " + one.code() + " of " + one.subject()
                        + ", whose cause has gone"));
    }

    /** One line per case that says of a system that it does not answer: when all of them do, none should be left. */
    List<String> unanswered() {
        return unanswered(cases);
    }

    private static List<String> unanswered(List<Found> cases) {
        return cases.stream()
                .filter(one -> one.closed().isEmpty())
                .filter(one -> one.code().category() == FailureCategory.TRANSIENT)
                .map(one -> "still in the queue: " + one.id() + ", " + one.code() + " of " + one.subject() + " at "
                        + one.step() + ", although all systems answer")
                .toList();
    }

    private Optional<String> late(Stalled stall) {
        Instant first = stall.since().minus(IN_FLIGHT_PHASE);
        Duration away =
                absences.stream().map(one -> one.within(first, stall.until())).reduce(Duration.ZERO, Duration::plus);
        Instant latest = stall.since().plus(WITHIN).plus(away);
        boolean seen = cases.stream()
                .filter(one -> one.isOf(stall.subject()))
                .anyMatch(one -> !one.opened().isAfter(latest)
                        && one.closed().filter(end -> end.isBefore(first)).isEmpty());
        return stall.until().isAfter(latest) && !seen
                ? Optional.of(stall.operation() + " of " + stall.subject() + " stalled at " + stall.since()
                        + " and was not in the queue at " + latest)
                : Optional.empty();
    }
}
