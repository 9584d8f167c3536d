package io.throughline.store.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.finance.StockAdjustment.Direction;
import io.throughline.domain.finance.StockAdjustments;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockCompanies;
import io.throughline.domain.inventory.StockCompanies.Books;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The documents of what {@link AdjustmentLedger} keeps, in PostgreSQL. */
public final class PostgresStockAdjustments implements StockAdjustments {
    /** Longer than any booking that has taken its instant before midnight may still be on its way. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    private static final ZoneId LAST_ON_EARTH = ZoneOffset.ofHours(-12);

    /** When an ERP's own people have counted a place last: its shelves show what was adjusted before. */
    private static final String COUNTED = """
            select greatest(
                (select max(m.occurred_at) from stock_movement m
                    where m.sku = a.sku and m.facility = a.facility and m.measure = 'ON_HAND'
                        and m.source = a.company and m.kind = 'COUNT'),
                (select max(o.observed_at) from stock_observation o
                    where o.source = a.company and o.sku = a.sku and o.facility = a.facility
                        and o.measure = 'ON_HAND' and o.absolute and o.source_id not like 'on-hand/%')) as at
            """;

    /** What a day comes to for each product. */
    private static final String NET = """
            select a.sku, sum(a.units) as units from stock_adjustment_waiting w
            join stock_adjustment a on a.number = w.adjustment
            where w.company = :company and w.facility = :facility and w.business_date = :date
            group by a.sku
            """;

    private final Transactions transactions;
    private final TraceWriter trace;
    private final StockCompanies companies;
    private final Clock clock;

    public PostgresStockAdjustments(
            Transactions transactions, TraceWriter trace, StockCompanies companies, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.companies = companies;
        this.clock = clock;
    }

    @Override
    public boolean isAnyDue(AccountId company, Instant now) {
        return transactions.with(handle ->
                isUnposted(handle, company) || days(handle, company).stream().anyMatch(day -> isOver(day, now)));
    }

    private static boolean isUnposted(Handle handle, AccountId company) {
        return handle.createQuery("""
                select exists (select from stock_adjustment_document d
                    where d.company = :company and d.state = 'OPEN'
                        and not exists (select from support_case c where c.subject = d.reference and c.status = 'OPEN'))
                """)
                .bind("company", company.value())
                .mapTo(Boolean.class)
                .one();
    }

    private record Day(FacilityId facility, LocalDate date) {}

    private static List<Day> days(Handle handle, AccountId company) {
        return handle.createQuery("""
                select distinct facility, business_date from stock_adjustment_waiting
                where company = :company order by business_date, facility
                """)
                .bind("company", company.value())
                .map((row, context) -> new Day(
                        new FacilityId(row.getString("facility")), row.getObject("business_date", LocalDate.class)))
                .list();
    }

    /** A facility that is configured no more has no zone: its last day ends with the last place on earth. */
    private boolean isOver(Day day, Instant now) {
        ZoneId zone = companies.of(day.facility()).map(Books::zone).orElse(LAST_ON_EARTH);
        Instant end = day.date().plusDays(1).atStartOfDay(zone).toInstant();
        return !now.isBefore(end.plus(GRACE));
    }

    @Override
    public void gather(AccountId company, Instant now) {
        transactions.with(handle -> days(handle, company)).stream()
                .filter(day -> isOver(day, now))
                .forEach(day -> transactions.run(handle -> {
                    lock(handle, company);
                    passOverCounted(handle, company, day);
                    passOverMadeUp(handle, company, day);
                    for (Direction direction : Direction.values()) {
                        gather(handle, company, day, direction, now);
                    }
                }));
    }

