package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.ParcelReference;
import io.throughline.domain.intervention.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Finds a carrier that sells the label of a parcel: that of its facility, else those of a policy, in their order. Who has refused a
 * parcel is not asked for it again, unless a person says so; who has not answered for as long as the policy bears is passed over.
 */
public final class LabelSellers {
    static final String LABEL = "label";

    /** Not the carrier's silence: another attempt, a person, or our own database is what holds it up. */
    private static final Set<FailureCode> OTHERS_DOING =
            Set.of(FailureCode.EFFECT_IN_FLIGHT, FailureCode.SYSTEM_PAUSED, FailureCode.STORE_UNREACHABLE);

    /** Another attempt may be asking just now, and tell nobody. */
    private static final Set<EffectLedger.State> NOT_HEARD =
            Set.of(EffectLedger.State.UNKNOWN, EffectLedger.State.LEASED);

    private final Steps steps;
    private final Effects effects;
    private final Carrier carrier;
    private final Clock clock;

    public LabelSellers(Steps steps, Effects effects, Carrier carrier, Clock clock) {
        this.steps = steps;
        this.effects = effects;
        this.carrier = carrier;
        this.clock = clock;
    }

    /**
     * A label that is wanted. {@code owner} is whose cases are about it, of the account {@code channel}; {@code contents} what lies in the parcel, without
     * personal data; {@code refused} keeps who sells none, and why.
     */
    public record Wanted(
            PostingSubject owner,
            AccountId channel,
            Carrier.LabelRequest request,
            String contents,
            BiConsumer<AccountId, String> refused) {
        ParcelReference parcel() {
            return request.reference();
        }
    }

    /** What came of asking for one label. */
    public sealed interface Sale {
        record Sold(AccountId seller, Receipt receipt) implements Sale {}

        /** Each has said no, or nothing; {@code unanswered} is the failure of one that has said nothing. */
        record Nobody(String why, Optional<SystemFailure> unanswered) implements Sale {}
    }

    public Sale sell(
            Wanted wanted, List<AccountId> sellers, Optional<Duration> silentAfter, Optional<Decision> decision) {
        List<String> why = new ArrayList<>();
        List<AccountId> silent = new ArrayList<>();
        Optional<SystemFailure> unanswered = Optional.empty();
        for (AccountId seller : whoSoldFirst(sellers, wanted.parcel())) {
            try {
                switch (ask(wanted, seller, decision)) {
                    case Reply.Done(Receipt receipt) -> {
                        silent.forEach(one -> passOver(wanted.owner(), wanted.channel(), one, wanted.parcel()));
                        return new Sale.Sold(seller, receipt);
                    }
                    case Reply.Refused(FailureCode _, String detail) -> {
                        wanted.refused().accept(seller, detail);
                        why.add(sellers.size() == 1 ? detail : seller + ": " + detail);
                    }
                }
            } catch (SystemFailure failure) {
                Instant since = silentSince(seller, silentAfter, wanted.parcel(), failure)
                        .orElseThrow(() -> failure);
                String words = "it has not answered since " + since.truncatedTo(ChronoUnit.SECONDS);
                wanted.refused().accept(seller, words);
                why.add(seller + ": " + words);
                silent.add(seller);
                unanswered = Optional.of(failure);
            }
        }
        return new Sale.Nobody(String.join("; ", why), unanswered);
    }

    /** One that was sold, and not written down with its parcel, is that parcel's: no second one is bought elsewhere. */
    private List<AccountId> whoSoldFirst(List<AccountId> sellers, ParcelReference parcel) {
        return sellers.size() < 2
                ? sellers
                : sellers.stream()
                        .sorted(Comparator.comparing(seller -> !hasSold(seller, parcel)))
                        .toList();
    }

    private boolean hasSold(AccountId seller, ParcelReference parcel) {
        return sold(effects.tried(seller, parcel.value(), LABEL)).isPresent();
    }

