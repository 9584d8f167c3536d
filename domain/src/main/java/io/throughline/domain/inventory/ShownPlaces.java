package io.throughline.domain.inventory;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which systems show our stock, where, and at which of these places they follow what they are told. A system that moves the stock of a place
 * itself does not; but nobody other than the ledger knows how many bundles there are.
 */
public final class ShownPlaces {
    private final Accounts accounts;
    private final Facilities facilities;
    private final StockAuthorities authorities;
    private final Bundles bundles;

    public ShownPlaces(Accounts accounts, Facilities facilities, StockRules rules) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.authorities = rules.authorities();
        this.bundles = rules.bundles();
    }

    /** The facilities whose stock the account's system shows; none when it shows none, or is left alone. */
    public Set<FacilityId> of(AccountId account) {
        return accounts.find(account).filter(ShownPlaces::shows).stream()
                .flatMap(shown -> facilities.all().stream())
                .filter(facility -> facility.locations().containsKey(account))
                .map(Facility::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean shows(Account account) {
        return account.system().showsStock() && !account.isOff();
    }

    /** Whether the account's system is to show at the place what the ledger has. */
    public boolean follows(AccountId account, StockSubject place) {
        return !moves(account, place, Measure.ON_HAND) && of(account).contains(place.facility());
    }

    /** Whether the account's system moves the stock of the place itself, and so knows by itself how much there is. */
    public boolean moves(AccountId account, StockSubject place, Measure measure) {
        return !bundles.isBundle(place.sku()) && authorities.isMovedBy(account.value(), place.facility(), measure);
    }

    /** The accounts whose systems are to show at the place what the ledger has. */
    public List<AccountId> following(StockSubject place) {
        return accounts.all().stream()
                .map(Account::id)
                .filter(account -> follows(account, place))
                .sorted(Comparator.comparing(AccountId::value))
                .toList();
    }
}
