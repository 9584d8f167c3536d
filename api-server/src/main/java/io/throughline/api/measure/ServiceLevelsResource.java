package io.throughline.api.measure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.domain.access.Role;
import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.measure.Backlog;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.measure.ServiceLevels.Promise;
import io.throughline.domain.measure.Standing;
import io.throughline.domain.measure.Workload;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was promised of each business process, and how what waits of it stands to that. */
@Path("/v1/service-levels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "measures")
public final class ServiceLevelsResource {
    private final Workload workload;
    private final ServiceLevels levels;
    private final Clock clock;

    public ServiceLevelsResource(Workload workload, ServiceLevels levels, Clock clock) {
        this.workload = workload;
        this.levels = levels;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "readServiceLevels",
            summary = "What waits of each business process now, against what was promised")
    public ServiceLevelList read() {
        Instant now = clock.instant();
        return new ServiceLevelList(
                now,
                workload.backlogs().stream().map(backlog -> view(backlog, now)).toList());
    }

    private ServiceLevelView view(Backlog backlog, Instant now) {
        Promise promise = levels.of(backlog.process());
        Duration age = backlog.age(now);
        return new ServiceLevelView(
                backlog.process().label(),
                backlog.waiting(),
                backlog.oldest(),
                promise.within().toString(),
                levels.standing(backlog.process(), age),
                promise.owner());
    }

    /** As of {@code at}. */
    @Schema(name = "ServiceLevels")
    public record ServiceLevelList(Instant at, List<ServiceLevelView> processes) {}

    /** {@code within}: an ISO 8601 duration; {@code oldest}: when the oldest of what waits began. */
    @Schema(name = "ServiceLevel")
    public record ServiceLevelView(
            String process, long waiting, Optional<Instant> oldest, String within, Standing standing, Owner owner) {}
}
