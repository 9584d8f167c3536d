package io.throughline.api.availability;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.availability.AvailabilityView.AvailabilityList;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.availability.Availabilities.Question;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many can be sold, where, right now. */
@Path("/v1/availability")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "availability")
public final class AvailabilityResource {
    private static final int MOST_SKUS = 200;
    /** Of so many facilities, over all its SKUs, one answer tells. */
    private static final int MOST_PLACES = 10_000;

    private static final int MOST_FACILITIES = 500;
    private static final String FACILITY_RULE = "a configured facility";
    private static final String CHANNEL_RULE = "an account that may offer stock by the policy in force";

    private final Availabilities availabilities;
    private final Catalog catalog;
    private final Facilities facilities;
    private final StockPolicies policies;
    private final IncomingSupply supply;
    private final Clock clock;

    public AvailabilityResource(
            Availabilities availabilities,
            Catalog catalog,
            Facilities facilities,
            StockPolicies policies,
            IncomingSupply supply,
            Clock clock) {
        this.availabilities = availabilities;
        this.catalog = catalog;
        this.facilities = facilities;
        this.policies = policies;
        this.supply = supply;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readAvailability",
            summary = "How many of a SKU can be sold, where, right now",
            description =
                    "Per facility and per channel, from one reading of the ledger and by the stock policy in force.")
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = AvailabilityView.class)))
    @ApiResponse(responseCode = "404", description = "The SKU is not in the catalogue")
    public AvailabilityView read(
            @Parameter(required = true) @QueryParam("sku") @Nullable String sku,
            @Parameter(description = "Only this facility") @QueryParam("facility") @Nullable String facility,
            @Parameter(description = "Only this channel account and its facilities") @QueryParam("channel") @Nullable
                    String channel,
            @Parameter(
                            description = "latitude,longitude in degrees: the nearest facility comes first",
                            example = "42.36,-71.06")
                    @QueryParam("near")
                    @Nullable
                    String near,
            @Parameter(
                            description = "Only the first so many facilities, which near a point are the nearest",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "500"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(
                            description = "Only facilities from which something of it can be had, shipped or collected",
                            schema = @Schema(type = "boolean"))
                    @QueryParam("available")
                    @Nullable
                    String available,
            @Parameter(description = "Tell also what is on order or on its way", schema = @Schema(type = "boolean"))
                    @QueryParam("incoming")
                    @Nullable
                    String incoming) {
        boolean withIncoming = Parameters.flag("incoming", incoming);
        Sku wanted = Parameters.required("sku", sku, Sku::of, "1 to 100 visible characters");
        if (!catalog.knows(wanted)) {
            throw ProblemException.notFound("such SKU");
        }
        Question question = new Question(
                List.of(wanted),
                Parameters.optional("facility", facility, this::facility, FACILITY_RULE),
                Parameters.optional("channel", channel, this::channel, CHANNEL_RULE),
                Parameters.optional("near", near, AvailabilityResource::point, "latitude,longitude in degrees"),
                Parameters.flag("available", available),
                limit == null ? Integer.MAX_VALUE : Limit.of(limit));
        AvailabilityView view = AvailabilityView.of(
                availabilities.answer(question, clock.instant()).getFirst());
        return withIncoming ? view.with(incoming(question)) : view;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readAvailabilities",
            summary = "The same for many SKUs at once",
            description =
                    "All of them from one reading of the ledger. Changes nothing. One answer tells of " + MOST_PLACES
                            + " facilities at most, over all its SKUs: whoever asks about more says how many of each SKU"
                            + " (limit), or which (facility, channel).")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AvailabilityQuestion.class)))
    @ApiResponse(
            responseCode = "200",
            description = "As of now",
            content = @Content(schema = @Schema(implementation = AvailabilityList.class)))
    public AvailabilityList readAll(byte[] body) {
        AvailabilityQuestion asked = StrictJson.read(body, AvailabilityQuestion.class);
        List<FieldError> errors = new ArrayList<>();
        List<Sku> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        if (asked.skus().isEmpty() || asked.skus().size() > MOST_SKUS) {
            errors.add(new FieldError("/skus", "1 to " + MOST_SKUS + " SKUs"));
        }
        for (String text : new LinkedHashSet<>(asked.skus())) {
            checked("/skus", Optional.of(text), Sku::of, "1 to 100 visible characters", errors)
                    .ifPresent(sku -> {
                        if (catalog.knows(sku)) {
                            known.add(sku);
                        } else {
                            unknown.add(text);
                        }
                    });
        }
        Question question = new Question(
                known,
                checked("/facility", asked.facility(), this::facility, FACILITY_RULE, errors),
                checked("/channel", asked.channel(), this::channel, CHANNEL_RULE, errors),
                checked("/near", asked.near(), NearPoint::point, "a point on Earth, in degrees", errors),
                asked.available().orElse(false),
                checked("/limit", asked.limit(), AvailabilityResource::limit, "1 to " + MOST_FACILITIES, errors)
                        .orElse(Integer.MAX_VALUE));
        if (errors.isEmpty()) {
            bounded(availabilities.breadth(question, clock.instant()), known.size())
                    .ifPresent(errors::add);
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "The question breaks a rule.", errors);
        }
        return new AvailabilityList(
                availabilities.answer(question, clock.instant()).stream()
                        .map(AvailabilityView::of)
                        .toList(),
                unknown);
    }

    static Optional<FieldError> bounded(long breadth, int skus) {
        return breadth <= MOST_PLACES
                ? Optional.empty()
                : Optional.of(new FieldError(
                        "/limit",
                        "at most " + MOST_PLACES / skus + ", or a facility, or fewer SKUs: " + skus + " SKUs at "
                                + breadth / skus + " facilities each are more than " + MOST_PLACES));
    }

    private static int limit(int given) {
        if (given < 1 || given > MOST_FACILITIES) {
            throw new IllegalArgumentException("limit");
        }
        return given;
    }

    private List<Expected> incoming(Question question) {
        return supply.open(question.skus()).stream()
                .filter(one -> question.facility().map(one.facility()::equals).orElse(true))
                .toList();
    }

    private FacilityId facility(String text) {
        return facilities.get(new FacilityId(text)).id();
    }

    private AccountId channel(String text) {
        AccountId account = AccountId.of(text);
        if (!policies.at(clock.instant()).channels().containsKey(account)) {
            throw new IllegalArgumentException(text);
        }
        return account;
    }

    private static GeoPoint point(String text) {
        String[] degrees = text.split(",", -1);
        if (degrees.length != 2) {
            throw new IllegalArgumentException(text);
        }
        return new GeoPoint(Double.parseDouble(degrees[0]), Double.parseDouble(degrees[1]));
    }

    private static <A, T> Optional<T> checked(
            String pointer, Optional<A> value, Function<A, T> parser, String rule, List<FieldError> errors) {
        try {
            return value.map(parser);
        } catch (IllegalArgumentException unfit) {
            errors.add(new FieldError(pointer, rule));
            return Optional.empty();
        }
    }

    /** What is asked about many SKUs. */
    public record AvailabilityQuestion(
            @ArraySchema(minItems = 1, maxItems = MOST_SKUS) List<String> skus,
            Optional<String> facility,
            Optional<String> channel,
            Optional<NearPoint> near,

            @Schema(description = "Only facilities from which something of a SKU can be had")
            Optional<Boolean> available,

            @Schema(description = "Of each SKU only the first so many facilities", minimum = "1", maximum = "500")
            Optional<Integer> limit) {}

    /** Where the customer is. */
    public record NearPoint(double latitude, double longitude) {
        GeoPoint point() {
            return new GeoPoint(latitude, longitude);
        }
    }
}
