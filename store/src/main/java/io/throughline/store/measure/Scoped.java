package io.throughline.store.measure;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.measure.KpiScope;
import io.throughline.store.internal.Columns;
import org.jdbi.v3.core.statement.Query;

/** Conditions of statements that ask about a scope. */
final class Scoped {
    /** Of an order {@code o}. */
    static final String ORDER = """
            (cast(:account as text) is null or o.account = :account)
                and (cast(:facility as text) is null or exists (
                    select from fulfillment_order work where work.order_id = o.id and work.facility = :facility))
            """;

    /** Of an order {@code o}: it came in within the period. */
    static final String ORDER_OF_PERIOD = "o.received_at >= :from and o.received_at < :to and " + ORDER;

    private Scoped() {}

    static Query bind(Query query, KpiScope scope) {
        return query.bind("from", Columns.at(scope.from()))
                .bind("to", Columns.at(scope.to()))
                .bind("account", scope.account().map(AccountId::value).orElse(null))
                .bind("facility", scope.facility().map(FacilityId::value).orElse(null));
    }
}
