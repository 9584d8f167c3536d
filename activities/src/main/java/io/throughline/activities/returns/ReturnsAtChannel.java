package io.throughline.activities.returns;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Effects.Intent;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ChannelReturn;
import io.throughline.domain.returns.ChannelReturn.Status;
import io.throughline.domain.returns.ChannelReturnId;
import io.throughline.domain.returns.ChannelReturns;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.Verdict;
import io.throughline.domain.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Takes in what stands at a channel of a return, however often and late that is heard: one that is asked for, or opened, becomes one of ours by the policy of
 * the order's day; what the policy refuses is declined there; one that came to its end there, and of which nothing has come, ends with us. The channel is read
 * each time, so the order of its messages does not matter. What can't be told is asked of a person, by a case of the order.
 */
public final class ReturnsAtChannel {
    private static final String STEP = "return.at-channel ";
    private static final String OWNER = "throughline/channel-returns";
    private static final String APPROVE = "approve-return";
    private static final String DECLINE = "decline-return";
    private static final Set<EffectLedger.State> UNCLEAR =
            Set.of(EffectLedger.State.PENDING, EffectLedger.State.LEASED, EffectLedger.State.UNKNOWN);

    private final ChannelReturns channel;
    private final ReturnIntake intake;
    private final BiFunction<Purchase, ReturnRequest, ReturnPreview> rule;
    private final Returns returns;
    private final Cases cases;
    private final Trace trace;
    private final Effects effects;

    /** {@code rule} tells what the policy allows. */
    public ReturnsAtChannel(
            ChannelReturns channel,
            ReturnIntake intake,
            BiFunction<Purchase, ReturnRequest, ReturnPreview> rule,
            Returns returns,
            Cases cases,
            Trace trace,
            Effects effects) {
        this.channel = channel;
        this.intake = intake;
        this.rule = rule;
        this.returns = returns;
        this.cases = cases;
        this.trace = trace;
        this.effects = effects;
    }

    public void takeIn(ChannelReturnId id) {
        channel.read(id)
                .ifPresent(asked ->
                        question(asked, Optional.empty()).ifPresentOrElse(why -> ask(asked, why), () -> settle(asked)));
    }

    /** False: the case is about something else. */
    public boolean resolve(Case decided) {
        Optional<ChannelReturnId> id = about(decided);
        id.filter(ours -> decided.status() == CaseStatus.DECIDED)
                .ifPresent(ours -> carryOut(
                        decided, decided.decision().orElseThrow(() -> new IllegalStateException(decided + "")), ours));
        return id.isPresent();
    }

    private static Optional<ChannelReturnId> about(Case one) {
        return one.step().startsWith(STEP)
                ? Optional.of(new ChannelReturnId(one.account(), one.step().substring(STEP.length())))
                : Optional.empty();
    }

    private void carryOut(Case decided, Decision decision, ChannelReturnId id) {
        if (decision.action() == Action.ACCEPT_DIFFERENCE) {
            cases.close(decided.id(), "it stays as it is at the channel");
            return;
        }
        channel.read(id)
                .flatMap(asked -> question(asked, Optional.of(decision)))
                .ifPresentOrElse(
                        why -> cases.reopen(decided.id(), decision, decided.code(), words(id, why)),
                        () -> cases.close(decided.id(), "it goes with ours"));
    }

    /** Why a person has to look at it; empty where it is taken in. */
    private Optional<String> question(ChannelReturn asked, Optional<Decision> decision) {
        if (!asked.isRequested()) {
            ours(asked.id()).ifPresent(id -> clear(asked, id.value(), APPROVE, Status.OPEN));
            clear(asked, asked.id().subject(), DECLINE, Status.DECLINED);
        }
        return switch (asked.status()) {
            case REQUESTED, OPEN -> begun(asked, decision);
            case CLOSED, CANCELLED, DECLINED -> ended(asked);
            case UNKNOWN -> Optional.of("where it stands is unknown");
        };
    }

