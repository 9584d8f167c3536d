package io.throughline.api.access;

import io.throughline.domain.access.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Arrays;
import java.util.Set;

/** Who calls: the owner of the API key, with its roles. */
public record Caller(String keyId, String owner, Set<Role> roles) implements Principal {
    public Caller {
        roles = Set.copyOf(roles);
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

    /** How decisions and traces name the caller. */
    public String actor() {
        return owner + " (key " + keyId + ")";
    }

    @Override
    public String getName() {
        return owner;
    }
}
