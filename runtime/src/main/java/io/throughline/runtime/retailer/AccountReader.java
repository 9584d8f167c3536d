package io.throughline.runtime.retailer;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.counter.CardCodes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one account; which options and credentials it needs depends on its system. */
final class AccountReader {
    private AccountReader() {}

    /** One account as the file has it; {@code erp} is the account in whose books its orders are posted. */
    record Entry(Account account, AccountSettings settings, Optional<AccountId> erp) {}

    static Entry read(YamlSection section) {
        AccountId id = section.value("id", "a name of 1 to 40 of a-z, 0-9 and -", AccountId::of);
        OutsideSystem system =
                section.value("system", "one of " + List.of(OutsideSystem.values()), OutsideSystem::valueOf);
        EffectMode mode = section.value("mode", "one of " + List.of(EffectMode.values()), EffectMode::valueOf);
        URI baseUrl = section.value(
                "baseUrl", "the http or https address that the account is reached at", AccountReader::address);
        Optional<AccountId> erp = section.optionalText("erp")
                .map(ignored -> section.value("erp", "the id of an account whose system is TRYTON", AccountId::of));
        if (erp.isEmpty() && hasOrders(system)) {
            throw section.wrong(
                    "erp", "missing: name the account in whose books the orders of '" + id + "' are posted");
        }
        Names names = Names.of(system);
        Map<String, String> options = values(section, "options", names.options(), optionalOptions(system));
        Map<String, String> credentials =
                values(section, "credentials", names.credentials(), names.optionalCredentials());
        AccountSettings settings = new AccountSettings(id, system, mode, baseUrl, options, credentials);
        settings.optionalCredential(AccountSettings.GIFT_CARD_SECRET).ifPresent(secret -> {
            try {
                new CardCodes(Map.of(id, secret));
            } catch (IllegalArgumentException unfit) {
                throw section.wrong("credentials", String.valueOf(unfit.getMessage()));
            }
        });
        if (system == OutsideSystem.MARKETPLACE) {
            requireTerms(section, settings);
        }
        return new Entry(new Account(id, system, mode), settings, erp);
    }

    private static void requireTerms(YamlSection section, AccountSettings settings) {
        try {
            MarketplaceTermsReader.read(settings);
        } catch (IllegalArgumentException unfit) {
            throw section.wrong("options", String.valueOf(unfit.getMessage()));
        }
    }

    private static boolean hasOrders(OutsideSystem system) {
        return switch (system) {
            case SHOPIFY, SQUARE, MARKETPLACE, REST -> true;
            case TRYTON, MESSAGING, CARRIER, WMS -> false;
        };
    }

    private static List<String> optionalOptions(OutsideSystem system) {
        return system == OutsideSystem.CARRIER ? List.of("service") : List.of();
    }

    private static Map<String, String> values(
            YamlSection section, String key, List<String> required, List<String> optional) {
        if (required.isEmpty()) {
            return Map.of();
        }
        String hint = "this system needs " + String.join(", ", required);
        return section.section(key, hint, inner -> {
            Map<String, String> values = new LinkedHashMap<>();
            required.forEach(name -> values.put(name, inner.text(name, hint)));
            optional.forEach(name -> inner.optionalText(name).ifPresent(value -> values.put(name, value)));
            return values;
        });
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new IllegalArgumentException(text);
        }
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
    }

    /** What an account of a system has besides its address. */
    private record Names(List<String> options, List<String> credentials, List<String> optionalCredentials) {
        static Names of(OutsideSystem system) {
            return switch (system) {
                case SHOPIFY ->
                    new Names(
                            List.of("shopDomain", "apiVersion"),
                            List.of("clientId", "clientSecret"),
                            List.of("previousClientSecret", AccountSettings.GIFT_CARD_SECRET));
                case SQUARE ->
                    new Names(
                            List.of("merchantId", "apiVersion"),
                            List.of("accessToken", "webhookSignatureKey"),
                            List.of());
                case TRYTON ->
                    new Names(
                            List.of("database", "user", "companyName"),
                            List.of("applicationKey", "password"),
                            List.of());
                case MESSAGING ->
                    new Names(
                            List.of("mailFrom", "smsFrom"),
                            List.of("mailApiKey", "smsAccountSid", "smsAuthToken"),
                            List.of());
                case CARRIER -> new Names(List.of("carrierName"), List.of("apiKey", "webhookSecret"), List.of());
                case MARKETPLACE ->
                    new Names(
                            MarketplaceTermsReader.OPTIONS, List.of("signingSecret"), List.of("previousSigningSecret"));
                case REST, WMS -> new Names(List.of(), List.of(), List.of());
            };
        }
    }
}
