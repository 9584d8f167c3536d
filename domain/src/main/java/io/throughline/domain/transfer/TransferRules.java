package io.throughline.domain.transfer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which facility may send to which, by the stock policy in force; and that nobody books here what another system books. Tills follow what
 * the ledger moves, and a system that is booked by its levels says what came of it. An ERP or a warehouse whose movements are
 * booked keeps the transfers of its places itself, and is heard.
 */
public final class TransferRules {
    private final StockPolicies policies;
    private final StockAuthorities authorities;
    private final Accounts accounts;

    public TransferRules(StockPolicies policies, StockAuthorities authorities, Accounts accounts) {
        this.policies = policies;
        this.authorities = authorities;
        this.accounts = accounts;
    }

    /** Whether goods may go this way, and on what terms. */
    public sealed interface Ruling {
        record Allowed(TransferTerms terms) implements Ruling {}

        record Refused(String why) implements Ruling {}
    }

    public Ruling of(FacilityId from, FacilityId to, Instant now) {
        Optional<String> elsewhere = Stream.of(from, to)
                .flatMap(facility -> keptElsewhere(facility).stream())
                .findFirst();
        if (elsewhere.isPresent()) {
            return new Ruling.Refused(elsewhere.get());
        }
        StockPolicy policy = policies.at(now);
        return policy.transfer(from, to)
                .<Ruling>map(rule -> new Ruling.Allowed(terms(policy, rule)))
                .orElseGet(() -> new Ruling.Refused("no rule of " + policy.version() + " lets " + from + " send to "
                        + to + ": choose other facilities, or add a rule to its transfers"));
    }

    /** The same for what a customer is to collect at the receiver, by the rules of that instant. */
    public OrderTransferRules forOrders(Instant now) {
        StockPolicy policy = policies.at(now);
        return (from, to) -> policy.transfer(from, to)
                .filter(rule ->
                        Stream.of(from, to).noneMatch(one -> keptElsewhere(one).isPresent()))
                .flatMap(rule ->
                        rule.shipToStore().map(sendWithin -> new OrderTransferTerms(terms(policy, rule), sendWithin)));
    }

    private static TransferTerms terms(StockPolicy policy, StockPolicy.TransferRule rule) {
        return new TransferTerms(policy.version(), rule.name(), rule.within(), rule.keep(), rule.tolerance());
    }

    private Optional<String> keptElsewhere(FacilityId facility) {
        Authority authority = authorities.of(facility, Measure.ON_HAND);
        boolean follows = authority.basis() == Basis.LEVELS
                || accounts.find(AccountId.of(authority.system()))
                        .map(account -> account.system().sellsAtTills())
                        .orElse(false);
        return follows
                ? Optional.empty()
                : Optional.of("the stock of " + facility + " is moved by " + authority.system()
                        + ": record the transfer there, and it is heard of");
    }
}