    /** Two who gather at once would number alike. */
    private static void lock(Handle handle, AccountId company) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended('adjustments/' || :company, 0))")
                .bind("company", company.value())
                .mapToMap()
                .list();
    }

    /** What the ERP has counted since is in its books by that. */
    private void passOverCounted(Handle handle, AccountId company, Day day) {
        List<Long> counted = at(handle.createQuery("""
                with seen as (
                    delete from stock_adjustment_waiting w using stock_adjustment a, lateral (%s) counted
                    where w.adjustment = a.number and w.company = :company and w.facility = :facility
                        and w.business_date = :date and a.occurred_at < counted.at
                    returning a.number, counted.at as counted_at)
                insert into stock_adjustment_told (adjustment, counted_by)
                select number, 'its count of ' || counted_at from seen
                returning adjustment
                """.formatted(COUNTED)), company, day)
                .mapTo(Long.class)
                .list();
        confirm(handle, counted.stream().map(number -> "adjustment/" + number).toList(), "counted in " + company);
    }

    /** A level that is told before the sale that it has seen is no loss in the end, and moves nothing. */
    private static void passOverMadeUp(Handle handle, AccountId company, Day day) {
        List<Long> madeUp = at(handle.createQuery("""
                with net as (%s),
                seen as (
                    delete from stock_adjustment_waiting w using stock_adjustment a, net
                    where w.adjustment = a.number and w.company = :company and w.facility = :facility
                        and w.business_date = :date and a.sku = net.sku and net.units = 0
                    returning a.number)
                insert into stock_adjustment_told (adjustment, counted_by)
                select number, 'others of the same day' from seen
                returning adjustment
                """.formatted(NET)), company, day)
                .mapTo(Long.class)
                .list();
        confirm(handle, madeUp.stream().map(number -> "adjustment/" + number).toList(), "nothing to be moved");
    }

    private static void gather(Handle handle, AccountId company, Day day, Direction direction, Instant now) {
        // The reference doesn't name the company: a facility may have been given other books in the midst of a day.
        int number = 1
                + handle.createQuery("""
                select coalesce(max(number), 0) from stock_adjustment_document
                where facility = :facility and business_date = :date and direction = :direction
                """)
                        .bind("facility", day.facility().value())
                        .bind("date", day.date())
                        .bind("direction", direction)
                        .mapTo(Integer.class)
                        .one();
        at(handle.createUpdate("""
                with net as (%s),
                taken as (
                    delete from stock_adjustment_waiting w using stock_adjustment a, net
                    where w.adjustment = a.number and w.company = :company and w.facility = :facility
                        and w.business_date = :date and a.sku = net.sku and (net.units < 0) = :lost
                    returning a.number),
                document as (
                    insert into stock_adjustment_document (reference, company, facility, business_date, direction, number,
                        gathered_at)
                    select :reference, :company, :facility, :date, :direction, :number, :now
                    where exists (select from taken)
                    returning reference)
                insert into stock_adjustment_told (adjustment, document)
                select taken.number, document.reference from taken, document
                """.formatted(NET)), company, day)
                .bind("direction", direction)
                .bind("lost", direction == Direction.LOST)
                .bind("reference", StockAdjustment.reference(day.facility(), day.date(), direction, number))
                .bind("number", number)
                .bind("now", Columns.at(now))
                .execute();
    }

    private static <S extends SqlStatement<S>> S at(S statement, AccountId company, Day day) {
        return statement
                .bind("company", company.value())
                .bind("facility", day.facility().value())
                .bind("date", day.date());
    }

    @Override
    public List<StockAdjustment> open(AccountId company, int most) {
        return transactions.with(handle -> handle.createQuery("""
                select reference, facility, business_date, direction from stock_adjustment_document d
                where company = :company and state = 'OPEN' and not exists (
                    select from support_case c where c.subject = d.reference and c.status = 'OPEN')
                order by gathered_at, reference limit :most
                """)
                .bind("company", company.value())
                .bind("most", most)
                .map((row, context) -> document(handle, row))
                .list());
    }

    private static StockAdjustment document(Handle handle, ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        return new StockAdjustment(
                reference,
                new FacilityId(row.getString("facility")),
                row.getObject("business_date", LocalDate.class),
                Direction.valueOf(row.getString("direction")),
                units(handle, reference));
    }

    private static SortedMap<Sku, Integer> units(Handle handle, String reference) {
        SortedMap<Sku, Integer> units = new TreeMap<>();
        handle.createQuery("""
                select a.sku, abs(sum(a.units)) as units from stock_adjustment_told t
                join stock_adjustment a on a.number = t.adjustment where t.document = :reference group by a.sku
                """)
                .bind("reference", reference)
                .map((row, context) -> Map.entry(Sku.of(row.getString("sku")), row.getInt("units")))
                .forEach(entry -> units.put(entry.getKey(), entry.getValue()));
        return units;
    }

    @Override
    public void posted(String reference, String documentNumber) {
        transactions.run(handle -> {
            if (end(handle, reference, "POSTED", documentNumber)) {
                confirm(handle, journals(handle, reference), documentNumber);
                tell(handle, reference, "stock.adjustment-posted", reference + " is " + documentNumber + " in the ERP");
            }
        });
    }

    @Override
    public void notSent(String reference) {
        transactions.run(handle -> end(handle, reference, "NOT_SENT", null));
    }

    @Override
    public void givenUp(String reference, String why) {
        transactions.run(handle -> {
            if (end(handle, reference, "GIVEN_UP", null)) {
                tell(handle, reference, "stock.adjustment-given-up", "the ERP is not told: " + why);
            }
        });
    }

    private boolean end(Handle handle, String reference, String state, @Nullable String documentNumber) {
        return handle.createUpdate("""
                update stock_adjustment_document set state = :state, document_number = :document, ended_at = :now
                where reference = :reference and state = 'OPEN'
                """)
                        .bind("state", state)
                        .bind("document", documentNumber)
                        .bind("now", Columns.at(clock.instant()))
                        .bind("reference", reference)
                        .execute()
                == 1;
    }

    private static List<String> journals(Handle handle, String reference) {
        return handle.createQuery(
                        "select 'adjustment/' || adjustment from stock_adjustment_told where document = :reference")
                .bind("reference", reference)
                .mapTo(String.class)
                .list();
    }

    /** The ERP says that it has moved just these units: at what they cost there is its matter. */
    private static void confirm(Handle handle, List<String> journals, String documentNumber) {
        handle.createUpdate("""
                update journal set status = 'CONFIRMED', document_number = :document
                where reference = any(:journals) and status = 'PENDING'
                """)
                .bind("document", documentNumber)
                .bindArray("journals", String.class, journals)
                .execute();
    }

    private void tell(Handle handle, String reference, String kind, String words) {
        trace.append(handle, reference, kind, words, Map.of("reference", reference), List.of(reference));
    }
}
