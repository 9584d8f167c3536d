package io.throughline.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.ApiKeys.ApiKey;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** API keys. A secret is shown once, to whoever made the key. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys")
public final class KeysResource {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{8}");
    private static final Pattern OWNER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,99}");

    private final KeyRing ring;
    private final ApiKeys keys;
    private final Facilities facilities;
    private final Clock clock;

    public KeysResource(KeyRing ring, ApiKeys keys, Facilities facilities, Clock clock) {
        this.ring = ring;
        this.keys = keys;
        this.facilities = facilities;
        this.clock = clock;
    }

    @GET
    @Allow(Role.ADMIN)
    @Operation(operationId = "listKeys", summary = "All API keys, without their secrets")
    public KeyList list() {
        return new KeyList(keys.all().stream().map(KeyEntry::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "makeKey",
            summary = "Makes an API key and shows it, once",
            description =
                    "Where two persons have to decide the same, whoever made a key and its owner are not taken for two.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = KeyRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = NewKey.class)))
    public Response make(@Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        KeyRequest request = StrictJson.read(body, KeyRequest.class);
        if (!OWNER.matcher(request.owner()).matches()) {
            throw invalid("/owner", "1 to 100 letters, digits, blanks and . _ @ -");
        }
        if (request.roles().isEmpty()) {
            throw invalid("/roles", "at least one role");
        }
        if (request.expiresAt()
                .filter(instant -> !instant.isAfter(clock.instant()))
                .isPresent()) {
            throw invalid("/expiresAt", "must lie in the future");
        }
        ApiKeyToken token = ring.make(
                request.owner(), request.roles(), facilitiesOf(request), request.expiresAt(), Caller.of(security));
        return Response.status(Response.Status.CREATED)
                .entity(new NewKey(token.id(), token.reveal()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Allow(Role.ADMIN)
    @Operation(operationId = "revokeKey", summary = "Revokes an API key at once and for good")
    @ApiResponse(responseCode = "204", description = "Revoked")
    public Response revoke(@PathParam("id") String id) {
        if (!ID.matcher(id).matches() || !keys.revoke(id)) {
            throw ProblemException.notFound("such key");
        }
        return Response.noContent().build();
    }

    private Set<FacilityId> facilitiesOf(KeyRequest request) {
        if (request.roles().contains(Role.STORE) == request.facilities().isEmpty()) {
            throw invalid("/facilities", "those of a store's device, and of nobody else");
        }
        return request.facilities().stream()
                .map(name -> Parameters.name(name, FacilityId::new)
                        .filter(id -> facilities.find(id).isPresent())
                        .orElseThrow(() -> invalid("/facilities", "facilities that are configured")))
                .collect(Collectors.toSet());
    }

    private static ProblemException invalid(String pointer, String rule) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT, "The key can't be made.", List.of(new FieldError(pointer, rule)));
    }

    /** What a new key shall be. */
    public record KeyRequest(
            String owner,
            Set<Role> roles,

            @JsonSetter(nulls = Nulls.AS_EMPTY)
            @Schema(description = "Whose work the role STORE is good for; no other role is bound to facilities")
            Set<String> facilities,

            Optional<Instant> expiresAt) {}

    /** A key with its secret. */
    public record NewKey(
            String id,

            @Schema(description = "The whole key; it can't be shown again")
            String key) {}

    /** A key without its secret. */
    public record KeyEntry(
            String id,
            String owner,
            Set<Role> roles,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> facilities,
            Optional<Instant> expiresAt,
            boolean revoked) {
        static KeyEntry of(ApiKey key) {
            return new KeyEntry(
                    key.id(),
                    key.owner(),
                    new TreeSet<>(key.roles()),
                    key.facilities().stream().map(FacilityId::value).collect(Collectors.toCollection(TreeSet::new)),
                    key.expiresAt(),
                    key.revoked());
        }
    }

    public record KeyList(List<KeyEntry> keys) {}
}
