package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcels;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Takes in what a carrier says of a parcel, by webhook or asked. What was refused or is lost becomes a return, by the same rules as when
 * somebody tells it by the API; where none can be made of it, a person hears of it. A parcel of a return moves that; of one that went back to its
 * customer and does not come to them a person hears. All of it may be told again.
 */
public final class ParcelTracking {
    private static final ReturnIntake.Person CARRIER = new ReturnIntake.Person("throughline/carrier", "carrier");
    private static final String STEP = "parcel.outcome ";

    private final Map<AccountId, String> carrierNames;
    private final Parcels parcels;
    private final ReturnParcels returnParcels;
    private final ReturnIntake returns;
    private final BiFunction<Purchase, ReturnRequest, ReturnPreview> rule;
    private final Cases cases;
    private final Set<AccountId> refunding;

    /**
     * {@code carrierNames} are what carriers are called on their parcels, {@code rule} tells what the policy allows, {@code refunding} are
     * the channels that give money back when asked.
     */
    public ParcelTracking(
            Map<AccountId, String> carrierNames,
            Parcels parcels,
            ReturnParcels returnParcels,
            ReturnIntake returns,
            BiFunction<Purchase, ReturnRequest, ReturnPreview> rule,
            Cases cases,
            Set<AccountId> refunding) {
        this.carrierNames = Map.copyOf(carrierNames);
        this.parcels = parcels;
        this.returnParcels = returnParcels;
        this.returns = returns;
        this.rule = rule;
        this.cases = cases;
        this.refunding = Set.copyOf(refunding);
    }

    public Map<AccountId, String> carrierNames() {
        return carrierNames;
    }

    /** False: no parcel of ours bears this number yet. */
    public boolean hear(AccountId carrier, String number, TrackingNews news) {
        String name = carrierNames.get(carrier);
        if (name == null) {
            return false;
        }
        List<Parcels.Heard> heard = parcels.hear(name, number, news);
        heard.stream().filter(one -> one.parcel().status().astray()).forEach(this::goneAstray);
        List<ReturnParcels.Heard> ofReturns = returnParcels.hear(name, number, news);
        ofReturns.stream().filter(one -> one.parcel().status().astray()).forEach(this::strayOfReturn);
        return !heard.isEmpty() || !ofReturns.isEmpty();
    }

    /** Where a process waits for it, that asks after the goods. */
    private void strayOfReturn(ReturnParcels.Heard heard) {
        ReturnParcel parcel = heard.parcel();
        String subject = parcel.id().returned().value();
        String step = STEP + parcel.id();
        boolean asked =
                cases.ofSubject(subject).stream().anyMatch(past -> past.step().equals(step));
        if (!heard.waitedFor() && !asked) {
            cases.open(
                    heard.order().account(),
                    subject,
                    step,
                    FailureCode.PARCEL_ASTRAY,
                    "parcel " + parcel.tracking().orElseThrow().number() + " of " + subject
                            + (parcel.isFromCustomer() ? " is " : ", which went back to its customer, is ")
                            + parcel.status());
        }
    }

    private void goneAstray(Parcels.Heard heard) {
        Parcel parcel = heard.parcel();
        OrderKey order = heard.order();
        String number = parcel.tracking().orElseThrow().number();
        Optional<String> obstacle = obstacle(parcel, order, number);
        String step = STEP + parcel.id();
        if (obstacle.isPresent() && neverAsked(parcel, step)) {
            cases.open(
                    order.account(),
                    parcel.id().work().order().value(),
                    step,
                    FailureCode.PARCEL_ASTRAY,
                    "parcel " + number + " of " + parcel.id().work() + " is " + parcel.status() + ": "
                            + obstacle.get());
        }
    }

    private boolean neverAsked(Parcel parcel, String step) {
        return cases.ofSubject(parcel.id().work().order().value()).stream()
                .noneMatch(past -> past.step().equals(step));
    }

    /** Why no return was made of it; empty where there is one. */
    private Optional<String> obstacle(Parcel parcel, OrderKey order, String number) {
        if (parcel.lines().isEmpty()) {
            return Optional.of("nobody has said what lies in it");
        }
        if (!refunding.contains(order.account())) {
            return Optional.of("its channel can't be asked to give the money back");
        }
        ReturnRequest request = request(parcel, number);
        return switch (returns.authorise(
                submission(parcel), order, request, false, purchase -> rule.apply(purchase, request))) {
            case ReturnIntake.Outcome.Stored stored -> Optional.empty();
            case ReturnIntake.Outcome.Replayed replayed -> Optional.empty();
            case ReturnIntake.Outcome.KeyReused reused -> Optional.empty();
            case ReturnIntake.Outcome.Conflict(String why) -> Optional.of(why);
            case ReturnIntake.Outcome.Denied denied -> Optional.of("the policy of returns does not allow it");
        };
    }

    private static ReturnIntake.Submission submission(Parcel parcel) {
        String key = "parcel/" + parcel.id();
        return new ReturnIntake.Submission(CARRIER, key, Sha256.hex(key));
    }

    private static ReturnRequest request(Parcel parcel, String number) {
        boolean lost = parcel.status() == ParcelStatus.LOST;
        ReturnReason reason = lost ? ReturnReason.NEVER_ARRIVED : ReturnReason.UNWANTED;
        return new ReturnRequest(
                parcel.id().work().order(),
                lost ? new ReturnCause.ParcelLost(number) : new ReturnCause.ParcelRefused(number),
                lost ? new ReturnedTo.Never() : new ReturnedTo.ByCarrier(),
                parcel.lines().stream()
                        .map(line -> new ReturnRequest.Line(line.lineId(), line.quantity(), reason, Optional.empty()))
                        .toList());
    }
}
