package io.throughline.api.access;

import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Arrays;
import java.util.Set;

/** Who calls: the owner of the API key, with its roles; {@code facilities} are those that the role STORE is good for. */
public record Caller(String keyId, String owner, Set<Role> roles, Set<FacilityId> facilities) implements Principal {
    public Caller {
        roles = Set.copyOf(roles);
        facilities = Set.copyOf(facilities);
    }

    /** Somebody who works for no facility in particular. */
    public Caller(String keyId, String owner, Set<Role> roles) {
        this(keyId, owner, roles, Set.of());
    }

    /** The caller of a request that the access filter has let through. */
    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("only a resource that is not public has a caller");
    }

    public boolean hasAny(Role... admitted) {
        return Arrays.stream(admitted).anyMatch(roles::contains);
    }

    /** A store's device sees and does the work of its own facilities only; other roles are not bound to any. */
    public boolean worksFor(FacilityId facility) {
        return hasAny(Role.SUPPORT, Role.ADMIN, Role.INTEGRATION) || facilities.contains(facility);
    }

    /** How decisions and traces name the caller. */
    public String actor() {
        return owner + " (key " + keyId + ")";
    }

    @Override
    public String getName() {
        return owner;
    }
}
