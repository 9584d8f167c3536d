package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.LedgerAccount.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The customer's side of what is given back: of a payment, or of an invoice over less than nothing. A payment of ours says which line it pays, else Tryton would book it against
 * what we owe as a buyer; and it pays only lines that are due on some day, which Tryton does not set by itself here.
 */
final class RefundedLines {
    private static final String LINE = "account.move.line";

    private final RestApi rest;
    private final RpcApi rpc;
    private final References references;
    private final String receivable;

    RefundedLines(RestApi rest, RpcApi rpc, References references, LedgerMapping mapping) {
        this.rest = rest;
        this.rpc = rpc;
        this.references = references;
        this.receivable = mapping.account(LedgerAccount.of(Role.RECEIVABLE));
    }

    /** By the reference of the payment or invoice; one that is not booked is left out. */
    Map<String, Long> of(List<CustomerPayment> payments) {
        Set<String> originals = payments.stream()
                .map(CustomerPayment::refundOf)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        if (originals.isEmpty()) {
            return Map.of();
        }
        Map<Long, String> moves = moves(originals);
        Map<String, Long> lines = new HashMap<>();
        List<Long> undated = new ArrayList<>();
        for (JsonNode row : rest.search(
                LINE,
                Filter.all(Filter.oneOfIds("move", moves.keySet()), Filter.where("account.code", "=", receivable)),
                "move",
                "maturity_date")) {
            Optional.ofNullable(moves.get(row.path("move").longValue()))
                    .ifPresent(original -> lines.put(original, Values.id(row)));
            if (!row.path("maturity_date").isObject()) {
                undated.add(Values.id(row));
            }
        }
        if (!undated.isEmpty()) {
            ObjectNode due = Values.object();
            due.set("maturity_date", Values.date(payments.getFirst().businessDate()));
            rpc.write(LINE, undated, due, references.context());
        }
        return lines;
    }

    private Map<Long, String> moves(Collection<String> originals) {
        Map<Long, String> moves = new HashMap<>();
        for (JsonNode row : rest.search(
                "account.payment",
                Filter.all(
                        Filter.oneOf("reference", originals),
                        Filter.is("company", references.company()),
                        Filter.where("state", "=", "succeeded"),
                        Filter.where("clearing_move.state", "=", "posted")),
                "reference",
                "clearing_move")) {
            moves.put(row.path("clearing_move").longValue(), Values.text(row, "reference"));
        }
        for (JsonNode row : rest.search(
                "account.invoice",
                Filter.all(
                        Filter.oneOf("reference", originals),
                        Filter.is("company", references.company()),
                        Filter.where("state", "=", "posted")),
                "reference",
                "move")) {
            moves.put(row.path("move").longValue(), Values.text(row, "reference"));
        }
        return moves;
    }
}
