package io.throughline.domain.counter;

import io.throughline.domain.counter.BlindHistory.Earlier;
import io.throughline.domain.counter.BlindHistory.Known;
import io.throughline.domain.counter.BlindHistory.Unit;
import io.throughline.domain.counter.BlindPreview.Objection;
import io.throughline.domain.counter.BlindPreview.Value;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.returns.BlindRules;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.FraudRules;
import io.throughline.domain.returns.FraudScore;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.ReturnPolicy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One question of what goods without a receipt are worth, by one policy at one moment: it names the facts that it needs, and answers by them. Preview and
 * return ask the same.
 */
public final class BlindInquiry {
    private static final int HUNDRED = 100;

    private final ReturnPolicy policy;
    private final BlindRules rules;
    private final BlindRequest request;
    private final Instant now;
    private final ZoneId zone;

    BlindInquiry(ReturnPolicy policy, BlindRules rules, BlindRequest request, Instant now, ZoneId zone) {
        this.policy = policy;
        this.rules = rules;
        this.request = request;
        this.now = now;
        this.zone = zone;
    }

    public BlindRequest request() {
        return request;
    }

    public BlindHistory.Question question() {
        Instant byLimit = now.minus(rules.limits().customerWithin());
        Instant bySignals = now.minus(rules.fraud().looksBackAtCustomer());
        Instant byRate = now.minus(rules.fraud().looksBackAtStore());
        return new BlindHistory.Question(
                request.customer(),
                request.store(),
                currency(),
                request.lines().stream().map(BlindRequest.Line::sku).collect(Collectors.toSet()),
                request.lines().stream().flatMap(line -> unit(line).stream()).collect(Collectors.toSet()),
                now.minus(rules.lowestOf()),
                byLimit.isBefore(bySignals) ? byLimit : bySignals,
                byRate.isBefore(today()) ? byRate : today());
    }

    private Instant today() {
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    public BlindPreview answer(BlindHistory history) {
        List<Value> values = new ArrayList<>();
        List<Objection> objections = new ArrayList<>();
        Set<Unit> named = new HashSet<>();
        for (int i = 0; i < request.lines().size(); i++) {
            BlindRequest.Line line = request.lines().get(i);
            Value value = value(line, history);
            values.add(value);
            Optional<Integer> at = Optional.of(i);
            unit(line)
                    .filter(unit -> !named.add(unit))
                    .ifPresent(unit -> objections.add(new Objection(at, "serial", unit.serial() + " is named twice")));
            unwanted(line, value, history)
                    .ifPresent(found -> objections.add(new Objection(at, found.rule(), found.why())));
        }
        Money total = Money.sum(currency(), values.stream().map(Value::value).toList());
        objections.addAll(limits(total, history));
        FraudScore score = rules.fraud().score(observed(total, history));
        FraudRules.Verdict verdict = rules.fraud().verdict(score);
        if (verdict == FraudRules.Verdict.REFUSE) {
            objections.add(new Objection(
                    Optional.empty(),
                    "blind.fraud.refuseFrom",
                    score.words() + ", refused from " + rules.fraud().refuseFrom()));
        }
        Refund refund = refund(values, total, history);
        return new BlindPreview(
                policy.version(),
                objections,
                verdict,
                new Origin.Unreceipted(rules.credit().account(), score, secondPerson(total, score, verdict)),
                values,
                refund,
                lines(values, history),
                parts(refund));
    }

    private record Unwanted(String rule, String why) {}

    private Optional<Unwanted> unwanted(BlindRequest.Line line, Value value, BlindHistory history) {
        Optional<CounterReturnId> back =
                unit(line).flatMap(unit -> Optional.ofNullable(history.back().get(unit)));
        if (back.isPresent()) {
            return Optional.of(new Unwanted("serial", "this very unit has come back already as " + back.get()));
        }
        Optional<ReturnPolicy.Exclusion> excluded = policy.exclusion(Channel.POINT_OF_SALE, line.sku());
        if (excluded.isPresent()) {
            return Optional.of(new Unwanted("notReturnable." + excluded.get().name(), "it is not taken back at all"));
        }
        if (value.percent() == 0) {
            return Optional.of(new Unwanted(value.rule(), "nothing is given for it without a receipt"));
        }
        if (value.disposition().isEmpty()) {
            return Optional.of(new Unwanted("blind.dispositions", "goods that are " + line.grade() + " are not taken"));
        }
        if (value.lowest().isEmpty()) {
            return Optional.of(new Unwanted(
                    "blind.lowestOfDays",
                    "no price in " + currency() + " is known of it in the last "
                            + rules.lowestOf().toDays() + " days"));
        }
        return value.value().isPositive()
                ? Optional.empty()
                : Optional.of(new Unwanted(value.rule(), "it is worth nothing in this condition"));
    }

    /** Rounded down for the line as a whole: there is no sale whose shares would have to come to anything. */
    private Value value(BlindRequest.Line line, BlindHistory history) {
        Optional<BlindRules.Valuation> rule = rules.valuation(line.sku());
        int byRule = rule.map(BlindRules.Valuation::percent).orElse(0);
        int byGrade = percent(line.grade());
        Optional<Money> lowest = known(line, history).lowest();
        Optional<Disposition> disposition = rules.disposition(line.grade());
        boolean taken = disposition.isPresent()
                && policy.exclusion(Channel.POINT_OF_SALE, line.sku()).isEmpty();
        Money value = lowest.filter(price -> taken)
                .map(price -> part(price.times(line.quantity()), (long) byRule * byGrade))
                .orElse(Money.zero(currency()));
        return new Value(
                line.sku(),
                line.quantity(),
                line.grade(),
                disposition,
                lowest,
                byRule,
                value,
                rule.map(found -> "blind.values." + found.name()).orElse("blind.values"));
    }

    private int percent(ConditionGrade grade) {
        return policy.grades().percent(Optional.of(grade)).orElse(0);
    }

    private static Money part(Money whole, long ofTenThousand) {
        return Money.ofMinor(Math.multiplyExact(whole.minor(), ofTenThousand) / (HUNDRED * HUNDRED), whole.currency());
    }

    private static Known known(BlindRequest.Line line, BlindHistory history) {
        return history.goods().getOrDefault(line.sku(), new Known(line.sku().value(), Optional.empty()));
    }

    private static Optional<Unit> unit(BlindRequest.Line line) {
        return line.serial().map(serial -> new Unit(line.sku(), serial));
    }

    private List<Objection> limits(Money total, BlindHistory history) {
        return rules
                .limits()
                .exceededBy(
                        request.lines().stream()
                                .mapToInt(BlindRequest.Line::quantity)
                                .sum(),
                        total,
                        since(history.ofCustomer(), now.minus(rules.limits().customerWithin()))
                                .map(Earlier::value)
                                .toList(),
                        since(history.atStore(), today()).map(Earlier::value).toList())
                .stream()
                .map(exceeded -> new Objection(Optional.empty(), exceeded.rule(), exceeded.why()))
                .toList();
    }

    private static Stream<Earlier> since(List<Earlier> earlier, Instant since) {
        return earlier.stream().filter(one -> !one.at().isBefore(since));
    }

    private FraudRules.Observed observed(Money total, BlindHistory history) {
        return new FraudRules.Observed(
                now,
                total,
                request.lines().stream().map(BlindRequest.Line::sku).collect(Collectors.toSet()),
                request.lines().stream().map(BlindRequest.Line::grade).collect(Collectors.toSet()),
                history.ofCustomer().stream().map(Earlier::at).toList(),
                history.atStore().stream().map(Earlier::at).toList());
    }

    private List<String> secondPerson(Money total, FraudScore score, FraudRules.Verdict verdict) {
        List<String> because = new ArrayList<>();
        if (total.compareTo(rules.limits().secondPersonAbove()) > 0) {
            because.add(
                    total + " is above " + rules.limits().secondPersonAbove() + " (blind.limits.secondPersonAbove)");
        }
        if (verdict != FraudRules.Verdict.ALLOW) {
            because.add("score " + score.words() + " (blind.fraud.secondPersonFrom)");
        }
        return because;
    }

    private Refund refund(List<Value> values, Money total, BlindHistory history) {
        List<RefundEntry> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            if (value.value().isPositive()) {
                entries.addAll(steps(
                        i + 1, value, known(request.lines().get(i), history).title()));
            }
        }
        List<Refund.ToTender> tenders = total.isPositive()
                ? List.of(
                        new Refund.ToTender(Refund.STORE_CREDIT, rules.credit().gateway(), MoneyBag.of(total)))
                : List.of();
        return new Refund(currency(), currency(), entries, tenders);
    }