    /** It has an answer, whose reply may have been lost when it was ours: what came of that is known by now. */
    private void clear(ChannelReturn asked, String subject, String operation, Status answered) {
        effects.tried(asked.id().account(), subject, operation)
                .filter(tried -> UNCLEAR.contains(tried.state()))
                .ifPresent(unclear -> effects.carryOut(
                        Intent.of(
                                        asked.id().account(),
                                        subject,
                                        operation,
                                        asked.id().number())
                                .asking("see what return " + asked.id().number() + " was answered")
                                .foundBy(() -> found(asked.id(), answered))
                                .doneBy(key -> Reply.refused(
                                        FailureCode.CHANNEL_REFUSED, "it is " + asked.status() + " there by now")),
                        Optional.empty()));
    }

    private Optional<String> begun(ChannelReturn asked, Optional<Decision> decision) {
        Optional<ReturnId> known = ours(asked.id());
        if (known.isPresent()) {
            return granted(asked, known.get(), decision);
        }
        if (asked.untakeable().isPresent()) {
            return asked.untakeable();
        }
        if (asked.refunded()) {
            return Optional.of("units of it were paid back before anybody here had heard of it");
        }
        if (asked.processed()) {
            return Optional.of("its goods were processed there before anybody here had heard of it");
        }
        ReturnRequest request = request(asked);
        return switch (intake.authorise(
                submission(asked.id()), asked.order(), request, false, purchase -> rule.apply(purchase, request))) {
            case ReturnIntake.Outcome.Stored(ReturnId id) -> granted(asked, id, decision);
            case ReturnIntake.Outcome.Replayed(ReturnId id) -> granted(asked, id, decision);
            case ReturnIntake.Outcome.KeyReused reused -> Optional.of("its name was used for another return");
            case ReturnIntake.Outcome.Conflict(String why) -> Optional.of(why);
            case ReturnIntake.Outcome.Denied(List<Verdict> verdicts) -> refused(asked, verdicts, decision);
        };
    }

    private static ReturnRequest request(ChannelReturn asked) {
        return new ReturnRequest(
                OrderId.of(asked.order()),
                new ReturnCause.ByChoice(),
                new ReturnedTo.ByMail(),
                asked.units().stream()
                        .map(units -> new ReturnRequest.Line(
                                units.lineId(), units.quantity(), units.reason(), Optional.empty()))
                        .toList());
    }

    private Optional<String> granted(ChannelReturn asked, ReturnId id, Optional<Decision> decision) {
        trace.link(asked.id().number(), id.value());
        if (!asked.isRequested()) {
            return Optional.empty();
        }
        if (returns.find(id).filter(Return::ended).isPresent()) {
            return Optional.of("it waits there for an answer, and " + id + " has ended");
        }
        Intent approval = Intent.of(
                        asked.id().account(), id.value(), APPROVE, asked.id().number())
                .asking("approve return " + asked.id().number() + " as " + id)
                .foundBy(() -> found(asked.id(), Status.OPEN))
                .doneBy(key -> channel.approve(asked.id()));
        return answered(asked, approval, decision);
    }

    /** What the shop and we see otherwise, and what is refused in part, is for a person; so is what the staff has opened already. */
    private Optional<String> refused(ChannelReturn asked, List<Verdict> verdicts, Optional<Decision> decision) {
        List<Verdict.Refused> refusals = verdicts.stream()
                .filter(Verdict.Refused.class::isInstance)
                .map(Verdict.Refused.class::cast)
                .toList();
        String why = refusals.stream()
                .map(refusal -> "line " + refusal.line().lineId() + ": " + refusal.reason() + " (" + refusal.rule()
                        + "), " + refusal.why())
                .collect(Collectors.joining("; "));
        boolean all = refusals.size() == verdicts.size();
        if (!all || !asked.isRequested() || !refusals.stream().allMatch(ReturnsAtChannel::isForThePolicyToSay)) {
            return Optional.of("the policy of returns does not allow it: " + why);
        }
        Verdict.Refused first = refusals.getFirst();
        String words = refusals.stream().map(Verdict.Refused::why).distinct().collect(Collectors.joining("; "));
        explain(asked, why);
        Intent declining = Intent.of(
                        asked.id().account(),
                        asked.id().subject(),
                        DECLINE,
                        asked.id().number())
                .asking("decline return " + asked.id().number() + ": " + why)
                .foundBy(() -> found(asked.id(), Status.DECLINED))
                .doneBy(key -> channel.decline(asked.id(), first.reason(), words));
        return answered(asked, declining, decision);
    }

