package io.throughline.runtime.retailer;

import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.policy.ReroutePolicy;
import io.throughline.domain.policy.ReroutePolicy.Offers;
import io.throughline.domain.policy.ReroutePolicy.Otherwise;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what becomes of work that a facility does not do, of a version of the policy of orders. Versions from before there was a choice have none. */
final class ReroutePolicyReader {
    private static final String SECTION = "reroutes";
    private static final String OTHERWISE_HINT = "any of " + List.of(Otherwise.values()) + ", or [] for a case";
    private static final String CHOICES_HINT = "any of " + List.of(OfferChoice.values());
    private static final int MOST = 20;
    private static final int MOST_STORES = 10;

    private ReroutePolicyReader() {}

    static ReroutePolicy read(YamlSection section) {
        return section.has(SECTION)
                ? section.section(
                        SECTION, "when work goes elsewhere, and what if nobody can do it", ReroutePolicyReader::rules)
                : ReroutePolicy.usual();
    }

    private static ReroutePolicy rules(YamlSection section) {
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
                unexplained,
                otherwise,
                offers
                        ? Optional.of(
                                section.section("offers", "what customers may choose", ReroutePolicyReader::offers))
                        : Optional.empty());
    }

    private static Offers offers(YamlSection section) {
        Set<OfferChoice> choices = Set.copyOf(section.values("choices", CHOICES_HINT, OfferChoice::valueOf));
        if (choices.size() < 2) {
            throw section.wrong("choices", "two at least, or there is nothing to choose");
        }
        return new Offers(
                section.value("answerWithin", Values.DURATION_HINT, Values::someDuration),
                choices,
                section.value("unanswered", "one of the choices " + choices, text -> {
                    OfferChoice chosen = OfferChoice.valueOf(text);
                    if (!choices.contains(chosen)) {
                        throw new IllegalArgumentException(text);
                    }
                    return chosen;
                }),
                section.value("stores", "1 to " + MOST_STORES, Values.between(1, MOST_STORES)),
                section.value("lookAgainAfter", Values.DURATION_HINT, Values::someDuration));
    }
}
