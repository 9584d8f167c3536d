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
    private static final String LABEL = "label";

    /** Not the carrier's silence: another attempt, a person, or our own database is what holds it up. */
    private static final Set<FailureCode> OTHERS_DOING =
            Set.of(FailureCode.EFFECT_IN_FLIGHT, FailureCode.SYSTEM_PAUSED, FailureCode.STORE_UNREACHABLE);

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
        for (AccountId seller : sellers) {
            try {
                switch (ask(wanted, seller, decision)) {
                    case Reply.Done(Receipt receipt) -> {
                        silent.forEach(one -> leaveUnclear(wanted.owner(), wanted.channel(), one, wanted.parcel()));
                        return new Sale.Sold(seller, receipt);
                    }
                    case Reply.Refused(FailureCode _, String detail) -> {
                        wanted.refused().accept(seller, detail);
                        why.add(sellers.size() == 1 ? detail : seller + ": " + detail);
                    }
                }
            } catch (SystemFailure failure) {
                Instant since =
                        silentSince(seller, silentAfter, wanted.parcel(), failure).orElseThrow(() -> failure);
                String words = "it has not answered since " + since.truncatedTo(ChronoUnit.SECONDS);
                wanted.refused().accept(seller, words);
                why.add(seller + ": " + words);
                silent.add(seller);
                unanswered = Optional.of(failure);
            }
        }
        return new Sale.Nobody(String.join("; ", why), unanswered);
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

    /** Who was passed over may have sold a label that nobody has seen: somebody has to look, and nothing waits for that. */
    public void leaveUnclear(PostingSubject owner, AccountId channel, AccountId seller, ParcelReference parcel) {
        asked(seller, parcel)
                .filter(effect -> effect.state() == EffectLedger.State.UNKNOWN)
                .ifPresent(unclear -> steps.leaveBehind(
                        new Steps.Step(owner, channel, seller, "carrier.label-unclear", parcel.value()),
                        FailureCode.LABEL_NOT_VOIDED,
                        seller + " may have sold a label for " + parcel.value()
                                + " and has not answered: look for it there, and give it back"));
    }
}
