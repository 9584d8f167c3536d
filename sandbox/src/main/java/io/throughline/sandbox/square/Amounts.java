package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Square's money: an integer count of the currency's smallest units. */
final class Amounts {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Amounts() {}

    static ObjectNode money(long minor, String currency) {
        return Json.object().put("amount", minor).put("currency", currency);
    }

    static long minor(JsonNode money) {
        return money.path("amount").asLong(0);
    }

    /** Checks that the field is an amount in the location's currency. */
    static long require(JsonNode money, String currency, String field) {
        if (!money.path("amount").isIntegralNumber()) {
            throw SquareError.missing(field + ".amount");
        }
        if (!currency.equals(money.path("currency").asText())) {
            throw SquareError.invalid(
                    "INVALID_VALUE", "The currency must be " + currency + " at this location.", field + ".currency");
        }
        if (money.path("amount").asLong() < 0) {
            throw SquareError.invalid("VALUE_TOO_LOW", "The amount must not be negative.", field + ".amount");
        }
        return money.path("amount").asLong();
    }

    /** A percentage of an amount, rounded half to even as Square rounds. */
    static long percent(long minor, BigDecimal percentage) {
        return BigDecimal.valueOf(minor)
                .multiply(percentage)
                .divide(HUNDRED, 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** The tax that an amount already contains. */
    static long contained(long minor, BigDecimal percentage) {
        return BigDecimal.valueOf(minor)
                .multiply(percentage)
                .divide(HUNDRED.add(percentage), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** Splits an amount in proportion to the weights so that the parts sum to it; leftover units go to the largest remainders. */
    static List<Long> split(long minor, List<Long> weights) {
        long sum = weights.stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return Collections.nCopies(weights.size(), 0L);
        }
        List<Long> parts = new ArrayList<>();
        List<Long> remainders = new ArrayList<>();
        for (long weight : weights) {
            long share = Math.multiplyExact(minor, weight);
            parts.add(share / sum);
            remainders.add(share % sum);
        }
        long rest = minor - parts.stream().mapToLong(Long::longValue).sum();
        List<Integer> order = IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> remainders.get(index))
                        .reversed())
                .toList();
        for (int index = 0; index < rest; index++) {
            int winner = order.get(index);
            parts.set(winner, parts.get(winner) + 1);
        }
        return parts;
    }
}
