package io.throughline.store.access;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The API keys, in PostgreSQL. */
public final class PostgresApiKeys implements ApiKeys {
    private static final String SELECT =
            "select id, secret_sha256, owner, roles, facilities, expires_at, revoked_at from api_key ";

    private final Transactions transactions;
    private final Clock clock;

    public PostgresApiKeys(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void add(
            String id,
            String secretSha256,
            String owner,
            Set<Role> roles,
            Set<FacilityId> facilities,
            Optional<Instant> expiresAt,
            Optional<String> madeBy) {
        boolean added = transactions.with(handle -> handle.createUpdate("""
                        insert into api_key (
                            id, secret_sha256, owner, roles, facilities, expires_at, created_at, made_by)
                        values (:id, :secret, :owner, cast(:roles as text[]), cast(:facilities as text[]),
                            cast(:expires as timestamptz), :now, :madeBy)
                        on conflict (id) do nothing
                        """)
                        .bind("id", id)
                        .bind("secret", secretSha256)
                        .bind("owner", owner)
                        .bindArray(
                                "roles",
                                String.class,
                                roles.stream().map(Role::name).sorted().toList())
                        .bindArray(
                                "facilities",
                                String.class,
                                facilities.stream()
                                        .map(FacilityId::value)
                                        .sorted()
                                        .toList())
                        .bind("expires", Columns.at(expiresAt))
                        .bind("now", Columns.at(clock.instant()))
                        .bind("madeBy", madeBy.orElse(null))
                        .execute()
                == 1);
        if (!added) {
            throw new IllegalArgumentException("there is an API key " + id + " already");
        }
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return transactions.with(handle -> handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((row, context) -> map(row))
                .findOne());
    }

    @Override
    public boolean revoke(String id) {
        return transactions.with(handle ->
                handle.createUpdate("update api_key set revoked_at = :now where id = :id and revoked_at is null")
                                .bind("now", Columns.at(clock.instant()))
                                .bind("id", id)
                                .execute()
                        == 1);
    }

    @Override
    public List<ApiKey> all() {
        return transactions.with(handle -> handle.createQuery(SELECT + "order by created_at, id")
                .map((row, context) -> map(row))
                .list());
    }

    private static ApiKey map(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("secret_sha256"),
                row.getString("owner"),
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::valueOf)
                        .collect(Collectors.toSet()),
                Arrays.stream((String[]) row.getArray("facilities").getArray())
                        .map(FacilityId::new)
                        .collect(Collectors.toSet()),
                Columns.optionalInstant(row, "expires_at"),
                Columns.optionalInstant(row, "revoked_at").isPresent());
    }
}
