package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.demo.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An order's money: what its shop took and gave back, what the ERP booked of that, and what is left of these bookings on each of the
 * ERP's accounts (a debit is positive).
 */
record OrderMoney(
        List<BigDecimal> taken,
        List<BigDecimal> givenBack,
        long voided,
        List<BigDecimal> bookedAsTaken,
        List<BigDecimal> bookedAsGivenBack,
        Map<String, BigDecimal> left) {

    /** {@code payments} are the order's rows in the ledger of what changed in the ERP; {@code moves} may be those of other orders too. */
    static OrderMoney of(List<JsonNode> transactions, List<JsonNode> payments, List<JsonNode> moves) {
        return new OrderMoney(
                moved(transactions, Set.of("SALE", "CAPTURE")),
                moved(transactions, Set.of("REFUND")),
                moved(transactions, Set.of("VOID")).size(),
                booked(payments, "receivable"),
                booked(payments, "payable"),
                left(payments, moves));
    }

    private static List<BigDecimal> moved(List<JsonNode> transactions, Set<String> kinds) {
        return transactions.stream()
                .filter(transaction -> transaction.path("status").asText().equals("SUCCESS"))
                .filter(transaction -> kinds.contains(transaction.path("kind").asText()))
                .map(transaction -> amount(transaction.at("/amount_set/shop_money/amount")))
                .toList();
    }

    private static List<BigDecimal> booked(List<JsonNode> payments, String kind) {
        return payments.stream()
                .map(row -> row.path("detail"))
                .filter(payment -> payment.path("kind").asText().equals(kind))
                .map(payment -> amount(payment.at("/amount/decimal")))
                .toList();
    }

    private static Map<String, BigDecimal> left(List<JsonNode> payments, List<JsonNode> moves) {
        Set<String> origins = payments.stream()
                .map(row -> "account.payment," + row.at("/detail/id").asText())
                .collect(Collectors.toSet());
        Map<String, BigDecimal> left = new TreeMap<>();
        moves.stream()
                .filter(move -> move.path("state").asText().equals("posted"))
                .filter(move -> origins.contains(move.path("origin").asText()))
                .flatMap(move -> Json.list(move.path("lines")).stream())
                .forEach(line -> left.merge(
                        line.path("accountCode").asText(),
                        amount(line.at("/debit/decimal")).subtract(amount(line.at("/credit/decimal"))),
                        BigDecimal::add));
        left.values().removeIf(balance -> balance.signum() == 0);
        return left;
    }

    /** Without the zeros that one system writes behind the point and another does not. */
    private static BigDecimal amount(JsonNode text) {
        return new BigDecimal(text.asText("0")).stripTrailingZeros();
    }
}
