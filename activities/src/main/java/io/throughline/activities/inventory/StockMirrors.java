package io.throughline.activities.inventory;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockMirror;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which accounts are shown our stock, where, and by which rules. */
public final class StockMirrors {
    private final Accounts accounts;
    private final Facilities facilities;
    private final StockAuthorities authorities;
    private final StockPolicies policies;
    private final Map<OutsideSystem, StockMirror> mirrors;

    public StockMirrors(
            Accounts accounts,
            Facilities facilities,
            StockAuthorities authorities,
            StockPolicies policies,
            Map<OutsideSystem, StockMirror> mirrors) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.authorities = authorities;
        this.policies = policies;
        this.mirrors = Map.copyOf(mirrors);
    }

    /** The accounts that are told of stock. */
    public List<Account> accounts() {
        return accounts.all().stream()
                .filter(account -> mirrors.containsKey(account.system()))
                .filter(account -> !account.isOff())
                .toList();
    }

    boolean tells(AccountId account) {
        return accounts().stream().anyMatch(one -> one.id().equals(account));
    }

    StockMirror of(AccountId account) {
        return Objects.requireNonNull(mirrors.get(accounts.get(account).system()), "the account shows no stock");
    }

    /** The facilities that have a location at the account. */
    public Set<FacilityId> facilities(AccountId account) {
        return facilities.all().stream()
                .filter(facility -> facility.locations().containsKey(account))
                .map(Facility::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those whose stock on hand the account's system moves itself: what it shows there is right, but for what others have done. */
    Set<FacilityId> movedBy(AccountId account) {
        return facilities(account).stream()
                .filter(facility -> authorities.isMovedBy(account.value(), facility, Measure.ON_HAND))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What the account's pictures depend on beside the ledger, and what is offered of each facility: whether they are sent, the policy in force,
     * and by what of it. Whoever was told before policy limited what channels may sell is told anew.
     */
    public String terms(AccountId account, Instant now) {
        return accounts.get(account).mode() + " " + policies.at(now).version() + " by channel";
    }
}
