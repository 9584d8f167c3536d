package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads who moves which stock. Every measure of every facility must be there exactly once. */
final class StockAuthorityReader {
    private static final String KEY = "stockAuthorities";

    private final Facilities facilities;
    private final Accounts accounts;

    StockAuthorityReader(Facilities facilities, Accounts accounts) {
        this.facilities = facilities;
        this.accounts = accounts;
    }

    StockAuthorities read(YamlSection file) {
        Map<Cell, StockAuthorities.Authority> authorities = new HashMap<>();
        file.sections(KEY, "which system moves which stock", this::entry)
                .forEach(entry -> entry.forEach((cell, authority) -> {
                    StockAuthorities.Authority other = authorities.put(cell, authority);
                    if (other != null) {
                        throw file.wrong(
                                KEY,
                                "both '" + other.system() + "' and '" + authority.system() + "' move " + cell
                                        + ": only one may, the other is an observation");
                    }
                }));
        for (Facility facility : facilities.all()) {
            for (Measure measure : Measure.values()) {
                Cell cell = new Cell(facility.id(), measure);
                if (!authorities.containsKey(cell)) {
                    throw file.wrong(KEY, "nobody moves " + cell + ": name the account that does");
                }
            }
        }
        return (facility, measure) -> Optional.ofNullable(authorities.get(new Cell(facility, measure)))
                .orElseThrow(() -> new IllegalArgumentException("no facility '" + facility + "' is configured"));
    }

    private record Cell(FacilityId facility, Measure measure) {
        @Override
        public String toString() {
            return measure + " of " + facility;
        }
    }

    private Map<Cell, StockAuthorities.Authority> entry(YamlSection section) {
        List<FacilityId> places = section.values(
                "facilities",
                "any of " + facilities.all().stream().map(Facility::id).toList(),
                text -> facilities.get(new FacilityId(text)).id());
        List<Measure> measures = section.values("measures", "any of " + List.of(Measure.values()), Measure::valueOf);
        StockAuthorities.Authority authority = new StockAuthorities.Authority(
                section.value(
                        "account",
                        "one of the accounts "
                                + accounts.all().stream()
                                        .map(account -> account.id())
                                        .toList(),
                        text -> accounts.get(AccountId.of(text)).id().value()),
                section.value(
                        "by", "one of " + List.of(StockAuthorities.Basis.values()), StockAuthorities.Basis::valueOf));
        Map<Cell, StockAuthorities.Authority> cells = new HashMap<>();
        for (FacilityId facility : places) {
            measures.forEach(measure -> cells.put(new Cell(facility, measure), authority));
        }
        return cells;
    }
}
