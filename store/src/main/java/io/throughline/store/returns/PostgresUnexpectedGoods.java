package io.throughline.store.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.UnexpectedGoods;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.PostgresInventory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What is decided of goods that nobody had authorised, in PostgreSQL. The stock hears of it in the same transaction. */
public final class PostgresUnexpectedGoods implements UnexpectedGoods {
    private static final String UNDECIDED = """
            select come.line_id, come.sku, come.facility, come.units - coalesce((
                select sum(d.quantity) from return_unexpected_decision d
                where d.return_id = :id and d.line_id = come.line_id and d.facility = come.facility), 0) as units
            from (
                select l.line_id, l.sku, r.facility, sum(l.quantity) as units
                from return_receipt r join return_receipt_line l on l.receipt = r.number
                where r.return_id = :id and l.unexpected group by l.line_id, l.sku, r.facility) come
            """;

    private final Transactions transactions;
    private final PostgresInventory inventory;
    private final CaseWriter cases;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresUnexpectedGoods(
            Transactions transactions, PostgresInventory inventory, CaseWriter cases, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.cases = cases;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public List<Return.Unexpected> undecided(ReturnId id) {
        return transactions.with(handle -> undecided(handle, id));
    }

    private static List<Return.Unexpected> undecided(Handle handle, ReturnId id) {
        return handle.createQuery(
                        "select * from (" + UNDECIDED + ") left_over where units > 0 order by line_id, facility")
                .bind("id", id.value())
                .map((row, context) -> new Return.Unexpected(
                        row.getString("line_id"),
                        Sku.of(row.getString("sku")),
                        row.getInt("units"),
                        new FacilityId(row.getString("facility"))))
                .list();
    }

    @Override
    public Outcome decide(Submission submission, ReturnId id, FacilityId facility, List<Placed> units) {
        return transactions.in(handle -> {
            OrderLock.lock(handle, id.order());
            Optional<Outcome> known = ReturnSubmissions.known(handle, submission);
            if (known.isPresent()) {
                return known.get();
            }
            Return returned = PostgresReturns.locked(handle, id);
            List<Return.Unexpected> left = undecided(handle, id);
            for (Placed some : units) {
                int there = there(left, facility, some.lineId());
                int wanted = units.stream()
                        .filter(other -> other.lineId().equals(some.lineId()))
                        .mapToInt(Placed::quantity)
                        .sum();
                if (wanted > there) {
                    return new Outcome.Conflict("Of line " + some.lineId() + " " + there + " units lie undecided at "
                            + facility + ", and not " + wanted + ".");
                }
            }
            List<Movement> movements = new ArrayList<>();
            for (Placed some : units) {
                Sku sku = sku(left, some.lineId());
                long number = insert(handle, submission, id, facility, some, sku);
                movements(facility, some, sku, number).forEach(movements::add);
            }
            ReturnSubmissions.remember(handle, submission, id, clock.instant());
            if (!movements.isEmpty()) {
                inventory.record(handle, movements, "goods came unexpectedly with " + id);
            }
            if (undecided(handle, id).isEmpty()) {
                closeCases(handle, returned);
            }
            append(handle, submission, id, facility, units);
            return new Outcome.Stored(id);
        });
    }

    private static int there(List<Return.Unexpected> left, FacilityId facility, String lineId) {
        return left.stream()
                .filter(some ->
                        some.facility().equals(facility) && some.lineId().equals(lineId))
                .mapToInt(Return.Unexpected::quantity)
                .sum();
    }

    private static Sku sku(List<Return.Unexpected> left, String lineId) {
        return left.stream()
                .filter(some -> some.lineId().equals(lineId))
                .findFirst()
                .orElseThrow()
                .sku();
    }

    private long insert(Handle handle, Submission submission, ReturnId id, FacilityId facility, Placed some, Sku sku) {
        return handle.createQuery("""
            insert into return_unexpected_decision (return_id, line_id, sku, facility, quantity, disposition,
                decided_by, decided_at)
            values (:id, :lineId, :sku, :facility, :quantity, :disposition, :by, :now) returning number
            """)
                .bind("id", id.value())
                .bind("lineId", some.lineId())
                .bind("sku", sku.value())
                .bind("facility", facility.value())
                .bind("quantity", some.quantity())
                .bind("disposition", some.disposition())
                .bind("by", submission.by().owner())
                .bind("now", Columns.at(clock.instant()))
                .mapTo(Long.class)
                .one();
    }

    /** What is held is so before it is on hand, so that nobody is promised it in between. */
    private Stream<Movement> movements(FacilityId facility, Placed some, Sku sku, long number) {
        return Stream.of(Measure.HELD, Measure.ON_HAND)
                .filter(some.disposition()::grows)
                .map(measure -> new Movement(
                        new StockSource(StockSource.OWN, "unexpected/" + number + "/" + measure, 1),
                        facility,
                        sku,
                        measure,
                        Movement.Kind.RETURN,
                        some.quantity(),
                        Optional.of(some.disposition().name()),
                        clock.instant()));
    }

    private void closeCases(Handle handle, Return returned) {
        handle.createQuery(CaseRows.SELECT
                        + "where subject = :subject and code = :code and status <> 'CLOSED' order by number")
                .bind("subject", returned.id().value())
                .bind("code", FailureCode.RETURN_UNEXPECTED.name())
                .map(CaseRows::map)
                .list()
                .forEach(open -> cases.close(handle, open.id(), "it is decided what becomes of the goods"));
    }

    private void append(Handle handle, Submission submission, ReturnId id, FacilityId facility, List<Placed> units) {
        String actor = submission.by().actor();
        trace.append(
                handle,
                id.value(),
                "return.unexpected-decided",
                actor + " decides what becomes of goods at " + facility + " that nobody had authorised for " + id,
                Map.of(
                        "return", id.value(),
                        "actor", actor,
                        "facility", facility.value(),
                        "units",
                                Integer.toString(units.stream()
                                        .mapToInt(Placed::quantity)
                                        .sum())));
    }
}
