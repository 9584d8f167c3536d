package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CaseView.ChangeView;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.AmendmentId;
import io.throughline.domain.intervention.Amendments;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps what people amend, once it fits its form, the document and the catalogue; and shows it, what is personal to SUPPORT only. */
public final class AmendmentDesk {
    private final Amendments amendments;
    private final CaseFiles files;
    private final Catalog catalog;

    public AmendmentDesk(Amendments amendments, CaseFiles files, Catalog catalog) {
        this.amendments = amendments;
        this.files = files;
        this.catalog = catalog;
    }

    /** Of a decision that fits its form. */
    void refuseMisfit(Case about, Decision decision) {
        files.document(about)
                .misfit(decision)
                .or(() -> nameMisfit(decision.productNames()))
                .ifPresent(misfit -> {
                    throw Decisions.refusal(misfit);
                });
    }

    private Optional<Decision.Misfit> nameMisfit(Map<String, String> names) {
        return names.entrySet().stream()
                .flatMap(pair -> objection(pair.getKey(), pair.getValue()).stream())
                .sorted()
                .findFirst()
                .map(why -> new Decision.Misfit(Amendable.PRODUCT_NAMES.key(), why));
    }

    private Optional<String> objection(String name, String product) {
        Optional<Sku> named = Sku.read(name);
        if (named.isEmpty()) {
            return Optional.of("must name products as an order has them, by 1 to 100 visible characters");
        }
        if (named.filter(catalog::knows).isPresent()) {
            return Optional.of("must name what the catalogue does not know, and it knows " + name);
        }
        return catalog.knows(Sku.of(product))
                ? Optional.empty()
                : Optional.of("must lead to products of ours, and the catalogue has no " + product);
    }

    Amendment keep(Case about, Decision decision) {
        return Decisions.legal(() -> amendments.keep(about.id(), decision.amendment(), decision.actor()));
    }

    /** One of the case's, or the problem that there is none. */
    Amendment find(Case about, String id) {
        return kept(about, id).orElseThrow(() -> ProblemException.notFound("such amendment of " + about.id()));
    }

    /** The same where a decision names it. */
    Amendment named(Case about, String id) {
        return kept(about, id)
                .orElseThrow(() -> Decisions.invalid(
                        "/amendmentId", "must be the id of an amendment that is kept for " + about.id()));
    }

    private Optional<Amendment> kept(Case about, String id) {
        return Parameters.name(id, AmendmentId::new)
                .flatMap(amendments::find)
                .filter(kept -> kept.about().equals(about.id()));
    }

    /** What somebody has proposed, so that a second person need not fill it in again. */
    public Optional<Amendment> proposed(Case about, Decision proposal) {
        return amendments
                .latest(about.id())
                .filter(kept -> proposal.action() == Action.AMEND_AND_RETRY)
                .filter(kept -> kept.kept().equals(proposal.amendment()));
    }

    /** Whether whoever asks is shown what is personal. */
    private static boolean mayReadPersons(Caller caller) {
        return caller.hasAny(Role.SUPPORT);
    }

    public List<ChangeView> changes(Amendment kept, Caller caller) {
        return kept.changes().stream()
                .map(change -> mayReadPersons(caller) ? change : masked(change, kept.id()))
                .map(ChangeView::of)
                .toList();
    }

    /** What a decision changes. Of one that names amendments they are looked up for whom they may be shown. */
    public List<ChangeView> changes(Decision decision, Caller caller) {
        Map<String, Decision.Change> personal = mayReadPersons(caller) ? personal(decision) : Map.of();
        return decision.changes().stream()
                .map(change -> personal.getOrDefault(change.field(), change))
                .map(ChangeView::of)
                .toList();
    }

    /** By their fields; what was erased is not among them. */
    private Map<String, Decision.Change> personal(Decision decision) {
        return decision.amendments().stream()
                .flatMap(id -> amendments.find(id).stream())
                .flatMap(kept -> kept.changes().stream()
                        .filter(change ->
                                kept.id().value().equals(decision.amendment().get(change.field()))))
                .collect(Collectors.toMap(Decision.Change::field, Function.identity()));
    }

    private static Decision.Change masked(Decision.Change change, AmendmentId id) {
        return Amendment.isPersonal(change.field())
                ? new Decision.Change(change.field(), Optional.empty(), "not shown (" + id + ")")
                : change;
    }

    /** What can be amended as it is just now; of a person only for whom that may be shown. */
    public Map<String, String> now(Case about, Caller caller) {
        return amendments.now(about).entrySet().stream()
                .filter(field -> mayReadPersons(caller) || !Amendment.isPersonal(field.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
