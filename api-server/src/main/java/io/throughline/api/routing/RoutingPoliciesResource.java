package io.throughline.api.routing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.StrictJson;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.PolicyActivations.Activation;
import io.throughline.domain.routing.PolicyActivations.Kind;
import io.throughline.domain.routing.PolicyActivations.Reason;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.runtime.retailer.ActiveRoutingPolicies;
import io.throughline.runtime.retailer.CandidatePolicies;
import io.throughline.runtime.retailer.ConfigurationException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The versions of the routing policy: handed in, put in force, rolled back. */
@Path("/v1/policies/routing")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
public final class RoutingPoliciesResource {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String VERSION_RULE = "1 to 100 of letters, digits and . _ -, a letter or digit first";
    private static final int LONGEST_AUTHOR = 200;
    private static final int LONGEST_COMMENT = 500;

    private final ActiveRoutingPolicies policies;
    private final PolicyActivations activations;
    private final CandidatePolicies reader;
    private final Clock clock;

    public RoutingPoliciesResource(
            ActiveRoutingPolicies policies, PolicyActivations activations, CandidatePolicies reader, Clock clock) {
        this.policies = policies;
        this.activations = activations;
        this.reader = reader;
        this.clock = clock;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listRoutingPolicies",
            summary = "The versions of the routing policy, and what was put in force when, by whom and why")
    public RoutingPoliciesView list() {
        List<Activation> all = activations.all();
        return RoutingPoliciesView.of(
                policies.timeline(all).at(clock.instant()), policies.ofFiles(), activations.stored(), all);
    }

    @POST
    @Path("/{version}")
    @Consumes(RoutingTrialsResource.YAML)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "handInRoutingPolicy",
            summary = "Hands a version of the routing policy in",
            description = "It is kept for ever and puts nothing in force. The same text again changes nothing. Its"
                    + " effectiveFrom counts for nothing: a version that was handed in begins when it is activated.")
    @RequestBody(
            required = true,
            description = "A policy, as in config/policies/routing/",
            content = @Content(mediaType = RoutingTrialsResource.YAML, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "It is kept")
    @ApiResponse(responseCode = "409", description = "The version has another text already, or is that of a file")
    @ApiResponse(responseCode = "422", description = "The policy has a mistake, which is named with its line")
    public void handIn(
            @PathParam("version") String version,
            @Parameter(hidden = true) @Context SecurityContext security,
            String policy) {
        RoutingPolicy read = Trials.read(reader, policy);
        if (!VERSION.matcher(read.version()).matches()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "version must be " + VERSION_RULE + ".");
        }
        if (!read.version().equals(version)) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "The policy calls itself '" + read.version() + "', and not '" + version + "'.");
        }
        Optional<RoutingPolicy> file = policies.ofFiles().stream()
                .filter(one -> one.version().equals(version))
                .findFirst();
        if (file.isPresent() ? !file.get().equals(read) : !activations.store(version, policy, actor(security))) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "There is another policy of the version '" + version + "': orders may follow it, so it stays as it"
                            + " is. Give yours another version.");
        }
    }

    @POST
    @Path("/{version}/activations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "activateRoutingPolicy",
            summary = "Puts a version in force, from now on",
            description = "Orders that are heard of from then on follow it, in every process within a second; orders"
                    + " from before keep theirs. A file whose effectiveFrom comes later takes over then.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PolicyReason.class)))
    @ApiResponse(
            responseCode = "201",
            description = "In force",
            content = @Content(schema = @Schema(implementation = RoutingPoliciesView.Activation.class)))
    @ApiResponse(
            responseCode = "409",
            description = "It is in force already, can't be read any more, or somebody else was quicker")
    public Response activate(
            @PathParam("version") String version,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        Reason reason = reason(body, security);
        if (!isThere(version)) {
            throw ProblemException.notFound("such version");
        }
        List<Activation> known = activations.all();
        if (policies.timeline(known).at(clock.instant()).equals(version)) {
            throw new ProblemException(ProblemType.CONFLICT, "'" + version + "' is in force already.");
        }
        return put(version, Kind.ACTIVATION, reason, known);
    }

    @POST
    @Path("/rollbacks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "rollBackRoutingPolicy",
            summary = "Puts in force again what was before the version that is",
            description =
                    "Rolled back twice, the first is in force again. To go further back, activate a version by its"
                            + " name.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PolicyReason.class)))
    @ApiResponse(
            responseCode = "201",
            description = "In force",
            content = @Content(schema = @Schema(implementation = RoutingPoliciesView.Activation.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Nothing was in force before, it can't be read any more, or somebody else was quicker")
    public Response rollBack(@Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        Reason reason = reason(body, security);
        List<Activation> known = activations.all();
        String before = policies.timeline(known)
                .before(clock.instant())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "No other version was ever in force: there is nothing to roll back to."));
        if (!isThere(before)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "'" + before + "' was in force before, and its file is gone: put it back, or activate another"
                            + " version.");
        }
        return put(before, Kind.ROLLBACK, reason, known);
    }

    /** Orders that follow a version which can't be read would all stand still. */
    private boolean isThere(String version) {
        try {
            return policies.find(version).isPresent();
        } catch (ConfigurationException unreadable) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "'" + version + "' can't be read any more: " + unreadable.getMessage());
        }
    }

    private Response put(String version, Kind kind, Reason reason, List<Activation> known) {
        long newest = known.isEmpty() ? 0 : known.getLast().number();
        Activation put = activations
                .put(version, kind, reason, newest)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "Somebody else has put a version in force just now: look again."));
        policies.hearAnew();
        return Response.status(Response.Status.CREATED)
                .entity(RoutingPoliciesView.Activation.of(put))
                .build();
    }

    private static Reason reason(byte[] body, SecurityContext security) {
        PolicyReason given = StrictJson.read(body, PolicyReason.class);
        Findings findings = new Findings();
        findings.visible("/author", given.author(), LONGEST_AUTHOR);
        findings.visible("/comment", given.comment(), LONGEST_COMMENT);
        findings.throwIfAny("The content");
        return new Reason(given.author().strip(), given.comment().strip(), actor(security));
    }

    private static String actor(SecurityContext security) {
        return Caller.of(security).actor();
    }

    /** Who wants a version in force, and why. */
    @Schema(name = "RoutingPolicyReason")
    public record PolicyReason(
            @Schema(maxLength = LONGEST_AUTHOR, example = "Ada Lovelace")
            String author,

            @Schema(maxLength = LONGEST_COMMENT, example = "Harbor has stock to spare")
            String comment) {}
}
