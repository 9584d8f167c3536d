package io.throughline.bench;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.Database;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** Orders of one line reserved by the ledger, and by plain JDBC with the statements that the ledger sends. */
final class ReserveContest implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int PER_THREAD = 100;
    private static final AccountId ACCOUNT = AccountId.of("bench");
    private static final Set<FacilityId> AMONG = Set.of(new FacilityId("WH-1"), new FacilityId("WH-2"));
    static final StockRules RULES = new StockRules(
            (facility, measure) -> new Authority("nobody", Basis.MOVEMENTS),
            SafetyStocks.none(),
            Bundles.none(),
            () -> Displacement.NEWEST_FIRST);

    private final BenchDatabase bench;
    private final int warmUp;
    private final int rounds;
    private final Database database;
    private final InventoryLedger ledger;
    private final List<PlainReserve> plain = new ArrayList<>();
    private int orders;

    /** {@code warmUp} rounds are not counted, {@code rounds} are. */
    ReserveContest(BenchDatabase bench, int warmUp, int rounds) throws SQLException {
        this.bench = bench;
        this.warmUp = warmUp;
        this.rounds = rounds;
        this.database = bench.open();
        this.ledger = database.stock(RULES).inventory();
        for (int i = 0; i < THREADS; i++) {
            plain.add(new PlainReserve(bench.connect()));
        }
    }

    /** Reservations a second, and the ratio of ours to the plain ones. */
    record Result(double ours, double plain, double ratio) {}

    Result run(String name, int skus, PrintStream out) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        out.printf("  reserve %s: %d rounds to warm up%n", name, warmUp);
        for (int round = -warmUp; round < rounds; round++) {
            long before = database.statementsSent();
            double mine = perSecond(skus, (thread, order, sku) -> commit(order, sku));
            sentAsManyAsPlain(database.statementsSent() - before);
            double other =
                    perSecond(skus, (thread, order, sku) -> plain.get(thread).reserve(order, sku));
            if (round >= 0) {
                ours.add(mine);
                theirs.add(other);
                ratios.add(mine / other);
                out.printf(
                        Locale.ROOT,
                        "  reserve %s, round %d: %.0f/s, plain JDBC %.0f/s%n",
                        name,
                        round + 1,
                        mine,
                        other);
            }
        }
        return new Result(Rounds.median(ours), Rounds.median(theirs), Rounds.rounded(Rounds.median(ratios)));
    }

    private interface Contender {
        void reserve(int thread, OrderId order, Sku sku) throws SQLException;
    }

    private double perSecond(int skus, Contender contender) throws Exception {
        List<OrderId> round = fresh(skus);
        double seconds = Rounds.seconds(THREADS, thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < PER_THREAD; i++) {
                contender.reserve(
                        thread, round.get(thread * PER_THREAD + i), Sku.of("SKU-" + (1 + random.nextInt(skus))));
            }
        });
        reservedAll();
        return THREADS * PER_THREAD / seconds;
    }

    /** Else the contest is of other statements than the ledger's. */
    private static void sentAsManyAsPlain(long sent) {
        long plain = (long) THREADS * PER_THREAD * PlainReserve.COUNT;
        if (sent != plain) {
            throw new IllegalStateException("the ledger sent " + sent + " statements, plain JDBC sends " + plain);
        }
    }

    private void commit(OrderId order, Sku sku) {
        Commitment commitment =
                ledger.commit(order, List.of(new LineQuantity("L1", sku, 1)), new Terms(AMONG, OnShortage.REFUSE));
        if (!(commitment instanceof Commitment.Reserved)) {
            throw new IllegalStateException("not reserved: " + commitment);
        }
    }

    /** The same stock and nothing reserved, and orders that nobody has seen. */
    private List<OrderId> fresh(int skus) throws SQLException {
        List<OrderId> ids = new ArrayList<>();
        for (int i = 0; i < THREADS * PER_THREAD; i++) {
            ids.add(OrderId.of(new OrderKey(ACCOUNT, "r" + ++orders)));
        }
        bench.fill("truncate reservation, stock_balance", """
                insert into stock_balance (sku, facility, on_hand)
                select 'SKU-' || sku, facility, case facility when 'UNROUTED' then 0 else 1000000 end
                from generate_series(1, %d) sku, unnest(array['WH-1', 'WH-2', 'UNROUTED']) facility
                """.formatted(skus));
        try (Connection connection = bench.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into customer_order (id, account, external_id, channel, name, status, payment, posting,
                            received_at, changed_at)
                        select id, 'bench', id, 'API', id, 'RECEIVED', 'PENDING', 'PENDING', now(), now()
                        from unnest(?) id
                        """)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "text", ids.stream().map(OrderId::value).toArray()));
            insert.executeUpdate();
        }
        bench.fill("vacuum analyze stock_balance");
        return ids;
    }

    /** That a contender did its work. */
    private void reservedAll() throws SQLException {
        try (Connection connection = bench.connect();
                PreparedStatement count = connection.prepareStatement("""
                        select sum(reserved), (select count(*) from reservation) from stock_balance
                        """);
                ResultSet row = count.executeQuery()) {
            row.next();
            if (row.getInt(1) != THREADS * PER_THREAD || row.getInt(2) != THREADS * PER_THREAD) {
                throw new IllegalStateException("reserved " + row.getInt(1) + " by " + row.getInt(2) + " reservations");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (PlainReserve one : plain) {
            one.close();
        }
        database.close();
    }
}
