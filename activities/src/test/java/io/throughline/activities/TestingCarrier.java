package io.throughline.activities;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelReference;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Carriers that sell a label by the name of each parcel: what the usual one does is called label, what others do bears their name. */
public final class TestingCarrier implements Carrier {
    private final TestingVendor vendor;
    private final Map<ParcelReference, PostalAddress> addresses = new ConcurrentHashMap<>();

    public TestingCarrier(TestingVendor vendor) {
        this.vendor = vendor;
    }

    @Override
    public Optional<Receipt> findLabel(AccountId account, ParcelReference reference) {
        return vendor.find(label(account), reference.value()).map(TestingCarrier::label);
    }

    @Override
    public Reply buyLabel(AccountId account, LabelRequest request, String vendorKey) {
        addresses.put(request.reference(), request.to());
        return switch (vendor.change(label(account), request.reference().value(), vendorKey)) {
            case Reply.Done(Receipt receipt) -> Reply.done(label(receipt));
            case Reply.Refused refused -> refused;
        };
    }

    private static String label(AccountId account) {
        return account.equals(SampleAccounts.CARRIER) ? "label" : "label by " + account;
    }

    private static Receipt label(Receipt receipt) {
        return new Label(
                        new Tracking("Testing Parcel", receipt.reference()),
                        "https://labels.example/" + receipt.reference())
                .toReceipt();
    }

    /** Where each parcel was to go when its label was asked for last. */
    public Map<ParcelReference, PostalAddress> addresses() {
        return Map.copyOf(addresses);
    }

    @Override
    public Optional<Receipt> findVoid(AccountId account, String number) {
        return vendor.find("void", number);
    }

    @Override
    public Reply voidLabel(AccountId account, String number, String vendorKey) {
        return vendor.change("void", number, vendorKey);
    }

    @Override
    public Optional<TrackingNews> track(AccountId account, String number) {
        return Optional.empty();
    }

    @Override
    public void tellAt(AccountId account, URI address) {}
}
