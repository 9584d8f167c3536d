package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Channel;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnPolicy;
import java.util.List;
import java.util.Set;

/** Reads by what labels goods come back by mail. The facility to which they come must have an address. */
final class MailLabelReader {
    private static final int MOST_CARRIERS = 3;

    private final Facilities facilities;
    private final Accounts accounts;

    MailLabelReader(Facilities facilities, Accounts accounts) {
        this.facilities = facilities;
        this.accounts = accounts;
    }

    ReturnPolicy.Mail read(YamlSection section) {
        String hint = "1 to " + MOST_CARRIERS + " different accounts whose system is CARRIER";
        List<AccountId> carriers = section.values("carriers", hint, this::carrier);
        if (carriers.isEmpty()
                || carriers.size() > MOST_CARRIERS
                || Set.copyOf(carriers).size() < carriers.size()) {
            throw section.wrong("carriers", "name " + hint);
        }
        return new ReturnPolicy.Mail(
                section.value("to", "a facility that has an address", this::reachable),
                section.some("channels", "any of " + List.of(Channel.values()), Channel::valueOf),
                carriers,
                section.optionalValue("silentAfter", Values.DURATION_HINT, Values::someDuration),
                section.yesOrNo("elseByCustomer"),
                new ReturnParcel.Terms(
                        ReturnPolicyReader.days(section, "underWayDays"),
                        ReturnPolicyReader.days(section, "receivedWithinDays")));
    }

    private FacilityId reachable(String text) {
        return facilities
                .find(new FacilityId(text))
                .filter(facility -> facility.address().isPresent())
                .map(Facility::id)
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private AccountId carrier(String text) {
        AccountId id = AccountId.of(text);
        if (accounts.get(id).system() != OutsideSystem.CARRIER) {
            throw new IllegalArgumentException(text);
        }
        return id;
    }
}
