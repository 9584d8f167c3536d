package io.throughline.activities.payment;

import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.ChangedOutside;
import io.throughline.domain.policy.ChangedOutside.OnExpiry;
import io.throughline.domain.policy.Policies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From when on authorised money is to be seen to, by the order's policy and by what its channel says of how long it is there. Where a reading finds that it
 * is not there any more, the order's work is held before anybody gets it.
 */
public final class AuthorisationTerms implements InFlight {
    static final String STEP = "channel.authorisation";
    private static final String WHOLE_ORDER = "order";

    /** What was authorised and not taken may be voided by then, which makes nothing of it good. */
    private static final Set<PaymentStatus> AUTHORISED =
            Set.of(PaymentStatus.AUTHORIZED, PaymentStatus.PARTIALLY_CAPTURED, PaymentStatus.VOIDED);

    static final String THERE_IS_MONEY = "there is money for it";
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final Orders orders;
    private final WorkHolds holds;
    private final Policies policies;
    private final Steps steps;
    private final Clock clock;

    public AuthorisationTerms(
            Accounts accounts, Orders orders, WorkHolds holds, Policies policies, Steps steps, Clock clock) {
        this.accounts = accounts;
        this.orders = orders;
        this.holds = holds;
        this.policies = policies;
        this.steps = steps;
        this.clock = clock;
    }

    /** From when on an authorisation is to be seen to, and until when it lasts. */
    public record Due(Tender authorisation, Instant from, Instant until) {
        String words() {
            return until.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    @Override
    public void heed(OrderView known, ChannelOrder read) {
        if (read.order().tenders().stream().allMatch(one -> one.expiresAt().isEmpty())) {
            return;
        }
        orders.view(known.id())
                .flatMap(this::due)
                .filter(this::isOver)
                .ifPresentOrElse(due -> hold(known.id(), due), () -> letGoOnceCovered(known.id()));
    }

    /** Nobody may have been asked yet what the work was held for, and then nobody is. */
    private void letGoOnceCovered(OrderId id) {
        if (!standing(id).isEmpty() && orders.find(id).filter(this::isCovered).isPresent()) {
            letGo(id, THERE_IS_MONEY);
        }
    }

    /** The first that is to be seen to, now or later; none where nothing is authorised, or its policy leaves that to the handover. */
    public Optional<Due> due(OrderView view) {
        ChangedOutside policy = policies.of(view.rules()).changedOutside();
        boolean authorised = AUTHORISED.contains(view.payment());
        boolean minds = policy.captureBefore().isPresent() || policy.expired() == OnExpiry.HOLD;
        if (!authorised || !minds || view.status().ended() || view.toBeUndone()) {
            return Optional.empty();
        }
        return accounts.get(view.key().account()).isLive()
                ? orders.find(view.id()).flatMap(order -> due(view, order, policy))
                : Optional.empty();
    }

    private Optional<Due> due(OrderView view, Order order, ChangedOutside policy) {
        return order.authorisations().stream()
                .filter(one ->
                        one.expiresAt().isPresent() && order.left(one).shop().isPositive())
                .sorted(Comparator.comparing(one -> one.expiresAt().orElseThrow()))
                .flatMap(one -> due(view, order, policy, one).stream())
                .findFirst()
                .or(() -> stillMissing(order));
    }

    /** What the work is held for, where it was voided meanwhile and nothing has come instead. */
    private Optional<Due> stillMissing(Order order) {
        List<Tender> expired = order.tenders().stream().filter(this::hasExpired).toList();
        if (expired.isEmpty() || isCovered(order)) {
            return Optional.empty();
        }
        Set<String> held =
                standing(order.id()).stream().map(WorkHold::reference).collect(Collectors.toSet());
        return expired.stream()
                .filter(one -> held.contains(one.id()))
                .map(one -> new Due(
                        one, one.expiresAt().orElseThrow(), one.expiresAt().orElseThrow()))
                .findFirst();
    }

    private Optional<Due> due(OrderView view, Order order, ChangedOutside policy, Tender one) {
        Instant until = one.expiresAt().orElseThrow();
        if (hasExpired(one)) {
            boolean asks = policy.expired() == OnExpiry.HOLD && !isLetGo(view.id(), one) && !isCovered(order);
            return asks ? Optional.of(new Due(one, until, until)) : Optional.empty();
        }
        if (policy.captureBefore().isPresent() && !steps.goneWithout(step(view))) {
            return Optional.of(new Due(one, until.minus(policy.captureBefore().get()), until));
        }
        return policy.expired() == OnExpiry.HOLD ? Optional.of(new Due(one, until, until)) : Optional.empty();
    }

    /** The same where its time has come. */
    Optional<Due> dueNow(OrderView view) {
        return due(view).filter(due -> !now().isBefore(due.from()));
    }

    boolean isOver(Due due) {
        return hasExpired(due.authorisation());
    }

    private boolean hasExpired(Tender authorisation) {
        return authorisation.expiresAt().filter(until -> !now().isBefore(until)).isPresent();
    }

    /** Whoever rings at an instant finds that it has come, however the clocks differ. */
    private Instant now() {
        return clock.instant().plus(CLOCKS_APART);
    }

    private boolean isLetGo(OrderId order, Tender authorisation) {
        return holds.isKnown(order, WorkHold.Source.PAYMENT, authorisation.id())
                && standing(order).stream().noneMatch(hold -> hold.reference().equals(authorisation.id()));
    }

    /** What was authorised since, and lasts, is as much as is owed. */
    private boolean isCovered(Order order) {
        Money there = Money.sum(
                order.currency(),
                order.authorisations().stream()
                        .filter(one -> !hasExpired(one))
                        .map(one -> order.left(one).shop())
                        .toList());
        return there.compareTo(order.owed().shop()) >= 0;
    }

    /** Those that are not there any more, though others are. */
    List<Tender> outlived(Order order) {
        List<Tender> over =
                order.authorisations().stream().filter(this::hasExpired).toList();
        return over.size() < order.authorisations().size() ? over : List.of();
    }

    /** Those that may be taken, what has not expired first. */
    List<Tender> usable(Order order) {
        return order.authorisations().stream()
                .sorted(Comparator.comparing(this::hasExpired))
                .toList();
    }

    /** In the same words as long as that is so. */
    static String expired(Due due) {
        return "its payment was authorised until " + due.words() + ", and was not taken";
    }

    void hold(OrderId order, Due due) {
        holds.place(
                order, new WorkHold(WorkHold.Source.PAYMENT, due.authorisation().id(), expired(due)));
    }

    void letGo(OrderId order, String why) {
        standing(order).forEach(hold -> holds.end(order, hold.source(), hold.reference(), why));
    }

    private List<WorkHold> standing(OrderId order) {
        return holds.standing(order).stream()
                .filter(hold -> hold.source() == WorkHold.Source.PAYMENT)
                .toList();
    }

    static Steps.Step step(OrderView view) {
        return new Steps.Step(view.id(), view.key().account(), STEP, WHOLE_ORDER);
    }
}
