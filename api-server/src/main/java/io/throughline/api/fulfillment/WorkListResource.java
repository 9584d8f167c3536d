package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.catalog.Assortment;
import io.throughline.api.fulfillment.WorkList.Shown;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.WhoCollects;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a facility has to do. */
@Path("/v1/facilities/{facility}/work")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fulfillment")
public final class WorkListResource {
    /** What the facility was given and has not handed over yet. */
    public static final Set<FulfillmentStatus> OPEN =
            Set.copyOf(EnumSet.range(FulfillmentStatus.RELEASED, FulfillmentStatus.READY_FOR_PICKUP));

    private final Reach reach;
    private final WorkLists lists;
    private final Assortment assortment;
    private final Bundles bundles;
    private final Policies policies;

    public WorkListResource(
            Facilities facilities, WorkLists lists, Assortment assortment, Bundles bundles, Policies policies) {
        this.reach = new Reach(facilities);
        this.lists = lists;
        this.assortment = assortment;
        this.bundles = bundles;
        this.policies = policies;
    }

    @GET
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listWork",
            summary = "What a facility has to do",
            description =
                    "Customers who wait come first, then what is due first. Names are masked but for the role SUPPORT, and for"
                            + " the facility's own role STORE where it labels by itself what it is to ship, with the"
                            + " address, or looks at the document of who collects; that they were shown is kept in the"
                            + " order's trace. Without a status: all that is open.")
    public WorkList list(
            @PathParam("facility") String facility,
            @Parameter(schema = @Schema(implementation = FulfillmentStatus.class)) @QueryParam("status") @Nullable
                    String status,
            @Parameter(description = "The last item of the page before") @QueryParam("after") @Nullable String after,
            @Parameter(description = "1 to 500; 50 if absent") @QueryParam("limit") @Nullable String limit,
            @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Facility place = reach.facility(facility, caller);
        int most = Limit.of(limit);
        List<WorkLists.Item> items = lists.at(
                place.id(),
                Parameters.optional("status", status, FulfillmentStatus::valueOf, "a status of work")
                        .<Set<FulfillmentStatus>>map(EnumSet::of)
                        .orElse(OPEN),
                Parameters.optional("after", after, FulfillmentOrderId::new, "the id of a fulfillment order"),
                most);
        Map<Sku, Product> products = assortment.among(items.stream()
                .flatMap(item -> LineQuantity.goods(item.work().lines(), bundles).stream())
                .map(line -> line.sku().value()));
        tellWhatIsShown(items, place, caller);
        boolean showSpot = caller.hasAny(Role.STORE, Role.SUPPORT);
        return new WorkList(
                place.id().value(),
                items.stream()
                        .map(item -> WorkList.Item.of(item, bundles, products, shown(item, place, caller), showSpot))
                        .toList(),
                items.size() == most ? Optional.of(items.getLast().work().id().value()) : Optional.empty());
    }

    private Shown shown(WorkLists.Item item, Facility place, Caller caller) {
        boolean ownDevice = caller.hasAny(Role.STORE)
                && caller.facilities().contains(place.id())
                && !item.work().status().terminal();
        boolean labels = ownDevice && item.work().method() == DeliveryMethod.SHIPPING && labelsByItself(place);
        boolean checks = ownDevice && item.work().method() == DeliveryMethod.PICKUP && looksAtDocuments(item);
        return new Shown(caller.hasAny(Role.SUPPORT) || labels || checks, labels);
    }

    private static boolean labelsByItself(Facility place) {
        return place.kind() == Facility.Kind.STORE && place.labels().isEmpty();
    }

    private boolean looksAtDocuments(WorkLists.Item item) {
        return item.policyVersion()
                        .map(policies::version)
                        .orElseGet(policies::current)
                        .whoCollects()
                == WhoCollects.CODE_OR_DOCUMENT;
    }

    /** Before it is shown. Support is known by name, and sees each order in full anyway. */
    private void tellWhatIsShown(List<WorkLists.Item> items, Facility place, Caller caller) {
        if (caller.hasAny(Role.SUPPORT)) {
            return;
        }
        List<FulfillmentOrderId> shown = items.stream()
                .filter(item -> shown(item, place, caller).name())
                .map(item -> item.work().id())
                .toList();
        if (!shown.isEmpty()) {
            lists.shown(shown, caller.actor());
        }
    }
}
