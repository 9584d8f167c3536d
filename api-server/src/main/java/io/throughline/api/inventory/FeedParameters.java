package io.throughline.api.inventory;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.WarehouseFeed;
import io.throughline.domain.inventory.WarehouseFeed.Mode;
import io.throughline.domain.inventory.WarehouseFeed.Unnamed;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a request says of the feed that it hands over. */
final class FeedParameters {
    private final Facilities facilities;
    private final Accounts accounts;
    private final StockAuthorities authorities;

    FeedParameters(Facilities facilities, Accounts accounts, StockAuthorities authorities) {
        this.facilities = facilities;
        this.accounts = accounts;
        this.authorities = authorities;
    }

    WarehouseFeed read(String facility, MultivaluedMap<String, String> given) {
        FacilityId place = facility(facility);
        Mode mode = required(given, "mode", Mode::valueOf, "FULL or DELTA");
        Optional<Instant> asOf =
                one(given, "as_of", WrittenTime::instant, "an ISO 8601 instant such as 2026-11-23T10:00:00Z");
        Optional<Unnamed> unnamed = one(given, "unnamed", Unnamed::valueOf, "UNTOUCHED or ZERO");
        if (mode == Mode.FULL && (asOf.isEmpty() || unnamed.isEmpty())) {
            throw malformed(
                    "A FULL feed needs as_of, and unnamed (UNTOUCHED or ZERO) for the SKUs that it doesn't name.");
        }
        if (mode == Mode.DELTA && (asOf.isPresent() || unnamed.isPresent())) {
            throw malformed("as_of and unnamed are said of a FULL feed only.");
        }
        String name = required(given, "feed", text -> text, "given");
        long sequence =
                one(given, "sequence", Long::parseLong, "a whole number from 1").orElse(1L);
        AccountId account = one(given, "account", this::account, "an account whose system is WMS")
                .orElseGet(() -> mover(place));
        try {
            return new WarehouseFeed(account, place, name, sequence, mode, asOf, unnamed.orElse(Unnamed.UNTOUCHED));
        } catch (IllegalArgumentException unfit) {
            throw malformed(unfit.getMessage() + ".");
        }
    }

    private FacilityId facility(String name) {
        try {
            return facilities.get(new FacilityId(name)).id();
        } catch (IllegalArgumentException unknown) {
            throw ProblemException.notFound("such facility");
        }
    }

    private AccountId account(String text) {
        Account account = accounts.get(AccountId.of(text));
        if (account.system() != OutsideSystem.WMS) {
            throw new IllegalArgumentException(text);
        }
        return account.id();
    }

    private AccountId mover(FacilityId facility) {
        String system = authorities.of(facility, Measure.ON_HAND).system();
        return accounts.all().stream()
                .filter(account -> account.system() == OutsideSystem.WMS)
                .map(Account::id)
                .filter(id -> id.value().equals(system))
                .findFirst()
                .orElseThrow(() -> malformed("No WMS moves the stock of " + facility
                        + ": name the account, whose words are compared then."));
    }

    private static <T> T required(
            MultivaluedMap<String, String> given, String name, Function<String, T> parser, String rule) {
        return one(given, name, parser, rule).orElseThrow(() -> malformed(name + " must be " + rule + "."));
    }

    private static <T> Optional<T> one(
            MultivaluedMap<String, String> given, String name, Function<String, T> parser, String rule) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw malformed(name + " must be given once.");
        }
        try {
            return values.stream().findFirst().map(parser);
        } catch (IllegalArgumentException | DateTimeException unfit) {
            throw malformed(name + " must be " + rule + ".");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