    /** The lowest price, and in one step what is not given of it; without any tax. */
    private List<RefundEntry> steps(int number, Value value, String title) {
        Money whole = value.lowest().orElse(Money.zero(currency())).times(value.quantity());
        String line = Integer.toString(number);
        RefundEntry goods = new RefundEntry.Goods(
                line, value.sku(), title, value.quantity(), whole, Money.zero(currency()), whole, List.of());
        Money kept = value.value().minus(whole);
        return kept.isZero()
                ? List.of(goods)
                : List.of(
                        goods,
                        new RefundEntry.Deduction(
                                RefundEntry.Deduction.Cause.CONDITION,
                                Optional.of(line),
                                value.rule(),
                                value.percent() + " % of the lowest price is given without a receipt, and "
                                        + percent(value.grade()) + " % of that for " + value.grade(),
                                kept,
                                List.of()));
    }

    private List<CounterReturn.Line> lines(List<Value> values, BlindHistory history) {
        List<CounterReturn.Line> lines = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            BlindRequest.Line line = request.lines().get(i);
            Optional<Disposition> disposition = values.get(i).disposition();
            if (disposition.isPresent()) {
                lines.add(new CounterReturn.Line(
                        i + 1,
                        Origin.NO_LINE,
                        line.sku(),
                        known(line, history).title(),
                        line.quantity(),
                        line.reason(),
                        line.grade(),
                        disposition.get(),
                        line.serial()));
            }
        }
        return lines;
    }

    private static List<CounterReturn.Part> parts(Refund refund) {
        return refund.tenders().stream()
                .map(to -> new CounterReturn.Part(
                        1,
                        to.payment(),
                        to.gateway(),
                        to.amount().shop(),
                        CounterReturn.Way.SYSTEM,
                        Optional.empty(),
                        false))
                .toList();
    }

    private CurrencyCode currency() {
        return rules.credit().currency();
    }
}
