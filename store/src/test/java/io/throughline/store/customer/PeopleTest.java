package io.throughline.store.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PeopleTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final PersonalDataStore people = POSTGRES.database().people();
    private final OrderKey key = SampleOrder.freshKey();
    private final Order order = SampleOrder.of(key).build();

    @Test
    void aPersonIsForgottenForGood() {
        accept(order);
        assertThat(people.find(order.customer())).contains(SampleOrder.ada());

        people.erase(order.customer());
        people.erase(order.customer());
        accept(SampleOrder.of(key).version(order.version().plusSeconds(60)).build());

        assertThat(people.find(order.customer())).contains(PersonalData.none());
        assertThat(POSTGRES.database().orders().find(order.id())).isPresent();
        assertThat(occurrences("Canary")).isEmpty();
    }

    @Test
    void whatIsErasedBeforeItComesIsNeverKept() {
        people.erase(order.customer());

        accept(order);

        assertThat(people.find(order.customer())).contains(PersonalData.none());
    }

    @Test
    void nobodyIsUnknown() {
        assertThat(people.find(new CustomerRef("nobody"))).isEmpty();
    }

    @Test
    void personalDataIsInItsOneTableOnly() {
        accept(order);
        POSTGRES.database().orders().requestCancel(order.id(), "ada", "Ada Canary does not want it");
        POSTGRES.database().orderIntake().submit("client", "key", "hash", order, SampleOrder.ada(), Optional.empty());

        assertThat(occurrences("Canary")).containsExactly("person");
        people.erase(order.customer());
    }

    @Test
    void whatWasWrittenAboutAnOrderIsErasedWithItsPerson() {
        accept(order);
        POSTGRES.database().orders().requestCancel(order.id(), "ada", "Mrs Canary rang");
        Case open = POSTGRES.database()
                .cases()
                .open(order.key().account(), order.id().value(), "step", FailureCode.UNKNOWN_SKU, "no such product");
        decide(open, "Mrs Canary again");
        assertThat(occurrences("Canary")).containsExactly("person");

        people.erase(order.customer());

        assertThat(occurrences("Canary")).isEmpty();
        assertThat(people.words(order.id().value())).isEmpty();
        Case second = POSTGRES.database()
                .cases()
                .open(order.key().account(), order.id().value(), "later", FailureCode.UNKNOWN_SKU, "no such product");
        assertThat(decide(second, "still Mrs Canary").decision())
                .hasValueSatisfying(kept -> assertThat(kept.note()).isEmpty());
        assertThat(occurrences("Canary")).isEmpty();
    }

    private static Case decide(Case open, String note) {
        return POSTGRES.database()
                .cases()
                .decide(
                        open.id(),
                        new Decision(
                                Action.RETRY,
                                "ada",
                                true,
                                Optional.of(note),
                                Map.of(),
                                POSTGRES.clock().instant()));
    }

    private static void accept(Order order) {
        POSTGRES.database()
                .orders()
                .accept(order, SampleOrder.ada(), POSTGRES.clock().instant());
    }

    /** The tables in which any row has the text. */
    private static List<String> occurrences(String text) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                        """).mapTo(String.class).list().stream()
                        .filter(table -> handle.createQuery("select count(*) from " + table
                                                + " t where cast(t as text) like '%' || :text || '%'")
                                        .bind("text", text)
                                        .mapTo(Long.class)
                                        .one()
                                > 0)
                        .toList());
    }
}
