package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parcels of returns in memory. No process is woken. */
public final class TestingReturnParcels implements ReturnParcels {
    private final TestingReturns returns;
    private final Clock clock;
    private final List<String> refusals = new ArrayList<>();

    public TestingReturnParcels(TestingReturns returns, Clock clock) {
        this.returns = returns;
        this.clock = clock;
    }

    /** Who sells no label for what, and why. */
    public synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void labelled(ReturnParcelId id, AccountId carrier, Label label) {
        returns.parcel(
                id,
                parcel -> with(
                        parcel,
                        ParcelStatus.LABELLED,
                        Optional.of(label.tracking()),
                        Optional.of(label.address()),
                        Optional.of(carrier),
                        clock.instant()));
    }

    @Override
    public synchronized void labelRefused(ReturnParcelId id, AccountId carrier, String why) {
        refusals.add(carrier + " " + id + " " + why);
    }

    @Override
    public void unlabelled(ReturnParcelId id, String why) {
        returns.parcel(
                id, parcel -> parcel.isToBeLabelled() ? at(parcel, ParcelStatus.UNLABELLED, clock.instant()) : parcel);
    }

    @Override
    public void voided(ReturnParcelId id) {
        returns.parcel(id, parcel -> at(parcel, ParcelStatus.VOIDED, clock.instant()));
    }

    @Override
    public void kept(ReturnParcelId id) {
        returns.parcel(id, parcel -> flagged(parcel, true, parcel.told()));
    }

    @Override
    public void told(ReturnParcelId id) {
        returns.parcel(id, parcel -> flagged(parcel, parcel.kept(), true));
    }

    @Override
    public List<Heard> hear(String carrierName, String number, TrackingNews news) {
        return returns.recent(500).stream()
                .flatMap(returned -> returned.parcels().stream()
                        .filter(parcel -> parcel.tracking()
                                .filter(new Tracking(carrierName, number)::equals)
                                .isPresent())
                        .map(parcel -> {
                            returns.parcel(
                                    parcel.id(),
                                    one -> one.status().mayBecome(news.status())
                                            ? at(one, news.status(), news.at())
                                            : one);
                            return new Heard(
                                    returns.get(returned.id()).parcels().stream()
                                            .filter(now -> now.id().equals(parcel.id()))
                                            .findFirst()
                                            .orElseThrow(),
                                    returned.order(),
                                    parcel.isFromCustomer() && !returned.ended());
                        }))
                .toList();
    }

    @Override
    public List<String> unheardOf(String carrierName, Instant before, int limit) {
        return List.of();
    }

    private static ReturnParcel at(ReturnParcel parcel, ParcelStatus status, Instant at) {
        return with(parcel, status, parcel.tracking(), parcel.label(), parcel.boughtFrom(), at);
    }

    private static ReturnParcel flagged(ReturnParcel parcel, boolean kept, boolean told) {
        return new ReturnParcel(
                parcel.id(),
                parcel.direction(),
                parcel.facility(),
                parcel.terms(),
                parcel.status(),
                parcel.tracking(),
                parcel.label(),
                parcel.boughtFrom(),
                parcel.at(),
                kept,
                told);
    }

    private static ReturnParcel with(
            ReturnParcel parcel,
            ParcelStatus status,
            Optional<Tracking> tracking,
            Optional<String> label,
            Optional<AccountId> boughtFrom,
            Instant at) {
        return new ReturnParcel(
                parcel.id(),
                parcel.direction(),
                parcel.facility(),
                parcel.terms(),
                status,
                tracking,
                label,
                boughtFrom,
                at,
                parcel.kept(),
                parcel.told());
    }
}
