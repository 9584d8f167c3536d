package io.throughline.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.SystemPaces;
import io.throughline.domain.account.SystemPaces.Pace;
import io.throughline.store.PostgresExtension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What workers tell of how often systems may be asked. */
class SystemPacesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId SHOP = AccountId.of("shop");
    private static final AccountId ERP = AccountId.of("erp");

    private final SystemPaces paces = POSTGRES.database().systemPaces();
    private final Instant noon = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void theConfigurationCountsAndOfABudgetWhatWasToldLast() {
        paces.tell(List.of(
                pace(SHOP, Optional.of(40.0), Optional.empty()), pace(ERP, Optional.empty(), Optional.empty())));
        assertThat(paces.all())
                .containsSequence(
                        pace(ERP, Optional.empty(), Optional.empty()), pace(SHOP, Optional.of(40.0), Optional.empty()));

        paces.tell(List.of(pace(SHOP, Optional.of(20.0), budget(900, 1))));
        paces.tell(List.of(pace(SHOP, Optional.of(20.0), budget(1500, 0))));
        assertThat(paces.all().getLast()).isEqualTo(pace(SHOP, Optional.of(20.0), budget(900, 1)));

        paces.tell(List.of(pace(SHOP, Optional.of(20.0), Optional.empty())));
        assertThat(paces.all().getLast().budget())
                .as("another worker has heard nothing yet")
                .isEqualTo(budget(900, 1));
    }

    @Test
    void whatIsTheSameIsNotWritten() {
        AccountId other = AccountId.of("another");
        paces.tell(List.of(pace(other, Optional.of(40.0), budget(900, 2))));
        String row = row();

        paces.tell(List.of(pace(other, Optional.of(40.0), budget(900, 2))));

        assertThat(row()).isEqualTo(row);
    }

    private static String row() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("select xmin from system_pace where account = 'another'")
                        .mapTo(String.class)
                        .one());
    }

    private static Pace pace(AccountId account, Optional<Double> perSecond, Optional<CallBudget> budget) {
        return new Pace(account, perSecond, budget);
    }

    private Optional<CallBudget> budget(double left, int seconds) {
        return Optional.of(new CallBudget(left, 2000, 100, noon.plusSeconds(seconds)));
    }
}
