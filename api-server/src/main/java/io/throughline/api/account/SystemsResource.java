package io.throughline.api.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.account.SystemView.ActView;
import io.throughline.api.account.SystemView.SystemDetail;
import io.throughline.api.account.SystemView.SystemList;
import io.throughline.api.http.StrictJson;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemHealth;
import io.throughline.domain.account.SystemHealth.Health;
import io.throughline.domain.account.SystemPaces;
import io.throughline.domain.account.SystemPaces.Pace;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The systems around us: how they are doing, and how people have them asked. */
@Path("/v1/systems")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "systems")
public final class SystemsResource {
    private final SystemSwitch systemSwitch;
    private final SystemHealth health;
    private final SystemPaces paces;

    public SystemsResource(SystemSwitch systemSwitch, SystemHealth health, SystemPaces paces) {
        this.systemSwitch = systemSwitch;
        this.health = health;
        this.paces = paces;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "listSystems", summary = "How outside systems are doing, and how they are asked")
    public SystemList list() {
        return new SystemList(views(systemSwitch.asked()));
    }

    @GET
    @Path("/{account}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(operationId = "getSystem", summary = "One system, with what was said about it lately")
    public SystemDetail show(@PathParam("account") String account) {
        AccountId id = systemSwitch.find(account);
        return new SystemDetail(
                view(id), systemSwitch.acts(id).stream().map(ActView::of).toList());
    }

    @POST
    @Path("/{account}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "pauseSystem",
            summary = "Nothing more is asked of a system",
            description =
                    "Within seconds no process asks it anything; what has begun comes to its end. Nothing is lost and no"
                            + " case is opened: all that needs the system waits. What it sends is taken in. Where it is paused"
                            + " already, that pause stays as it is.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SystemReason.class)))
    public SystemView pause(
            @PathParam("account") String account,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        AccountId id = systemSwitch.find(account);
        systemSwitch.pause(id, StrictJson.read(body, SystemReason.class).reason(), Caller.of(security));
        return view(id);
    }

    @POST
    @Path("/{account}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "resumeSystem",
            summary = "A system is asked again",
            description = "What has waited is taken up, as fast as its rate allows.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SystemReason.class)))
    public SystemView resume(
            @PathParam("account") String account,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        AccountId id = systemSwitch.find(account);
        systemSwitch.resume(id, StrictJson.read(body, SystemReason.class).reason(), Caller.of(security));
        return view(id);
    }

    @POST
    @Path("/{account}/rate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    @Operation(
            operationId = "limitSystem",
            summary = "A system is asked only so often",
            description =
                    "At most so many operations a second are begun by all processes together: a change, with all requests"
                            + " that it takes, is one, and so is every request that only reads. Without perSecond the limit is"
                            + " taken away. Temporal's limit of the task queue, from the configuration, holds beside it.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SystemRate.class)))
    public SystemView limit(
            @PathParam("account") String account,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        AccountId id = systemSwitch.find(account);
        SystemRate wish = StrictJson.read(body, SystemRate.class);
        systemSwitch.limit(id, wish.perSecond(), wish.reason(), Caller.of(security));
        return view(id);
    }

    private SystemView view(AccountId id) {
        return views(systemSwitch.asked().stream()
                        .filter(account -> account.id().equals(id))
                        .toList())
                .getFirst();
    }

    private List<SystemView> views(List<Account> accounts) {
        Map<AccountId, Control> said =
                systemSwitch.said().stream().collect(Collectors.toMap(Control::account, Function.identity()));
        Map<AccountId, Health> healths = health
                .of(accounts.stream().map(Account::id).toList())
                .stream()
                .collect(Collectors.toMap(Health::account, Function.identity()));
        Map<AccountId, Pace> told = paces.all().stream().collect(Collectors.toMap(Pace::account, Function.identity()));
        return accounts.stream()
                .flatMap(account -> Optional.ofNullable(healths.get(account.id()))
                        .map(known -> SystemView.of(
                                account,
                                said.getOrDefault(account.id(), Control.free(account.id())),
                                known,
                                Optional.ofNullable(told.get(account.id()))))
                        .stream())
                .toList();
    }

    /** Why a system is paused or resumed. */
    public record SystemReason(
            @Schema(maxLength = SystemSwitch.LONGEST_REASON, example = "Its upgrade begins at ten")
            String reason) {}

    /** How often a system is asked at most, and why. */
    public record SystemRate(
            @Schema(
                    minimum = "" + SystemControls.SLOWEST,
                    maximum = "" + SystemControls.FASTEST,
                    description = "Operations a second; left out for no limit")
            Optional<Double> perSecond,

            @Schema(maxLength = SystemSwitch.LONGEST_REASON, example = "It has just come back")
            String reason) {}
}
