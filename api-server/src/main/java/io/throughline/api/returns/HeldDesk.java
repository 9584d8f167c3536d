package io.throughline.api.returns;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.HeldGoods;
import io.throughline.domain.returns.HeldGoods.Released;
import io.throughline.domain.returns.ReturnIntake.Submission;
import java.util.List;
import java.util.Optional;

/** What facilities keep back, and what people tell of it. A store's device knows its own stores only. */
public final class HeldDesk {
    private final HeldGoods held;
    private final Facilities facilities;

    public HeldDesk(HeldGoods held, Facilities facilities) {
        this.held = held;
        this.facilities = facilities;
    }

    /** Others' places look to a store's device like none. */
    public Facility facility(String name, Caller caller) {
        return Parameters.name(name, FacilityId::new)
                .flatMap(facilities::find)
                .filter(place -> !ReturnReach.isStoreOnly(caller) || caller.worksFor(place.id()))
                .orElseThrow(() -> ProblemException.notFound("such facility"));
    }

    public List<HeldGoods.Held> at(Facility facility) {
        return held.at(facility.id());
    }

    /** Whether it was told before. */
    public boolean release(Submission submission, Facility facility, HeldSubmission told, Caller caller) {
        ReturnReach.requireWorkFor(caller, facility.id());
        Findings findings = new Findings();
        Optional<Sku> sku = findings.attempt("/sku", "a SKU", Optional.empty(), () -> Optional.of(Sku.of(told.sku())));
        findings.require(
                told.quantity() >= 1 && told.quantity() <= ReturnSubmission.MOST_UNITS,
                "/quantity",
                "1 to " + ReturnSubmission.MOST_UNITS + " units");
        findings.throwIfAny("The content");
        return switch (held.release(submission, facility.id(), sku.orElseThrow(), told.quantity(), told.outcome())) {
            case Released.Done done -> false;
            case Released.Replayed replayed -> true;
            case Released.KeyReused reused ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "An earlier request had this Idempotency-Key and other content.");
            case Released.TooMany(int there) ->
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        there + " units of " + told.sku() + " are held at " + facility.id() + ", and not "
                                + told.quantity() + ".");
        };
    }
}
