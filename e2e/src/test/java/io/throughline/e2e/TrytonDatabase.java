package io.throughline.e2e;

import io.throughline.local.EmbeddedDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a real Tryton holds, read from its own tables: neither our connector nor Tryton's answers have a hand in it. */
final class TrytonDatabase {
    private static final String NAME = "northwind";

    /** All that is posted, also what no order explains. An amount is in the document's currency; the company's own is the dollar. */
    private static final String POSTED = """
            select coalesce(invoice.reference, payment.reference, 'move ' || move.number)
                    || ' in ' || coalesce(currency.code, 'USD') as document,
                account.code || ' ' || account.name || case
                    when line.origin like 'account.invoice.tax,%' then ': ' || line.description else '' end as account,
                coalesce(line.amount_second_currency, line.debit - line.credit) as amount
            from account_move move
            join account_move_line line on line.move = move.id
            join account_account account on account.id = line.account
            left join currency_currency currency on currency.id = line.second_currency
            left join account_invoice invoice on move.origin = 'account.invoice,' || invoice.id
            left join account_payment payment on move.origin = 'account.payment,' || payment.id
            where move.state = 'posted' and account.code\s""";

    private static final String EXCHANGE = "('7000', '7010')";

    /** Where one payment settles several foreign invoices, Tryton itself takes what is left over off the receivable, by a move of its own. */
    private static final String SETTLED_BY_EXCHANGE = """
            (account.code = '1100' and invoice.id is null and payment.id is null and exists (
                select from account_move_line other join account_account exchange on exchange.id = other.account
                where other.move = move.id and exchange.code in\s""" + EXCHANGE + "))";

    private static final String OPEN_RECEIVABLES = """
            select concat_ws(' ', move.number, move.origin, line.debit, line.credit)
            from account_move_line line
            join account_move move on move.id = line.move
            join account_account account on account.id = line.account
            where account.code = '1100' and line.reconciliation is null
            """;

    private static final String EVERYTHING = """
            select concat_ws(' ', 'sale', web_id, number, state) as one from sale_sale
            union all select concat_ws(' ', 'invoice', reference, number, state) from account_invoice
            union all select concat_ws(' ', 'payment', reference, number, state) from account_payment
            union all select concat_ws(' ', 'reconciliation', number) from account_move_reconciliation
            union all select concat_ws(
                    ' ', 'line of', move.number, move.origin, move.state, line.account, line.debit, line.credit, line.reconciliation)
                from account_move move left join account_move_line line on line.move = move.id
            order by one
            """;

    private final EmbeddedDatabase server;

    TrytonDatabase(EmbeddedDatabase server) {
        this.server = server;
    }

    /** Net debit (negative: credit) of each document on each account, and of each tax by itself. */
    Map<String, Map<String, BigDecimal>> booked() {
        return net(POSTED + "not in " + EXCHANGE + " and not " + SETTLED_BY_EXCHANGE);
    }

    /** What is left over in dollars when each line of a foreign document has become whole cents; it belongs to no order. */
    Map<String, Map<String, BigDecimal>> exchangeDifferences() {
        return net(POSTED + "in " + EXCHANGE);
    }

    private Map<String, Map<String, BigDecimal>> net(String lines) {
        Map<String, Map<String, BigDecimal>> net = new TreeMap<>();
        query(
                lines,
                line -> net.computeIfAbsent(line.getString("document"), document -> new TreeMap<>())
                        .merge(line.getString("account"), line.getBigDecimal("amount"), BigDecimal::add));
        return net;
    }

    /** What a customer still owes, or is still owed. */
    List<String> openReceivables() {
        return texts(OPEN_RECEIVABLES);
    }

    /** A line for each document and each line of a move, whatever its state. */
    List<String> everything() {
        return texts(EVERYTHING);
    }

    private List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        query(query, row -> texts.add(row.getString(1)));
        return texts;
    }

    private void query(String query, Reader reader) {
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Takes in one row. */
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }
}
