package io.throughline.api.inventory;

import io.throughline.api.http.Parameters;
import io.throughline.api.inventory.RepublicationOutcome.AccountOutcome;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.Republications.Outcome;
import io.throughline.domain.inventory.Republications.Wish;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockSubject;
import java.util.List;
import java.util.Optional;

/** Has systems show the ledger's number of a place again, or the problem that they can't be told. */
public final class Republishing {
    private final Republications republications;
    private final ShownPlaces shown;
    private final Catalog catalog;

    public Republishing(Republications republications, ShownPlaces shown, Catalog catalog) {
        this.republications = republications;
        this.shown = shown;
        this.catalog = catalog;
    }

    /** Of all systems that are told of the place, unless one is named. The same again changes nothing while it is not done. */
    public RepublicationOutcome ask(FacilityId facility, RepublicationRequest request, String actor) {
        Sku sku = Parameters.name(request.sku(), Sku::of)
                .filter(catalog::knows)
                .orElseThrow(() -> invalid("/sku", "a SKU of the catalogue"));
        StockSubject place = new StockSubject(facility, sku);
        return new RepublicationOutcome(
                facility.value(),
                sku.value(),
                asked(request.account(), following(place)).stream()
                        .map(account -> new AccountOutcome(account.value(), asked(account, place, actor)))
                        .toList());
    }

    private Outcome asked(AccountId account, StockSubject place, String actor) {
        Outcome outcome = republications.ask(account, place, actor);
        if (outcome == Outcome.NOTHING_THERE) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The ledger has never had " + place.sku() + " at " + place.facility()
                            + ": there is no number to show. Count it first.");
        }
        return outcome;
    }

    private static List<AccountId> asked(Optional<String> named, List<AccountId> following) {
        if (following.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "No system is told of this stock: none shows it, or the one that does moves it itself. Count it there.");
        }
        return named.map(name -> following.stream()
                        .filter(account -> account.value().equals(name))
                        .findFirst()
                        .orElseThrow(() -> invalid("/account", "one of " + following)))
                .map(List::of)
                .orElse(following);
    }

    /** The accounts whose systems are told of the place. */
    public List<AccountId> following(StockSubject place) {
        return shown.following(place);
    }

    /** What is not done yet, the oldest first. */
    public List<Wish> pending(Sku sku) {
        return republications.pending(sku);
    }

    private static ProblemException invalid(String pointer, String rule) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT, "This can't be published again.", List.of(new FieldError(pointer, rule)));
    }
}
