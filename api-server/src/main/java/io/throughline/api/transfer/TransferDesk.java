package io.throughline.api.transfer;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.transfer.TransferBodies.TransferRequest;
import io.throughline.api.transfer.TransferBodies.UnitsTold;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferRules;
import io.throughline.domain.transfer.TransferRules.Ruling;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.domain.transfer.Transfers.Outcome;
import io.throughline.domain.transfer.Transfers.Submission;
import io.throughline.domain.transfer.Transfers.Wish;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes in what people and clients tell of transfers, or the problem why it can't be taken in. A store's device asks for what its store
 * sends or gets, tells what has left it, and what has arrived there.
 */
public final class TransferDesk {
    private final Transfers transfers;
    private final TransferRules rules;
    private final Facilities facilities;
    private final Catalog catalog;
    private final Bundles bundles;
    private final Clock clock;

    public TransferDesk(
            Transfers transfers,
            TransferRules rules,
            Facilities facilities,
            Catalog catalog,
            Bundles bundles,
            Clock clock) {
        this.transfers = transfers;
        this.rules = rules;
        this.facilities = facilities;
        this.catalog = catalog;
        this.bundles = bundles;
        this.clock = clock;
    }

    /** A request that was granted before is answered as the transfer stands now, whatever the rules and the clock say by now. */
    public Step request(TransferRequest body, String key, Caller caller) {
        Submission submission = new Submission(
                caller.owner(), caller.actor(), key, Sha256.hex(StrictJson.canonical(List.of("transfers", body))));
        return transfers
                .repeated(submission)
                .map(TransferDesk::checked)
                .orElseGet(() -> requestNow(body, submission, caller));
    }

    private Step requestNow(TransferRequest body, Submission submission, Caller caller) {
        List<FieldError> errors = new ArrayList<>();
        Instant now = clock.instant();
        Optional<FacilityId> from = facility(body.from(), "/from", errors);
        Optional<FacilityId> to = facility(body.to(), "/to", errors);
        if (from.isPresent() && from.equals(to)) {
            errors.add(new FieldError("/to", "another facility than from"));
        }
        if (body.expectedAt().filter(at -> !at.isAfter(now)).isPresent()) {
            errors.add(new FieldError("/expectedAt", "in the future"));
        }
        Wish wish = new Wish(
                from.orElse(FacilityId.UNROUTED),
                to.orElse(FacilityId.UNROUTED),
                TransferBodies.units(body.lines(), 1, catalog, bundles, errors),
                body.expectedAt());
        if (!caller.worksFor(wish.from()) && !caller.worksFor(wish.to())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "This key works for neither " + wish.from() + " nor " + wish.to() + ".");
        }
        return checked(transfers.request(submission, wish, terms(wish, now)));
    }

    private TransferTerms terms(Wish wish, Instant now) {
        return switch (rules.of(wish.from(), wish.to(), now)) {
            case Ruling.Allowed(var terms) -> terms;
            case Ruling.Refused(String why) ->
                throw new ProblemException(ProblemType.CONFLICT, "This transfer is not allowed: " + why + ".");
        };
    }

    public TransferView send(String id, UnitsTold body, Caller caller) {
        Transfer transfer = seen(id, caller);
        mayTell(transfer.from(), caller);
        return checked(transfers.send(transfer.id(), units(body), caller.actor()))
                .transfer();
    }

    public TransferView receive(String id, UnitsTold body, Caller caller) {
        Transfer transfer = seen(id, caller);
        mayTell(transfer.to(), caller);
        return checked(transfers.receive(transfer.id(), units(body), caller.actor()))
                .transfer();
    }

    public TransferView cancel(String id, Caller caller) {
        Transfer transfer = seen(id, caller);
        mayTell(transfer.from(), caller);
        return checked(transfers.cancel(transfer.id(), caller.actor())).transfer();
    }

    public TransferView show(String id, Caller caller) {
        return TransferView.of(seen(id, caller));
    }

    public List<TransferView> recent(Optional<FacilityId> facility, int limit) {
        return transfers.recent(facility, limit).stream().map(TransferView::of).toList();
    }

    private Map<Sku, Integer> units(UnitsTold body) {
        return TransferBodies.units(body.lines(), 0, catalog, bundles, new ArrayList<>());
    }

    /** To a store's device there are only the transfers of its store. */
    private Transfer seen(String name, Caller caller) {
        return Parameters.name(name, TransferId::new)
                .flatMap(transfers::find)
                .filter(transfer -> !caller.roles().equals(Set.of(Role.STORE))
                        || caller.worksFor(transfer.from())
                        || caller.worksFor(transfer.to()))
                .orElseThrow(TransferDesk::unknown);
    }

    private static void mayTell(FacilityId facility, Caller caller) {
        if (!caller.worksFor(facility)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only " + facility + " can tell this.");
        }
    }

    private Optional<FacilityId> facility(String text, String field, List<FieldError> errors) {
        Optional<FacilityId> found =
                Parameters.name(text, FacilityId::new).flatMap(facilities::find).map(Facility::id);
        if (found.isEmpty()) {
            errors.add(new FieldError(field, "the id of a facility"));
        }
        return found;
    }

    /** The transfer as it stands, done now or {@code before}; or the problem. */
    public record Step(TransferView transfer, boolean before) {}

    private static Step checked(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var transfer) -> new Step(TransferView.of(transfer), false);
            case Outcome.Known(var transfer) -> new Step(TransferView.of(transfer), true);
            case Outcome.KeyReused reused ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "An earlier request had this Idempotency-Key and other content."
                                + " Use a new key for a new transfer.");
            case Outcome.Refused(String why) -> throw new ProblemException(ProblemType.CONFLICT, why + ".");
            case Outcome.Unknown unknown -> throw unknown();
        };
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("such transfer");
    }
}
