package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.policy.ReroutePolicy;
import io.throughline.domain.policy.ReroutePolicy.Carriers;
import io.throughline.domain.policy.ReroutePolicy.Offers;
import io.throughline.domain.policy.ReroutePolicy.Otherwise;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what becomes of work that a facility does not do, or no carrier takes, of a version of the policy of orders. Versions from before there
 * was a choice have none.
 */
final class ReroutePolicyReader {
    private static final String SECTION = "reroutes";
    private static final String EXCEPT = "silentExcept";
    private static final String OTHERWISE_HINT = "any of " + List.of(Otherwise.values()) + ", or [] for a case";
    private static final String CHOICES_HINT = "any of " + List.of(OfferChoice.values());
    private static final int MOST = 20;
    private static final int MOST_STORES = 10;

    private final Accounts accounts;
    private final Facilities facilities;
    private final String facilitiesHint;

    ReroutePolicyReader(Accounts accounts, Facilities facilities) {
        this.accounts = accounts;
        this.facilities = facilities;
        this.facilitiesHint =
                "any of " + facilities.all().stream().map(Facility::id).toList();
    }

    ReroutePolicy read(YamlSection section) {
        return section.has(SECTION)
                ? section.section(SECTION, "when work goes elsewhere, and what if nobody can do it", this::rules)
                : ReroutePolicy.usual();
    }

    private ReroutePolicy rules(YamlSection section) {
        int most = section.value("most", "0 to " + MOST, Values.between(0, MOST));
        boolean silent = section.yesOrNo("silent");
        boolean unexplained = section.yesOrNo("unexplained");
        List<Otherwise> otherwise = section.values("otherwise", OTHERWISE_HINT, Otherwise::valueOf);
        boolean offers = otherwise.contains(Otherwise.OFFER);
        if (offers != section.has("offers")) {
            throw section.wrong("offers", offers ? "say what customers may choose" : "otherwise does not name OFFER");
        }
        return new ReroutePolicy(
                most,
                silent,
                silentExcept(section, silent),
                unexplained,
                otherwise,
                offers
                        ? Optional.of(
                                section.section("offers", "what customers may choose", ReroutePolicyReader::offers))
                        : Optional.empty(),
                section.has("carriers")
                        ? section.section("carriers", "what follows where a carrier takes no parcel", this::carriers)
                        : Carriers.askAPerson());
    }

    /** Versions from before there was a choice except nobody. */
    private Set<FacilityId> silentExcept(YamlSection section, boolean silent) {
        if (!section.has(EXCEPT)) {
            return Set.of();
        }
        if (!silent) {
            throw section.wrong(EXCEPT, "silent is false, so a person is asked about everybody");
        }
        return Set.copyOf(section.values(EXCEPT, facilitiesHint, this::facility));
    }

    private FacilityId facility(String text) {
        return facilities.get(new FacilityId(text)).id();
    }

    private Carriers carriers(YamlSection section) {
        String hint = "up to " + Carriers.MOST + " different accounts whose system is CARRIER, or []";
        List<AccountId> instead = section.values("instead", hint, this::carrier);
        if (instead.size() > Carriers.MOST || Set.copyOf(instead).size() < instead.size()) {
            throw section.wrong("instead", hint);
        }
        return new Carriers(
                instead,
                section.optionalValue("silentAfter", Values.DURATION_HINT, Values::someDuration),
                section.yesOrNo("elsewhere"));
    }

    private AccountId carrier(String text) {
        AccountId id = AccountId.of(text);
        if (accounts.get(id).system() != OutsideSystem.CARRIER) {
            throw new IllegalArgumentException(text);
        }
        return id;
    }

    private static Offers offers(YamlSection section) {
        Set<OfferChoice> choices = Set.copyOf(section.values("choices", CHOICES_HINT, OfferChoice::valueOf));
        if (choices.size() < 2) {
            throw section.wrong("choices", "two at least, or there is nothing to choose");
        }
        return new Offers(
                section.value("answerWithin", Values.DURATION_HINT, Values::someDuration),
                choices,
                section.value("unanswered", "one of the choices " + choices, text -> oneOf(choices, text)),
                section.optionalValue(
                        "unansweredPickup", "one of the choices " + choices, text -> oneOf(choices, text)),
                section.value("stores", "1 to " + MOST_STORES, Values.between(1, MOST_STORES)),
                section.value("lookAgainAfter", Values.DURATION_HINT, Values::someDuration));
    }

    private static OfferChoice oneOf(Set<OfferChoice> choices, String text) {
        OfferChoice chosen = OfferChoice.valueOf(text);
        if (!choices.contains(chosen)) {
            throw new IllegalArgumentException(text);
        }
        return chosen;
    }
}