    private static Optional<String> sold(Optional<EffectLedger.Effect> asked) {
        return asked.filter(effect -> effect.state() == EffectLedger.State.SUCCEEDED)
                .flatMap(EffectLedger.Effect::receipt)
                .map(Receipt::reference);
    }

    /** Who is asked for the labels of a facility, in this order: its usual one, and those that a policy names. */
    public static List<AccountId> sellers(Optional<AccountId> usual, List<AccountId> instead) {
        return Stream.concat(usual.stream(), instead.stream()).distinct().toList();
    }

    private Reply ask(Wanted wanted, AccountId seller, Optional<Decision> decision) {
        ParcelReference parcel = wanted.parcel();
        return effects.carryOut(
                Effects.Intent.of(seller, parcel.value(), LABEL, Job.ONCE)
                        .asking("label " + parcel.value() + " " + wanted.contents())
                        .foundBy(() -> carrier.findLabel(seller, parcel))
                        .doneBy(key -> carrier.buyLabel(seller, wanted.request(), key)),
                decision);
    }

    private Optional<Instant> silentSince(
            AccountId seller, Optional<Duration> silentAfter, ParcelReference parcel, SystemFailure failure) {
        if (failure.code().category() != FailureCategory.TRANSIENT || OTHERS_DOING.contains(failure.code())) {
            return Optional.empty();
        }
        return silentAfter.flatMap(patience -> asked(seller, parcel)
                .flatMap(EffectLedger.Effect::firstFailedAt)
                .filter(since -> !clock.instant().isBefore(since.plus(patience))));
    }

    private Optional<EffectLedger.Effect> asked(AccountId seller, ParcelReference parcel) {
        return effects.find(seller, parcel.value(), LABEL, Job.ONCE);
    }

    /**
     * Nobody wants its label any more. One that it has sold, and that was not written down with its parcel, is given back. It may have sold one that
     * nobody has seen: that is looked for as soon as it answers ({@link LateLabels}), a person may do so before, and nothing waits for either.
     */
    public void passOver(PostingSubject owner, AccountId channel, AccountId seller, ParcelReference parcel) {
        Optional<EffectLedger.Effect> asked = effects.tried(seller, parcel.value(), LABEL);
        sold(asked).ifPresent(number -> giveBack(owner, channel, seller, parcel, number));
        asked.filter(effect -> NOT_HEARD.contains(effect.state()))
                .ifPresent(unclear -> steps.leaveBehind(
                        unclear(owner, channel, seller, parcel),
                        FailureCode.LABEL_NOT_VOIDED,
                        seller + " may have sold a label for " + parcel.value()
                                + " and has not answered: look for it there, and give it back"));
        asked.ifPresent(
                effect -> effects.giveUp(seller, parcel.value(), LABEL, Job.ONCE, "its label is wanted no more"));
    }

    /** False: it does not take the label back, which is a case of its own, as for any label. */
    boolean giveBack(PostingSubject owner, AccountId channel, AccountId seller, ParcelReference parcel, String number) {
        Reply reply = effects.carryOut(
                Effects.Intent.of(seller, parcel.value(), "void", Job.ONCE)
                        .asking("void " + number)
                        .foundBy(() -> carrier.findVoid(seller, number))
                        .doneBy(key -> carrier.voidLabel(seller, number, key)),
                Optional.empty());
        if (reply instanceof Reply.Refused(FailureCode code, String detail)) {
            steps.leaveBehind(
                    new Steps.Step(owner, channel, seller, "carrier.label-left", parcel.value()),
                    code,
                    parcel.value() + " (" + number + "): " + detail);
            return false;
        }
        return true;
    }

    /** Who may have sold a label that nobody has seen. */
    static Steps.Step unclear(PostingSubject owner, AccountId channel, AccountId seller, ParcelReference parcel) {
        return new Steps.Step(owner, channel, seller, "carrier.label-unclear", parcel.value());
    }
}
