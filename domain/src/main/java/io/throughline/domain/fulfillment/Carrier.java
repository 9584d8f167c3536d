package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Brings parcels to customers, and back from them. What it is asked for bears our own reference, by which its effect is found again. Failures are {@code
 * SystemFailure}.
 */
public interface Carrier {
    /** The receipt is that of a {@link Label}. */
    Optional<Receipt> findLabel(AccountId account, ParcelReference reference);

    /** Buys the label of one parcel. Refused with CARRIER_REFUSED where this parcel is not taken, or not to or from this address. */
    Reply buyLabel(AccountId account, LabelRequest request, String vendorKey);

    Optional<Receipt> findVoid(AccountId account, String number);

    /** Gives a label back. Refused with LABEL_NOT_VOIDED once the parcel is on its way. */
    Reply voidLabel(AccountId account, String number, String vendorKey);

    /** Where a parcel is. Empty: the number is not known, or what is said of it means nothing to us. */
    Optional<TrackingNews> track(AccountId account, String number);

    /** Has what becomes of parcels told to this address; the same again changes nothing. */
    void tellAt(AccountId account, URI address);

    /**
     * {@code from} may be no more than the name and the country of a place of ours. Where the parcel {@code comesBack}, it is an address at which a
     * customer hands the parcel over. Addresses of customers are personal data.
     */
    record LabelRequest(
            ParcelReference reference,
            String orderName,
            PostalAddress from,
            PostalAddress to,
            OptionalInt weightGrams,
            boolean comesBack) {
        /** Of a parcel that leaves a place of ours, of which nobody has to know more than its name and country. */
        public LabelRequest(
                ParcelReference reference,
                String orderName,
                String fromName,
                String fromCountry,
                PostalAddress to,
                OptionalInt weightGrams) {
            this(reference, orderName, place(fromName, fromCountry), to, weightGrams, false);
        }

        private static PostalAddress place(String name, String country) {
            return new PostalAddress(
                    Optional.of(name),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(country),
                    Optional.empty());
        }

        @Override
        public String toString() {
            return "LabelRequest[" + reference + "]";
        }
    }
}
