package io.throughline.api.intervention;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Limit;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Open cases by what they come from. */
@Path("/v1/cases/groups")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "cases")
public final class CaseGroupsResource {
    private final CaseFiles files;
    private final CasePolicies policies;
    private final Clock clock;

    public CaseGroupsResource(CaseFiles files, CasePolicies policies, Clock clock) {
        this.files = files;
        this.policies = policies;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "listCaseGroups", summary = "Open cases by cause, the most frequent one first")
    public CaseGroupView.CaseGroupList list(
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        CasePolicy policy = policies.at(clock.instant());
        return new CaseGroupView.CaseGroupList(files.groups(Limit.of(limit)).stream()
                .map(group -> CaseGroupView.of(group, policy))
                .toList());
    }
}
