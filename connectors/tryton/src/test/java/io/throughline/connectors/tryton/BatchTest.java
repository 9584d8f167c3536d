package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final List<List<String>> calls = new ArrayList<>();

    @Test
    void whatIsRefusedTogetherIsTriedOneByOneAndOnlyTheBadOneStaysRefused() {
        Batch<String> batch = new Batch<>(List.of("a", "bad", "c"));

        batch.together(batch.open(), some -> {
            calls.add(some);
            if (some.contains("bad")) {
                throw new TrytonRefusal("A value is required for field \"Party\" in \"Sale\".");
            }
        });
        batch.open().forEach(one -> batch.done(one, Receipt.of(one)));

        assertThat(calls).containsExactly(List.of("a", "bad", "c"), List.of("a"), List.of("bad"), List.of("c"));
        assertThat(batch.answers())
                .containsEntry("a", Reply.done("a"))
                .containsEntry("c", Reply.done("c"))
                .containsEntry(
                        "bad",
                        Reply.refused(
                                FailureCode.ERP_REJECTED, "A value is required for field \"Party\" in \"Sale\"."));
    }

    @Test
    void aClosedPeriodHasACodeOfItsOwn() {
        Batch<String> batch = new Batch<>(List.of("a"));

        batch.refuse("a", "To continue, you must reopen the period \"2026-01\" of company \"Northwind Trading\".");

        assertThat(batch.answers().get("a"))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.ERP_PERIOD_CLOSED));
    }
}
