package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MasterDataMessagesTest {
    private final TestingMasterData masterData = new TestingMasterData();
    private final MasterDataMessages messages = masterData.messages();

    @Test
    void aFinishedExportWakesOnlyWhoeverWaits() {
        handle("bulk_operations/finish", "catalog/northwind", "{}");

        assertThat(masterData.asked()).containsExactly("export of northwind finished");
    }

    @Test
    void aRequestStartsTheSync() {
        handle("throughline/catalog-sync", "catalog/northwind", "{}");

        assertThat(masterData.asked()).containsExactly("sync northwind");
    }

    @Test
    void changedProductsAreWrittenDownAndThenRead() {
        messages.handle(List.of(
                message("products/create", "products/northwind", "{\"product\":\"1\"}"),
                message("products/update", "products/northwind", "{\"product\":\"2\"}"),
                message("products/delete", "products/northwind", "{\"product\":\"1\"}")));

        assertThat(masterData.asked())
                .containsExactly(
                        "heard of 1 of northwind",
                        "heard of 2 of northwind",
                        "1 of northwind is gone",
                        "read products of northwind");
    }

    @Test
    void aMergedCustomerIsReadAgain() {
        handle("customers/merge", "customer/northwind/7002", "{\"gone\":\"7001\"}");

        assertThat(masterData.asked())
                .containsExactly("merge northwind/7001 into northwind/7002", "refresh northwind/7002");
    }

    @Test
    void whatTheLawAsksIsDoneAtOnce() {
        String about = "{\"customer\":\"7001\",\"orders\":[\"1\",\"2\"],\"request\":\"9\"}";

        handle("customers/data_request", "privacy/northwind", about);
        handle("customers/redact", "privacy/northwind", about);
        handle("shop/redact", "privacy/northwind", "{}");

        assertThat(masterData.asked())
                .containsExactly(
                        "export 9 of northwind/7001 with [northwind/1, northwind/2]",
                        "erase northwind/7001 with [northwind/1, northwind/2]",
                        "erase all of northwind");
    }

    @Test
    void otherSubjectsAreLeftToOthers() {
        assertThat(messages.handle(List.of(message("orders/create", "order/northwind/1", "{}"))))
                .isEmpty();
    }

    private void handle(String topic, String subject, String body) {
        assertThat(messages.handle(List.of(message(topic, subject, body)))).isEqualTo(Optional.of(new Handling.Done()));
    }

    private static InboxMessage message(String topic, String subject, String body) {
        return new InboxMessage(1, SampleAccounts.SHOP, topic, "e-1", subject, body, Instant.EPOCH, 0);
    }
}