    /** Nothing of ours comes of it, so the order's line tells. */
    private void explain(ChannelReturn asked, String why) {
        String order = OrderId.of(asked.order()).value();
        trace.link(asked.id().number(), order);
        trace.append(
                order,
                asked.id().subject() + " declined",
                "return.declined",
                "return " + asked.id().number() + " that was asked for at "
                        + asked.id().account() + " is to be declined, by the policy of returns",
                Map.of("channelReturn", asked.id().number(), "why", why));
    }

    private static boolean isForThePolicyToSay(Verdict.Refused refusal) {
        return switch (refusal.reason()) {
            case NOT_RETURNABLE, WITHOUT_GOODS, WINDOW_CLOSED, CUSTOMER_LIMIT -> true;
            case NOT_OF_THIS_ORDER, NOT_HANDED_OVER, MORE_THAN_IS_LEFT, UNKNOWN_GRADE -> false;
        };
    }

    private Optional<Receipt> found(ChannelReturnId id, Status answered) {
        return channel.read(id).filter(now -> now.status() == answered).map(now -> Receipt.of(id.number()));
    }

    /** Somebody may have answered in the shop's admin at the same time: then that counts. */
    private Optional<String> answered(ChannelReturn asked, Intent answer, Optional<Decision> decision) {
        if (!(effects.carryOut(answer, decision) instanceof Reply.Refused(FailureCode _, String detail))) {
            return Optional.empty();
        }
        Optional<ChannelReturn> now = channel.read(asked.id()).filter(read -> !read.isRequested());
        return now.isPresent()
                ? question(now.get(), decision)
                : Optional.of("the channel does not take our answer: " + detail);
    }

    private Optional<String> ended(ChannelReturn asked) {
        Optional<Return> open = ours(asked.id()).flatMap(returns::find).filter(one -> !one.ended());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Return returned = open.get();
        boolean workedOn = asked.processed() || asked.refunded();
        if (returned.goods() == GoodsStatus.AUTHORISED && returned.mayBeRefused() && !workedOn) {
            return end(asked, returned.id());
        }
        return asked.status() == Status.CLOSED && hasAllCome(returned)
                ? Optional.empty()
                : Optional.of(
                        "it is " + asked.status() + " there" + (workedOn ? ", after its goods were processed," : "")
                                + " and " + returned.id() + " goes on: its goods are " + returned.goods());
    }

    private static boolean hasAllCome(Return returned) {
        return returned.goods() == GoodsStatus.RECEIVED || returned.goods() == GoodsStatus.INSPECTED;
    }

    private Optional<String> end(ChannelReturn asked, ReturnId id) {
        ReturnIntake.Outcome outcome = intake.refuse(
                id, person(asked.id()), "It was " + asked.status() + " at the channel.", RefusedGoods.SEND_BACK);
        return outcome instanceof ReturnIntake.Outcome.Conflict(String why) ? Optional.of(why) : Optional.empty();
    }

    private Optional<ReturnId> ours(ChannelReturnId id) {
        return intake.authorised(OWNER, id.subject());
    }

    private static ReturnIntake.Submission submission(ChannelReturnId id) {
        return new ReturnIntake.Submission(person(id), id.subject(), Sha256.hex(id.subject()));
    }

    private static ReturnIntake.Person person(ChannelReturnId id) {
        return new ReturnIntake.Person(OWNER, "return " + id.number() + " at " + id.account());
    }

    /** What somebody has left as it is in these very words is not asked again. */
    private void ask(ChannelReturn asked, String why) {
        String subject = OrderId.of(asked.order()).value();
        String step = step(asked);
        String words = words(asked.id(), why);
        boolean answered = cases.ofSubject(subject).stream()
                .anyMatch(past -> past.step().equals(step)
                        && past.status() == CaseStatus.CLOSED
                        && past.detail().equals(words));
        if (!answered) {
            Case open = cases.open(asked.id().account(), subject, step, FailureCode.RETURN_NOT_TAKEN, words);
            cases.restate(open.id(), words);
        }
    }

    private void settle(ChannelReturn asked) {
        cases.current(OrderId.of(asked.order()).value(), step(asked))
                .ifPresent(open -> cases.settle(open.id(), "it goes with ours by now"));
    }

    private static String step(ChannelReturn asked) {
        return STEP + asked.id().number();
    }

    private static String words(ChannelReturnId id, String why) {
        return "return " + id.number() + " of " + id.account() + " is not taken in: " + why;
    }
}
