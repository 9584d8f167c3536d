package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.policy.ReroutePolicy.Carriers;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a carrier that sells the label of a parcel: that of its facility, else those of the order's policy, in their order. Who has refused a
 * parcel is not asked for it again, unless a person says so; who has not answered for as long as the policy bears is passed over.
 */
final class LabelSellers {
    private static final String LABEL = "label";

    /** Not the carrier's silence: another attempt, a person, or our own database is what holds it up. */
    private static final Set<FailureCode> OTHERS_DOING =
            Set.of(FailureCode.EFFECT_IN_FLIGHT, FailureCode.SYSTEM_PAUSED, FailureCode.STORE_UNREACHABLE);

    private final Steps steps;
    private final Effects effects;
    private final Shipping shipping;
    private final Clock clock;

    LabelSellers(Steps steps, Effects effects, Shipping shipping, Clock clock) {
        this.steps = steps;
        this.effects = effects;
        this.shipping = shipping;
        this.clock = clock;
    }

    /** What came of asking for one label. */
    sealed interface Sale {
        record Sold(AccountId seller, Receipt receipt) implements Sale {}

        /** Each has said no, or nothing; {@code unanswered} is the failure of one that has said nothing. */
        record Nobody(String why, Optional<SystemFailure> unanswered) implements Sale {}
    }

    Sale sell(
            Job job,
            List<AccountId> sellers,
            Carriers policy,
            Parcel parcel,
            PostalAddress to,
            Optional<Decision> decision) {
        List<String> why = new ArrayList<>();
        List<AccountId> silent = new ArrayList<>();
        Optional<SystemFailure> unanswered = Optional.empty();
        for (AccountId seller : sellers) {
            try {
                switch (ask(job, seller, parcel, to, decision)) {
                    case Reply.Done(Receipt receipt) -> {
                        silent.forEach(one -> leaveUnclear(job, one, parcel));
                        return new Sale.Sold(seller, receipt);
                    }
                    case Reply.Refused(FailureCode _, String detail) -> {
                        shipping.parcels().labelRefused(parcel.id(), seller, detail);
                        why.add(sellers.size() == 1 ? detail : seller + ": " + detail);
                    }
                }
            } catch (SystemFailure failure) {
                Instant since = silentSince(seller, policy, parcel, failure).orElseThrow(() -> failure);
                String words = "it has not answered since " + since.truncatedTo(ChronoUnit.SECONDS);
                shipping.parcels().labelRefused(parcel.id(), seller, words);
                why.add(seller + ": " + words);
                silent.add(seller);
                unanswered = Optional.of(failure);
            }
        }
        return new Sale.Nobody(String.join("; ", why), unanswered);
    }

    /** Who is asked for the labels of a facility, in this order. */
    static List<AccountId> sellers(AccountId usual, Carriers policy) {
        return Stream.concat(Stream.of(usual), policy.instead().stream())
                .distinct()
                .toList();
    }

    private Reply ask(Job job, AccountId seller, Parcel parcel, PostalAddress to, Optional<Decision> decision) {
        Carrier.LabelRequest request = new Carrier.LabelRequest(
                parcel.id(),
                job.order().name(),
                job.facility().name(),
                job.facility().country(),
                to,
                parcel.weightGrams());
        return effects.carryOut(
                Effects.Intent.of(seller, parcel.id().value(), LABEL, Job.ONCE)
                        .asking("label " + parcel.id() + " " + parcel.lines())
                        .foundBy(() -> shipping.carrier().findLabel(seller, parcel.id()))
                        .doneBy(key -> shipping.carrier().buyLabel(seller, request, key)),
                decision);
    }

    private Optional<Instant> silentSince(AccountId seller, Carriers policy, Parcel parcel, SystemFailure failure) {
        if (failure.code().category() != FailureCategory.TRANSIENT || OTHERS_DOING.contains(failure.code())) {
            return Optional.empty();
        }
        return policy.silentAfter()
                .flatMap(patience -> asked(seller, parcel)
                        .flatMap(EffectLedger.Effect::firstFailedAt)
                        .filter(since -> !clock.instant().isBefore(since.plus(patience))));
    }

    private Optional<EffectLedger.Effect> asked(AccountId seller, Parcel parcel) {
        return effects.find(seller, parcel.id().value(), LABEL, Job.ONCE);
    }

    /** Who was passed over may have sold a label that nobody has seen: somebody has to look, and nothing waits for that. */
    void leaveUnclear(Job job, AccountId seller, Parcel parcel) {
        asked(seller, parcel)
                .filter(effect -> effect.state() == EffectLedger.State.UNKNOWN)
                .ifPresent(unclear -> steps.leaveBehind(
                        new Steps.Step(
                                job.order().id(),
                                job.channel(),
                                seller,
                                "carrier.label-unclear",
                                parcel.id().value()),
                        FailureCode.LABEL_NOT_VOIDED,
                        seller + " may have sold a label for " + parcel.id()
                                + " and has not answered: look for it there, and give it back"));
    }
}
