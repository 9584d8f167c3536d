package io.throughline.api.measure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.KpiTarget;
import io.throughline.domain.measure.Kpis;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.measure.Standing;
import io.throughline.domain.time.WrittenTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures by which the business is led. */
@Path("/v1/kpis")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "measures")
public final class KpisResource {
    private static final Duration USUAL_PERIOD = Duration.ofHours(24);
    private static final String INSTANT_RULE = "an instant such as 2026-11-23T00:00:00Z";

    private final Kpis kpis;
    private final ServiceLevels levels;
    private final Accounts accounts;
    private final Facilities facilities;
    private final Clock clock;

    public KpisResource(Kpis kpis, ServiceLevels levels, Accounts accounts, Facilities facilities, Clock clock) {
        this.kpis = kpis;
        this.levels = levels;
        this.accounts = accounts;
        this.facilities = facilities;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "readKpis",
            summary = "The figures of a period, each against its target",
            description =
                    "Of the last 24 hours unless said otherwise. A figure that can't be divided by what is asked for is left out.")
    public KpiList read(
            @Parameter(description = "The beginning of the period", schema = @Schema(format = "date-time"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "The end of the period, not included", schema = @Schema(format = "date-time"))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "Only of this account") @QueryParam("account") @Nullable String account,
            @Parameter(description = "Only of this facility") @QueryParam("facility") @Nullable String facility) {
        Instant end = instant("to", to).orElseGet(clock::instant);
        Instant begin = instant("from", from).orElseGet(() -> end.minus(USUAL_PERIOD));
        Optional<AccountId> ofAccount = Parameters.optional("account", account, this::account, "one of the accounts");
        Optional<FacilityId> ofFacility =
                Parameters.optional("facility", facility, this::facility, "one of the facilities");
        KpiScope scope = scope(begin, end, ofAccount, ofFacility);
        return new KpiList(
                begin,
                end,
                ofAccount.map(AccountId::value),
                ofFacility.map(FacilityId::value),
                Arrays.stream(Kpi.values())
                        .filter(kpi -> kpi.fits(scope))
                        .map(kpi -> KpiView.of(kpis.read(kpi, scope), levels.of(kpi)))
                        .toList());
    }

    private static KpiScope scope(
            Instant from, Instant to, Optional<AccountId> account, Optional<FacilityId> facility) {
        try {
            return new KpiScope(from, to, account, facility);
        } catch (IllegalArgumentException unfit) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "from must be before to, by at most 366 days.");
        }
    }

    private static Optional<Instant> instant(String name, @Nullable String value) {
        return Parameters.optional(name, value, WrittenTime::instant, INSTANT_RULE);
    }

    private AccountId account(String text) {
        return accounts.get(AccountId.of(text)).id();
    }

    private FacilityId facility(String text) {
        return facilities.get(new FacilityId(text)).id();
    }

    /** The figures of one period. */
    @Schema(name = "Kpis")
    public record KpiList(
            Instant from, Instant to, Optional<String> account, Optional<String> facility, List<KpiView> kpis) {}

    /**
     * One figure. Without {@code figure} nothing was there to be measured, or it is beyond what is measured; {@code parts} are the numbers that
     * it is made of.
     */
    @Schema(name = "Kpi")
    public record KpiView(
            String kpi,
            String unit,
            String better,
            long measured,
            Optional<BigDecimal> figure,
            Map<String, BigDecimal> parts,
            TargetView target,
            Optional<Standing> standing,
            String definition) {
        static KpiView of(KpiReading reading, KpiTarget target) {
            Kpi kpi = reading.kpi();
            Map<String, BigDecimal> parts = new TreeMap<>();
            reading.parts().forEach((name, value) -> decimal(value).ifPresent(number -> parts.put(name, number)));
            return new KpiView(
                    kpi.label(),
                    kpi.unit().name(),
                    kpi.better().name(),
                    reading.measured(),
                    reading.figure().flatMap(KpiView::decimal),
                    parts,
                    new TargetView(
                            decimal(target.atRisk()).orElseThrow(),
                            decimal(target.breached()).orElseThrow(),
                            target.owner()),
                    reading.figure().map(target::standing),
                    "docs/kpis/" + kpi.page());
        }

        private static Optional<BigDecimal> decimal(double value) {
            return Double.isFinite(value)
                    ? Optional.of(written(new BigDecimal(value, MathContext.DECIMAL32).stripTrailingZeros()))
                    : Optional.empty();
        }

        /** Sixty as 60 and not as 6E+1. */
        private static BigDecimal written(BigDecimal number) {
            return number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
        }
    }

    /** From where on the figure is at risk, from where on what was promised is broken, and to whom the alerts of it go. */
    @Schema(name = "KpiTarget")
    public record TargetView(BigDecimal atRisk, BigDecimal breached, Owner owner) {}
}
