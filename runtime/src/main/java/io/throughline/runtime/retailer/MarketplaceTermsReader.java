package io.throughline.runtime.retailer;

import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.MarketplaceTerms;
import io.throughline.domain.marketplace.ShipBy;
import io.throughline.domain.money.CurrencyCode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what was agreed with a marketplace from the options of its account. */
final class MarketplaceTermsReader {
    static final List<String> OPTIONS =
            List.of("client", "currency", "zone", "acknowledgeWithin", "shipBy", "cancellationReasons");

    private MarketplaceTermsReader() {}

    /** IllegalArgumentException names the option that is wrong, and what it should be. */
    static MarketplaceTerms read(AccountSettings settings) {
        return new MarketplaceTerms(
                settings.option("client"),
                read(settings, "currency", "an ISO 4217 currency such as USD", CurrencyCode::of),
                read(settings, "zone", "a time zone such as America/New_York", ZoneId::of),
                read(settings, "acknowledgeWithin", "an ISO 8601 duration such as PT30M", MarketplaceTermsReader::some),
                read(settings, "shipBy", "such as '48 hours' or '2 business days'", ShipBy::parse),
                read(
                        settings,
                        "cancellationReasons",
                        "some of " + List.of(CancellationReason.values()) + " with commas between, OTHER among them",
                        MarketplaceTermsReader::reasons));
    }

    private static Duration some(String text) {
        Duration duration = Duration.parse(text);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    private static Set<CancellationReason> reasons(String text) {
        Set<CancellationReason> reasons = Arrays.stream(text.split(",", -1))
                .map(name -> CancellationReason.valueOf(name.strip()))
                .collect(Collectors.toSet());
        if (!reasons.contains(CancellationReason.OTHER)) {
            throw new IllegalArgumentException(text);
        }
        return reasons;
    }

    private static <T> T read(AccountSettings settings, String name, String hint, Function<String, T> parser) {
        String text = settings.option(name);
        try {
            return parser.apply(text);
        } catch (RuntimeException unfit) {
            throw new IllegalArgumentException("'" + text + "' is no " + name + ": write " + hint, unfit);
        }
    }
}
