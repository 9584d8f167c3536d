package io.throughline.api.basket;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Account;
import io.throughline.domain.availability.NewPromises;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stock that is kept for carts and quotes of REST clients, until an order takes it over. */
@Path("/v1/baskets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "baskets")
public final class BasketsResource {
    private final Baskets baskets;
    private final Account account;
    private final Catalog catalog;
    private final Facilities facilities;
    private final NewPromises promises;
    private final Policies policies;
    private final Clock clock;

    /** {@code account} is that of the orders that the baskets become. */
    public BasketsResource(
            Baskets baskets,
            Account account,
            Catalog catalog,
            Facilities facilities,
            NewPromises promises,
            Policies policies,
            Clock clock) {
        this.baskets = baskets;
        this.account = account;
        this.catalog = catalog;
        this.facilities = facilities;
        this.promises = promises;
        this.policies = policies;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "keepBasket",
            summary = "Keeps the stock that a cart or quote needs",
            description =
                    "By the policy in force, what can't be had yet waits for its supply, or is left out and told as"
                            + " missing, or the whole basket is refused. The same basket again then keeps just what is"
                            + " said now, until the same instant. An order that names the basket takes it over. Nothing"
                            + " more is kept at a facility while it is paused; what was kept there before stays until the"
                            + " basket ends, and may be ordered.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BasketSubmission.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = BasketView.class)))
    @ApiResponse(
            responseCode = "409",
            description = "The stock can't be had, the basket has ended or was ordered, or the store is paused")
    public BasketView keep(byte[] body) {
        if (account.isOff()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "No basket is kept just now: the account '" + account.id()
                            + "', to which its order would belong, is configured with mode OFF.");
        }
        BasketSubmission wanted = StrictJson.read(body, BasketSubmission.class);
        OrderPolicy policy = policies.current();
        List<FieldError> errors = new ArrayList<>(wanted.errors(catalog, policy.keepBasketsFor()));
        Optional<BasketId> id = id(wanted.basketId());
        if (id.isEmpty()) {
            errors.add(new FieldError("/basketId", "1 to 100 of letters, digits and . _ : -"));
        }
        Optional<FacilityId> store = wanted.facility().flatMap(this::store);
        if (store.isPresent() != wanted.facility().isPresent()) {
            errors.add(new FieldError("/facility", "a facility where orders of REST clients can be picked up"));
        }
        if (errors.isEmpty()) {
            errors.addAll(notOffered(wanted.lines(), store));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The basket breaks a rule.", errors);
        }
        store.ifPresent(this::requireOpen);
        Commitment commitment = baskets.hold(
                        id.orElseThrow(),
                        wanted.needs(),
                        promises.terms(
                                account.id(),
                                store,
                                wanted.needs(),
                                policy.shortage().ofBaskets()),
                        clock.instant().plus(wanted.keptFor(policy.keepBasketsFor())))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT,
                        "Basket " + wanted.basketId() + " has ended, or was ordered. Use a new id."));
        if (commitment instanceof Commitment.Refused(List<Shortage> missing)) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Not all of it can be had: " + words(ofAll(wanted.needs(), missing)) + ".");
        }
        BasketView kept = BasketView.of(find(wanted.basketId()));
        return commitment instanceof Commitment.Partly(List<Shortage> missing)
                ? kept.without(ofAll(wanted.needs(), missing))
                : kept;
    }

    /** The ledger answers for what a basket has not kept before. A client that repeats itself is to hear the same again. */
    private static List<Shortage> ofAll(List<LineQuantity> needs, List<Shortage> missing) {
        return missing.stream()
                .map(shortage -> {
                    int lacking = shortage.wanted() - shortage.available();
                    int wanted = needs.stream()
                            .filter(need -> need.sku().equals(shortage.sku()))
                            .mapToInt(LineQuantity::quantity)
                            .sum();
                    return wanted < shortage.wanted()
                            ? shortage
                            : new Shortage(shortage.sku(), wanted, wanted - lacking);
                })
                .toList();
    }

    private static String words(List<Shortage> missing) {
        return missing.stream()
                .map(line -> line.sku() + " (" + line.wanted() + " wanted, " + line.available() + " there)")
                .collect(Collectors.joining(", "));
    }

    @GET
    @Path("/{id}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "readBasket", summary = "What is kept for a basket, and until when")
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = BasketView.class)))
    @ApiResponse(responseCode = "404", description = "There is no such basket")
    public BasketView read(@PathParam("id") String id) {
        return BasketView.of(find(id));
    }

    @DELETE
    @Path("/{id}")
    @Allow({Role.INTEGRATION, Role.ADMIN})
    @Operation(operationId = "giveBasketUp", summary = "Gives back what is kept for a basket")
    @ApiResponse(responseCode = "204", description = "It is given back, now or before")
    @ApiResponse(responseCode = "404", description = "There is no such basket")
    @ApiResponse(responseCode = "409", description = "It was ordered")
    public void giveUp(@PathParam("id") String id) {
        Basket basket = find(id);
        if (basket.order().isPresent()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Order " + basket.order().get() + " was handed over for it: cancel that.");
        }
        baskets.release(basket.id());
    }

    private Basket find(String text) {
        return id(text).flatMap(baskets::find).orElseThrow(() -> ProblemException.notFound("such basket"));
    }

    private Optional<BasketId> id(String text) {
        return Parameters.name(text, given -> new BasketId(account.id(), given));
    }

    /** Empty: the chosen facility is none, or hands nothing over. */
    private Optional<FacilityId> store(String chosen) {
        return Parameters.name(chosen, FacilityId::new)
                .flatMap(facilities::find)
                .filter(facility -> facility.serves().contains(account.id())
                        && facility.methods().contains(DeliveryMethod.PICKUP))
                .map(Facility::id);
    }

    private List<FieldError> notOffered(List<BasketSubmission.Line> lines, Optional<FacilityId> store) {
        String rule = store.map(where -> "a SKU that is handed over at " + where)
                        .orElse("a SKU that is shipped to REST clients")
                + " (" + promises.policy() + ")";
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!promises.allows(account.id(), store, Sku.of(lines.get(i).sku()))) {
                errors.add(new FieldError("/lines/" + i + "/sku", rule));
            }
        }
        return errors;
    }

    private void requireOpen(FacilityId store) {
        promises.pauseOf(store).ifPresent(pause -> {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Nothing more is kept at " + store + " while it is paused"
                            + pause.until().map(until -> ", until " + until).orElse("")
                            + ": what a basket keeps there already stays as it is. Have it shipped, or collected at"
                            + " another store.");
        });
    }
}
