package io.throughline.store.returns;

import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.ClientRefund.Standing;
import io.throughline.domain.returns.ClientRefunds.Asked;
import io.throughline.domain.returns.PassedOn;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.order.VersionRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code client_refund} and of its parts, for transactions that write or read more than these. */
public final class ClientRefundRows {
    private static final String SELECT = """
        select c.order_id, c.reference, c.units, c.asked_at, p.body, p.standing, p.told_at
        from client_refund c left join client_refund_part p on p.order_id = c.order_id and p.reference = c.reference
        """;

    private ClientRefundRows() {}

    /** What was asked for of an order, in that order. */
    public static List<ClientRefund> of(Handle handle, OrderId order) {
        return read(
                        handle,
                        handle.createQuery(
                                        SELECT + "where c.order_id = :order order by c.asked_at, c.reference, p.number")
                                .bind("order", order.value()))
                .stream()
                .map(Asked::refund)
                .toList();
    }

    static List<Asked> by(Handle handle, ReturnId id) {
        return read(
                handle,
                handle.createQuery(SELECT
                                + "where c.return_id = :id order by c.asked_at, c.order_id, c.reference, p.number")
                        .bind("id", id.value()));
    }

    private static List<Asked> read(Handle handle, Query query) {
        List<Asked> all = new ArrayList<>();
        for (Asked one : query.map((row, context) -> asked(row)).list()) {
            boolean another = !all.isEmpty()
                    && all.getLast().order().equals(one.order())
                    && all.getLast().refund().reference().equals(one.refund().reference());
            all.add(another ? merged(all.removeLast(), one) : one);
        }
        return all.stream()
                .map(one -> new Asked(one.order(), asItStands(handle, one.refund())))
                .toList();
    }

    private static Asked asked(ResultSet row) throws SQLException {
        Optional<String> part = Columns.optionalText(row, "body");
        List<ClientRefund.Part> parts = part.isEmpty()
                ? List.of()
                : List.of(new ClientRefund.Part(
                        CanonicalJson.read(part.get(), Refund.ToTender.class),
                        Standing.valueOf(row.getString("standing")),
                        Columns.optionalInstant(row, "told_at")));
        return new Asked(
                new OrderId(row.getString("order_id")),
                new ClientRefund(
                        row.getString("reference"),
                        CanonicalJson.read(row.getString("units"), Units.class).lines(),
                        parts,
                        Columns.instant(row, "asked_at")));
    }

    /** As the column {@code units} keeps them. */
    record Units(List<LineQuantity> lines) {
        Units {
            lines = List.copyOf(lines);
        }
    }

    private static Asked merged(Asked one, Asked other) {
        ClientRefund refund = one.refund();
        return new Asked(
                one.order(),
                new ClientRefund(
                        refund.reference(),
                        refund.units(),
                        Stream.concat(refund.parts().stream(), other.refund().parts().stream())
                                .toList(),
                        refund.askedAt()));
    }

    private static ClientRefund asItStands(Handle handle, ClientRefund refund) {
        return refund.parts().stream().map(ClientRefund.Part::to).noneMatch(PassedOn::isOfCredit)
                ? refund
                : refund.asItStands(PassedOnRows.by(handle, refund.by()), order -> tenders(handle, order));
    }

    private static List<Tender> tenders(Handle handle, OrderId order) {
        return VersionRows.newestFirst(handle, order).stream()
                .findFirst()
                .map(Order::tenders)
                .orElse(List.of());
    }

    /** False: it was there. */
    static boolean insert(Handle handle, OrderId order, ClientRefund refund) {
        boolean news = handle.createUpdate("""
            insert into client_refund (order_id, reference, return_id, units, asked_at)
            values (:order, :reference, :id, cast(:units as jsonb), :at)
            on conflict (order_id, reference) do nothing
            """)
                        .bind("order", order.value())
                        .bind("reference", refund.reference())
                        .bind("id", refund.by().value())
                        .bind("units", CanonicalJson.write(new Units(refund.units())))
                        .bind("at", Columns.at(refund.askedAt()))
                        .execute()
                == 1;
        if (news) {
            int number = 0;
            for (ClientRefund.Part part : refund.parts()) {
                number++;
                handle.createUpdate("""
                    insert into client_refund_part (order_id, reference, payment, number, body, amount)
                    values (:order, :reference, :payment, :number, cast(:body as jsonb), :amount)
                    """)
                        .bind("order", order.value())
                        .bind("reference", refund.reference())
                        .bind("payment", part.payment())
                        .bind("number", number)
                        .bind("body", CanonicalJson.write(part.to()))
                        .bind("amount", part.amount().shop().minor())
                        .execute();
            }
        }
        return news;
    }
}
